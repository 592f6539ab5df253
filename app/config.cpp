// SPDX-License-Identifier: Apache-2.0
#include "app/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <system_error>

#include "app/config_section.h"
#include "app/files.h"
#include "core/domain/parcel_number.h"
#include "records/store/store.h"

namespace verso::app {

namespace {

bool is_host(const std::string& host) {
    const auto fits = [](unsigned char c) {
        return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '.' || c == '-' || c == ':';
    };
    return !host.empty() && host.size() <= 40 && std::all_of(host.begin(), host.end(), fits) &&
           std::isalnum(static_cast<unsigned char>(host.front())) != 0;
}

bool is_code(const std::string& text, std::size_t length, int (*kind)(int)) {
    return text.size() == length &&
           std::all_of(text.begin(), text.end(), [&](unsigned char c) { return kind(c) != 0; });
}

void read_address(ConfigSection& section, Address& into) {
    section.text("name", into.name);
    section.text("company", into.company);
    section.text("line1", into.line1);
    section.text("line2", into.line2);
    section.text("postcode", into.postcode);
    section.text("city", into.city);
    section.text("region", into.region);
    section.text("country", into.country);
    if (!into.country.empty() && !is_code(into.country, 2, std::isupper)) {
        section.fail("country", "must be two capital letters, as in \"FR\"");
    }
}

void read_shop(ConfigSection& section, Shop& shop) {
    section.text("name", shop.name);
    section.text("link_host", shop.link_host);
    section.text("language", shop.language);
    section.number("return_days", 1, 365, shop.return_days);
    if (shop.name.empty()) section.fail("name", "is missing: it stands at the head of each sheet");
    if (!is_host(shop.link_host)) {
        section.fail("link_host",
                     "must be the host of your card links in lower case, up to 40 characters, as "
                     "in \"avis.example.com\"");
    }
    if (!is_code(shop.language, 2, std::islower)) {
        section.fail("language", "must be two small letters, as in \"fr\"");
    }
}

Error not_toml(const toml::parse_error& error, const std::string& name) {
    const auto& at = error.source().begin;
    return {ErrorCode::FormatInvalid, "is not TOML: " + std::string(error.description()),
            fmt::format("{}:{}:{}", name, at.line, at.column),
            "correct the line, or compare with a new one from: verso init --home NEW-FOLDER"};
}

/// The serials of an own range. There is no default: they are what a contract allots.
void read_range(ConfigSection& section, std::uint64_t last, ReturnLabelSettings& into) {
    std::int64_t from = -1, to = -1;
    const auto limit = static_cast<std::int64_t>(last);
    section.number("from", 0, limit, from);
    section.number("to", 0, limit, to);
    if (from < 0) section.fail("from", "is missing: the first serial that you were allotted");
    if (to < 0) section.fail("to", "is missing: the last serial that you were allotted");
    if (from > to) section.fail("to", "must not be below from");
    into.from = static_cast<std::uint64_t>(std::max<std::int64_t>(from, 0));
    into.to = static_cast<std::uint64_t>(std::max<std::int64_t>(to, 0));
}

void read_s10(ConfigSection& section, ReturnLabelSettings& into) {
    section.text("service", into.s10_service);
    section.text("country", into.s10_country);
    if (s10_use(into.s10_service) == S10Use::None) {
        section.fail("service",
                     "must be the two capital letters that your post allotted, as in \"RR\"");
    }
    if (!is_code(into.s10_country, 2, std::isupper)) {
        section.fail("country", "must be two capital letters, as in \"FR\"");
    }
    read_range(section, kLastS10Serial, into);
}

void read_sscc(ConfigSection& section, ReturnLabelSettings& into) {
    section.number("extension", 0, 9, into.sscc_extension);
    section.text("company_prefix", into.sscc_company_prefix);
    const SsccSeries series{static_cast<unsigned>(into.sscc_extension), into.sscc_company_prefix};
    if (!check_series(series)) {
        section.fail("company_prefix", "must be the 4 to 12 digits that GS1 allotted, in quotes");
    } else {
        read_range(section, series.last_serial(), into);
    }
}

/// A file or folder named in the text: beside the text unless it is absolute.
std::filesystem::path beside(const std::string& path, const std::string& name) {
    const auto given = std::filesystem::path(path).parent_path() / name;
    std::error_code failed;  // an empty name has no place
    const auto absolute = std::filesystem::absolute(given, failed);
    return failed ? given : absolute.lexically_normal();
}

void read_label_files(ConfigSection& section, const std::string& path, ReturnLabelSettings& into) {
    std::string folder;
    section.text("folder", folder);
    if (folder.empty()) section.fail("folder", "is missing: where the carrier's label files lie");
    into.folder = beside(path, folder);
}

/// Reads what belongs to the source; the sections of the others are left in peace.
std::vector<ConfigSection> read_return_label(ConfigSection root, const std::string& path,
                                             ReturnLabelSettings& into) {
    using Source = ReturnLabelSettings::Source;
    std::string source = "plain";
    root.text("source", source);
    ConfigSection s10 = root.section("s10"), sscc = root.section("sscc"),
                  files = root.section("files");
    if (source == "s10") {
        into.source = Source::S10;
        read_s10(s10, into);
    } else if (source == "sscc") {
        into.source = Source::Sscc;
        read_sscc(sscc, into);
    } else if (source == "files") {
        into.source = Source::Files;
        read_label_files(files, path, into);
    } else if (source != "plain") {
        root.fail("source", "must be \"plain\", \"s10\", \"sscc\" or \"files\"");
    }
    std::vector<ConfigSection> read{root};
    if (into.source == Source::S10) read.push_back(s10);
    if (into.source == Source::Sscc) read.push_back(sscc);
    if (into.source == Source::Files) read.push_back(files);
    return read;
}

void read_store(ConfigSection& section, const std::string& path, std::string& into) {
    std::string url;
    section.text("url", url);
    if (url.empty()) return;
    auto place = store_place(url, path, path);
    if (place)
        into = *place;
    else
        section.fail("url", place.error().message);
}

void read_reply_card(ConfigSection& section, ConfigSection& data, Shop& shop) {
    section.texts("address", shop.reply_address);
    section.text("authorisation", shop.reply_authorisation);
    section.text("profile", shop.reply_profile);
    section.text("approval", shop.reply_approval);
    data.all_texts(shop.reply_data);
}

void read_reading(ConfigSection& section, ReadingSettings& into) {
    constexpr std::int64_t kMega = 1'000'000;
    scanner::WorkerLimits& limits = into.limits;
    auto file_megabytes = static_cast<std::int64_t>(limits.load.file_bytes >> 20);
    auto megapixels = static_cast<std::int64_t>(limits.load.page_pixels) / kMega;
    section.number("workers", 0, 256, into.workers);
    section.number("seconds_per_page", 1, 3600, limits.seconds_per_page);
    section.number("megabytes_per_worker", 128, 65536, limits.megabytes);
    section.number("file_megabytes", 1, 16384, file_megabytes);
    section.number("page_megapixels", 1, 4000, megapixels);
    section.number("side_pixels", 500, 65500, limits.load.side_pixels);
    section.number("pages_per_file", 1, 100000, limits.load.pages);
    limits.load.file_bytes = static_cast<std::uint64_t>(file_megabytes) << 20;
    limits.load.page_pixels = static_cast<std::uint64_t>(megapixels * kMega);
}

void read_privacy(ConfigSection& section, records::RetentionTerms& into) {
    constexpr int kLongest = 36'500;
    section.number("images_days", 0, kLongest, into.images_days);
    section.number("secrets_days", 0, kLongest, into.secrets_days);
    section.number("addresses_days", 0, kLongest, into.addresses_days);
}

}  // namespace

Result<std::string> store_place(const std::string& url, const std::string& path,
                                const std::string& where) {
    if (records::is_postgres_url(url)) return url;
    if (url.find("://") == std::string::npos) return beside(path, url).string();
    return Error{
        ErrorCode::ValueInvalid,
        "must be \"postgresql://user:password@host/database\" or the path of an SQLite file", where,
        "correct it, or leave it out: then the home's verso.db is used"};
}

Result<Config> parse_config(std::string_view text, const std::string& path) try {
    const toml::table table = toml::parse(text);
    Config config;
    config.shop.language = "fr";
    ConfigSection root(&table, "", path);
    ConfigSection shop = root.section("shop");
    read_shop(shop, config.shop);
    ConfigSection returns = shop.section("return_address");
    read_address(returns, config.shop.return_address);
    ConfigSection reply = root.section("reply_card");
    ConfigSection reply_data = reply.section("data");
    read_reply_card(reply, reply_data, config.shop);
    ConfigSection strings = root.section("strings");
    strings.all_texts(config.shop.strings);
    ConfigSection pictures = root.section("pictures");
    pictures.all_texts(config.shop.pictures);
    for (auto& [name, file] : config.shop.pictures) file = beside(path, file).string();
    ConfigSection reading = root.section("reading");
    read_reading(reading, config.reading);
    ConfigSection store = root.section("store");
    read_store(store, path, config.store);
    if (!reading.keys().empty()) config.shared_sections.emplace_back("[reading]");
    if (!store.keys().empty()) config.shared_sections.emplace_back("[store]");
    ConfigSection privacy = root.section("privacy");
    read_privacy(privacy, config.privacy);
    ConfigSection templates = root.section("template");
    std::vector<ConfigSection> settings;
    for (const auto& name : templates.keys()) {
        settings.push_back(templates.section(name));
        settings.back().all_numbers(config.shop.template_settings[name]);
    }
    const auto life = read_life(root, config.life);
    const auto serve = read_serve(root, path, config.serve);
    if (!root.section("serve").keys().empty()) config.shared_sections.emplace_back("[serve]");
    const auto label = read_return_label(root.section("return_label"), path, config.return_label);

    std::vector<ConfigSection> read{root,     shop,      returns, reply, reply_data, strings,
                                    pictures, templates, reading, store, privacy};
    read.insert(read.end(), settings.begin(), settings.end());
    read.insert(read.end(), label.begin(), label.end());
    read.insert(read.end(), life.begin(), life.end());
    read.insert(read.end(), serve.begin(), serve.end());
    for (const ConfigSection& section : read) {
        if (section.error()) return *section.error();
        section.warn_of_unknown(config.warnings);
    }
    return config;
} catch (const toml::parse_error& error) {
    return not_toml(error, path);
}

Result<Config> load_config(const std::filesystem::path& path) {
    constexpr std::uint64_t kLimit = 1 << 20;  // a configuration is a few hundred bytes
    auto text = read_file(path, kLimit);
    if (!text) return text.error();
    return parse_config(*text, path.string());
}

}  // namespace verso::app
