// SPDX-License-Identifier: Apache-2.0
#include "app/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <sstream>

#include "app/files.h"

namespace verso::app {

namespace {

/// Takes values out of one table of the file and remembers the first fault, with line and key.
class Section {
  public:
    Section(const toml::table* table, std::string path, std::string file)
        : table_(table), path_(std::move(path)), file_(std::move(file)) {}

    void text(std::string_view key, std::string& into) {
        known_.emplace_back(key);
        const toml::node* node = find(key);
        if (node == nullptr) return;
        if (const auto* value = node->as_string()) {
            into = value->get();
        } else {
            fail(key, "must be a text in quotes");
        }
    }

    void number(std::string_view key, int low, int high, int& into) {
        known_.emplace_back(key);
        const toml::node* node = find(key);
        if (node == nullptr) return;
        const auto* value = node->as_integer();
        if (value == nullptr || value->get() < low || value->get() > high) {
            fail(key, fmt::format("must be a whole number from {} to {}", low, high));
        } else {
            into = static_cast<int>(value->get());
        }
    }

    void texts(std::string_view key, std::vector<std::string>& into) {
        known_.emplace_back(key);
        const toml::node* node = find(key);
        if (node == nullptr) return;
        const auto* list = node->as_array();
        if (list == nullptr || !list->is_homogeneous<std::string>()) {
            if (list == nullptr || !list->empty()) fail(key, "must be a list of texts in quotes");
            return;
        }
        for (const auto& item : *list) into.push_back(**item.as_string());
    }

    Section section(std::string_view key) {
        known_.emplace_back(key);
        const toml::node* node = find(key);
        if (node != nullptr && !node->is_table()) fail(key, "must be a section in brackets");
        const std::string inner = path_.empty() ? std::string(key) : path_ + "." + std::string(key);
        return {node != nullptr ? node->as_table() : nullptr, inner, file_};
    }

    void fail(std::string_view key, const std::string& message) {
        if (error_) return;
        const toml::node* node = find(key);
        const auto line = node != nullptr ? node->source().begin.line : 0;
        const std::string where = line > 0 ? fmt::format("{}:{}", file_, line) : file_;
        error_ = Error{ErrorCode::ValueInvalid, fmt::format("{} {}", full(key), message), where,
                       "docs/operating.md lists the keys"};
    }

    void warn_of_unknown(std::vector<std::string>& warnings) const {
        if (table_ == nullptr) return;
        for (const auto& [key, node] : *table_) {
            if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
            warnings.push_back(fmt::format("{}:{}: {} is not a key of Verso; it does nothing",
                                           file_, node.source().begin.line, full(key.str())));
        }
    }

    const std::optional<Error>& error() const { return error_; }

  private:
    const toml::node* find(std::string_view key) const {
        return table_ != nullptr ? table_->get(key) : nullptr;
    }
    std::string full(std::string_view key) const {
        return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
    }

    const toml::table* table_;
    std::string path_, file_;
    std::vector<std::string> known_;
    std::optional<Error> error_;
};

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

void read_address(Section& section, Address& into) {
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

void read_shop(Section& section, Shop& shop) {
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

}  // namespace

Result<Config> parse_config(std::string_view text, const std::string& name) try {
    const toml::table table = toml::parse(text);
    Config config;
    config.shop.language = "fr";
    Section root(&table, "", name);
    Section shop = root.section("shop");
    read_shop(shop, config.shop);
    Section returns = shop.section("return_address");
    read_address(returns, config.shop.return_address);
    Section reply = root.section("reply_card");
    reply.texts("address", config.shop.reply_address);
    reply.text("authorisation", config.shop.reply_authorisation);
    for (const Section* section : {&root, &shop, &returns, &reply}) {
        if (section->error()) return *section->error();
        section->warn_of_unknown(config.warnings);
    }
    return config;
} catch (const toml::parse_error& error) {
    return not_toml(error, name);
}

Result<Config> load_config(const std::filesystem::path& path) {
    constexpr std::uint64_t kLimit = 1 << 20;  // a configuration is a few hundred bytes
    auto text = read_file(path, kLimit);
    if (!text) return text.error();
    return parse_config(*text, path.string());
}

namespace {

std::string quoted(const std::string& text) {
    std::ostringstream out;
    out << toml::value<std::string>(text);
    return out.str();
}

std::string quoted(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts) out += (out.empty() ? "" : ", ") + quoted(text);
    return "[" + out + "]";
}

}  // namespace

std::string format_config(const Shop& shop) {
    const Address& back = shop.return_address;
    return fmt::format(
        R"(# Verso reads this file at each start. docs/operating.md explains every key.

[shop]
# Stands at the head of each sheet.
name = {}
# The host of the links on your cards: https://HOST/C/... Choose it once; cards live for years.
link_host = {}
# For orders that say nothing themselves: two letters, a catalogue of templates/strings.
language = {}
# How long a buyer may return, as printed on the return sheet.
return_days = {}

[shop.return_address]
# Where returns go. The label on the return sheet shows it.
name = {}
company = {}
line1 = {}
line2 = {}
postcode = {}
city = {}
region = {}
country = {}

[reply_card]
# The address lines and the authorisation of your reply card, exactly as your post allotted them.
# While they are empty the card says SPECIMEN and no post will carry it unpaid.
address = {}
authorisation = {}
)",
        quoted(shop.name), quoted(shop.link_host), quoted(shop.language), shop.return_days,
        quoted(back.name), quoted(back.company), quoted(back.line1), quoted(back.line2),
        quoted(back.postcode), quoted(back.city), quoted(back.region), quoted(back.country),
        quoted(shop.reply_address), quoted(shop.reply_authorisation));
}

}  // namespace verso::app
