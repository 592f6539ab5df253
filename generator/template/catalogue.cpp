// SPDX-License-Identifier: Apache-2.0
#include "generator/template/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "generator/template/template_file.h"
#include "generator/template/template_node.h"

namespace verso::generator {

namespace {

namespace fs = std::filesystem;

/// The sign of the currencies that buyers know by one; others stand as their code.
std::string_view currency_sign(std::string_view code) {
    constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
        {"EUR", "€"}, {"GBP", "£"}, {"USD", "$"}, {"PLN", "zł"}, {"CZK", "Kč"}};
    for (const auto& [known, sign] : kSigns) {
        if (known == code) return sign;
    }
    return code;
}

void replace_first(std::string& text, std::string_view slot, std::string_view value) {
    const auto at = text.find(slot);
    if (at != std::string::npos) text.replace(at, slot.size(), value);
}

std::string grouped(std::string digits, std::string_view group) {
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, group);
    }
    return digits;
}

const std::string& required(const Language& language, std::string_view key) {
    const std::string* found = language.find(key);
    if (found != nullptr) return *found;
    throw TemplateFault{{ErrorCode::TemplateInvalid,
                         fmt::format("the string \"{}\" is missing", key),
                         fmt::format("strings/{}.json", language.code),
                         "every default language needs it: see docs/formats/template.md"}};
}

Formats read_formats(const Language& language) {
    Formats formats{required(language, "format.decimal"),   required(language, "format.group"),
                    required(language, "format.money"),     required(language, "format.date"),
                    required(language, "format.first_day"), {}};
    std::string_view rest = required(language, "format.months");
    for (std::size_t month = 0; month < formats.months.size(); ++month) {
        const auto end = std::min(rest.find('|'), rest.size());
        formats.months.at(month) = rest.substr(0, end);
        if (formats.months.at(month).empty()) {
            throw TemplateFault{{ErrorCode::TemplateInvalid, "needs twelve months between |",
                                 fmt::format("strings/{}.json /format.months", language.code), ""}};
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return formats;
}

/// Adds what `strings` does not have yet; "$schema" is for editors.
void add_missing(Strings& strings, const fs::path& file) {
    const TemplateFile parsed = TemplateFile::read(file.string());
    for (const auto& [key, node] : parsed.root().members()) {
        if (key != "$schema") strings.emplace(key, node.text());
    }
}

/// Puts one of the shop's words in place.
void override_string(std::map<std::string, Strings>& all, const std::string& name,
                     const std::string& text) {
    const auto slash = name.find('/');
    const std::string key = slash == std::string::npos ? name : name.substr(slash + 1);
    bool known = false;
    for (auto& [code, strings] : all) {
        if (slash != std::string::npos && code != name.substr(0, slash)) continue;
        const auto string = strings.find(key);
        if (string == strings.end()) continue;
        string->second = text;
        known = true;
    }
    if (!known) {
        throw TemplateFault{{ErrorCode::TemplateInvalid,
                             fmt::format("no catalogue has the string \"{}\"", name),
                             "[strings] of verso.toml", "templates/strings lists the keys"}};
    }
}

}  // namespace

std::string Formats::format(Money amount, std::string_view currency) const {
    const std::uint64_t size =
        amount.minor < 0 ? 0 - std::uint64_t(amount.minor) : std::uint64_t(amount.minor);
    const std::string number =
        fmt::format("{}{}{}{:02}", amount.minor < 0 ? "−" : "",
                    grouped(std::to_string(size / 100), group), decimal, size % 100);
    std::string out = money;
    replace_first(out, "{amount}", number);
    replace_first(out, "{symbol}", currency_sign(currency));
    return out;
}

std::string Formats::format(std::chrono::year_month_day day) const {
    const unsigned number = unsigned(day.day());
    std::string out = date;
    replace_first(out, "{day}", number == 1 ? first_day : std::to_string(number));
    replace_first(out, "{month}", months.at((unsigned(day.month()) + 11) % 12));
    replace_first(out, "{year}", std::to_string(int(day.year())));
    return out;
}

const std::string* Language::find(std::string_view key) const {
    const auto it = strings.find(key);
    return it == strings.end() ? nullptr : &it->second;
}

const std::string& Language::country(const std::string& iso) const {
    const std::string* found = find("country." + iso);
    return found == nullptr ? iso : *found;
}

std::vector<Language> load_catalogues(const std::vector<std::string>& folders,
                                      const std::string& default_language, const Strings& own) {
    std::map<std::string, Strings> all;
    for (const auto& folder : folders) {
        std::error_code ignored;
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(fs::path(folder) / "strings", ignored)) {
            if (entry.path().extension() == ".json") files.push_back(entry.path());
        }
        std::sort(files.begin(), files.end());
        for (const auto& file : files) add_missing(all[file.stem().string()], file);
    }
    if (!all.contains(default_language)) {
        throw TemplateFault{{ErrorCode::TemplateInvalid,
                             fmt::format("there is no catalogue strings/{}.json", default_language),
                             fmt::format("{}", fmt::join(folders, ", ")),
                             "add it, or choose another default_language"}};
    }
    const Strings fallback = all.at(default_language);
    std::map<std::string, std::vector<std::string>> borrowed;
    for (auto& [code, strings] : all) {
        for (const auto& [key, text] : fallback) {
            if (strings.emplace(key, text).second) borrowed[code].push_back(key);
        }
    }
    // Words for one language ("fr/slip.kind") win over those for all.
    for (const bool one_language : {false, true}) {
        for (const auto& [name, text] : own) {
            if ((name.find('/') != std::string::npos) == one_language) {
                override_string(all, name, text);
            }
        }
    }
    std::vector<Language> out;
    for (auto& [code, strings] : all) {
        Language language{code, std::move(strings), {}, std::move(borrowed[code])};
        language.formats = read_formats(language);
        out.insert(code == default_language ? out.begin() : out.end(), std::move(language));
    }
    return out;
}

Result<std::vector<Language>> read_catalogues(const std::vector<std::string>& folders,
                                              const std::string& default_language,
                                              const Strings& own) {
    try {
        return load_catalogues(folders, default_language, own);
    } catch (const TemplateFault& fault) {
        return fault.error;
    }
}

}  // namespace verso::generator
