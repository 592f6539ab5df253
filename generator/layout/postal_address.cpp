// SPDX-License-Identifier: Apache-2.0
#include "generator/layout/postal_address.h"

#include <fmt/format.h>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <optional>

#include "generator/layout/address_form.h"

namespace verso::generator {

namespace {

constexpr std::string_view kStops = ",.;:";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

std::string joined(const std::string& left, const std::string& gap, const std::string& right) {
    if (left.empty()) return right;
    return right.empty() ? left : left + gap + right;
}

/// One blank where there were blanks, tabs or line ends; none at the ends.
std::string tidy(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
        if (!blank) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

/// Characters, not bytes: all that do not go on with one.
std::size_t length(std::string_view text) {
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins));
}

/// Without stops; what they parted stays apart, but for the letters of an abbreviation.
std::string without_stops(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool inside = i > 0 && i + 1 < text.size();
        const bool abbreviates =
            inside && text[i] == '.' && is_letter(text[i - 1]) && is_letter(text[i + 1]);
        if (abbreviates) continue;
        out += kStops.find(text[i]) == std::string_view::npos ? text[i] : ' ';
    }
    return tidy(out);
}

/// The next part of `rest` before `mark`, taken off it.
std::string_view take_part(std::string_view& rest, char mark) {
    const auto end = std::min(rest.find(mark), rest.size());
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

/// A postcode of bare letters and digits in one form; nothing when it is not of that form.
std::optional<std::string> fill_form(std::string_view form, std::string_view bare) {
    std::string out;
    for (const char place : form) {
        if (place != '9' && place != 'A' && place != '*') {
            out += place;
            continue;
        }
        if (bare.empty()) return std::nullopt;
        const char c = bare.front();
        if (place == '9' && !is_digit(c)) return std::nullopt;
        if (place == 'A' && !is_letter(c)) return std::nullopt;
        out += c;
        bare.remove_prefix(1);
    }
    if (!bare.empty()) return std::nullopt;
    return out;
}

/// The postcode in the form of its country, without the country's letters that some write before
/// it. Nothing when it has none of the forms.
std::optional<std::string> format_postcode(const AddressForm& rule, const std::string& given) {
    if (rule.postcode.empty()) return given;
    std::string bare;
    for (const char c : given) {
        if (is_digit(c) || is_letter(c)) bare += c;
    }
    bare = to_upper(bare);
    if (rule.postcode.front() == '9') {
        bare.erase(bare.begin(), std::find_if(bare.begin(), bare.end(), is_digit));
    }
    std::string_view forms = rule.postcode;
    do {
        if (auto formed = fill_form(take_part(forms, '|'), bare)) return formed;
    } while (!forms.empty());
    if (rule.postcode.ends_with('|') && bare.empty()) return std::string{};  // may be missing
    return std::nullopt;
}

/// Whether the first word of a text, in capitals and without stops, is one of `words`.
bool begins_with_one_of(std::string_view words, const std::string& text) {
    const std::string bare = to_upper(without_stops(text));
    if (bare.empty()) return false;
    std::string_view rest(bare);
    const std::string_view first = take_part(rest, ' ');
    while (!words.empty()) {
        const std::string_view word = take_part(words, ' ');
        if (first == word || (word == "#" && first.starts_with('#'))) return true;
    }
    return false;
}

/// The fields of an address, made ready for the format.
class Fields {
  public:
    Fields(const Address& address, const AddressForm& rule, bool abroad, Lettering lettering,
           std::vector<std::string>& warnings)
        : abroad_(abroad), postcode_(tidy(address.postcode)) {
        // Gaps between fields are the format's own, so stops are taken out of the fields.
        const bool bare = lettering == Lettering::Capitals;
        const auto text = [](const std::string& given, bool without) {
            return without ? without_stops(given) : tidy(given);
        };
        name_ = text(address.name, bare);
        company_ = text(address.company, bare);
        line1_ = text(address.line1, bare || rule.bare_street);
        line2_ = text(address.line2, bare || rule.bare_street);
        town_ = text(address.city, bare || rule.bare_street);
        region_ = text(address.region, bare);
        inner_ = begins_with_one_of(rule.inner, line2_);
        if (town_.empty()) warnings.emplace_back("the address has no town");
        if (auto formed = format_postcode(rule, postcode_)) {
            postcode_ = *formed;
        } else if (postcode_.empty()) {
            warnings.emplace_back("the address has no postcode");
        } else {
            warnings.push_back(
                fmt::format("'{}' is no postcode of {}", shown(postcode_), rule.country));
        }
        // Codes of provinces that a shop's export brings are not part of a Spanish address.
        constexpr std::size_t kCode = 3;
        if (rule.country == "ES" && (region_.size() <= kCode || region_ == town_)) region_.clear();
        if (rule.country == "IT" && region_.size() >= kCode) region_.clear();
        if (region_ == town_ && rule.country.empty()) region_.clear();
    }

    static std::string shown(const std::string& text) {
        constexpr std::size_t kShown = 40;
        return text.size() > kShown ? text.substr(0, kShown) + "…" : text;
    }

    std::string of(char field, bool capitals) const {
        if (capitals || (field == 'C' && abroad_)) return to_upper(raw(field));
        return raw(field);
    }

  private:
    std::string raw(char field) const {
        switch (field) {
            case 'N':
                return name_;
            case 'O':
                return company_ == name_ ? std::string{} : company_;
            case '1':
                return line1_;
            case '2':
                return line2_;
            case 'b':
                return inner_ ? line2_ : std::string{};
            case 'a':
                return inner_ ? std::string{} : line2_;
            case 'Z':
                return postcode_;
            case 'C':
                return town_;
            case 'S':
                return region_;
            default:
                return {};
        }
    }

    bool abroad_;
    std::string postcode_, name_, company_, line1_, line2_, town_, region_;
    bool inner_ = false;
};

/// One line of a format, filled in.
std::string fill_line(std::string_view format, const Fields& fields) {
    std::string out, gap;
    bool capitals = false;
    for (const char c : format) {
        if (c == ' ') {
            gap += c;
        } else if (c == '^') {
            capitals = true;
        } else {
            out = joined(out, gap, fields.of(c, capitals));
            gap.clear();
            capitals = false;
        }
    }
    return out;
}

/// Where a line is broken: the last blank that leaves at most `longest` characters before it; 0
/// when there is none.
std::size_t break_of(const std::string& line, std::size_t longest) {
    std::size_t found = 0;
    for (auto at = line.find(' '); at != std::string::npos; at = line.find(' ', at + 1)) {
        if (length(std::string_view(line).substr(0, at)) > longest) break;
        found = at;
    }
    return found;
}

/// Breaks lines that are too long while the rule's lines suffice; the town's, the last, never.
void wrap(const AddressForm& rule, SetAddress& address) {
    auto& lines = address.lines;
    for (std::size_t i = 0; rule.longest_line > 0 && i < lines.size(); ++i) {
        if (length(lines[i]) <= rule.longest_line) continue;
        const std::size_t at = i + 1 < lines.size() && lines.size() < rule.most_lines
                                   ? break_of(lines[i], rule.longest_line)
                                   : 0;
        if (at == 0) {
            address.warnings.push_back(fmt::format(
                "'{}' has {} characters, the post of {} reads {} in a line",
                Fields::shown(lines[i]), length(lines[i]), rule.country, rule.longest_line));
            continue;
        }
        std::string rest = lines[i].substr(at + 1);
        lines[i].resize(at);
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(rest));
    }
}

}  // namespace

std::string to_upper(const std::string& text) {
    std::string out;
    icu::StringByteSink<std::string> sink(&out, int32_t(text.size()));
    UErrorCode status = U_ZERO_ERROR;
    icu::CaseMap::utf8ToUpper("", 0, icu::StringPiece(text.data(), int32_t(text.size())), sink,
                              nullptr, status);
    return U_SUCCESS(status) ? out : text;
}

SetAddress set_address(const Address& address, std::string_view country_line, Lettering lettering) {
    SetAddress out;
    const AddressForm& rule = address_form(address.country);
    const Fields fields(address, rule, !country_line.empty(), lettering, out.warnings);
    std::string_view format = rule.format;
    while (!format.empty()) {
        std::string line = fill_line(take_part(format, '/'), fields);
        if (lettering == Lettering::Capitals) line = to_upper(line);
        if (!line.empty()) out.lines.push_back(std::move(line));
    }
    wrap(rule, out);
    if (!country_line.empty()) out.lines.push_back(to_upper(std::string(country_line)));
    return out;
}

std::vector<std::string> address_lines(const Address& address, const std::string& country_line) {
    return set_address(address, country_line, Lettering::AsGiven).lines;
}

std::vector<std::string> sorting_lines(const Address& address, const std::string& country_line) {
    return set_address(address, country_line, Lettering::Capitals).lines;
}

std::string country_line(std::string_view from, std::string_view to) {
    if (from == to || from.size() != 2 || to.size() != 2) return {};
    const icu::Locale place("", std::string(to).c_str());
    const icu::Locale language(std::string(posting_language(from)).c_str());
    icu::UnicodeString name;
    place.getDisplayCountry(language, name);
    std::string out;
    name.toUTF8String(out);
    return to_upper(out);
}

std::string address_in_one_line(const Address& address) {
    std::string out = joined(address.name, " · ", address.line1);
    out = joined(out, " · ", address.line2);
    return joined(out, " · ", joined(address.postcode, " ", address.city));
}

}  // namespace verso::generator
