// SPDX-License-Identifier: Apache-2.0
#include "records/import/json_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace verso::records {

namespace {

constexpr std::size_t kLongestText = 65536;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const auto begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F;
}

}  // namespace

std::string shown_value(std::string_view value) {
    constexpr std::size_t kLongest = 40;
    std::size_t end = std::min(value.size(), kLongest);
    while (end < value.size() && end > 0 &&
           (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) {
        --end;
    }
    return fmt::format("'{}{}'", value.substr(0, end), end < value.size() ? "…" : "");
}

Result<Money> parse_long_money(std::string_view text) {
    const Error error{ErrorCode::ValueInvalid,
                      fmt::format("{} is not an amount like 113.30", shown_value(text)), "", ""};
    const auto point = text.find('.');
    if (text.size() > 40 || text.find_first_not_of("+-0123456789.") != text.npos) return error;
    if (point == std::string_view::npos || text.size() - point <= 3) {
        auto amount = parse_money(text);
        return amount ? amount : Result<Money>(error);
    }
    const std::string_view more = text.substr(point + 3);
    auto amount = parse_money(text.substr(0, point + 3));
    if (!amount || more.find_first_not_of("0123456789") != more.npos) return error;
    if (more.front() >= '5') amount->minor += text.front() == '-' ? -1 : 1;
    return amount;
}

std::string_view JsonFields::raw(std::string_view key) const {
    const JsonValue& value = object_.at(key);
    return trimmed(value.text);
}

void JsonFields::refuse(std::string_view key, std::string reason) {
    if (!fault_) fault_ = JsonFault{fmt::format("{}/{}", pointer_, key), std::move(reason)};
}

std::string JsonFields::sound_text(std::string_view key) {
    const std::string_view text = raw(key);
    if (text.size() > kLongestText) {
        refuse(key, "the text is longer than 65,536 bytes");
    } else if (std::any_of(text.begin(), text.end(), is_control)) {
        refuse(key, "the text holds control characters");
    } else {
        return std::string(text);
    }
    return {};
}

std::string JsonFields::text(std::string_view key) {
    std::string out = sound_text(key);
    for (char& c : out) {
        if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    }
    return out;
}

std::string JsonFields::long_text(std::string_view key) {
    const std::string text = sound_text(key);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') {
            out += text[i];
        } else if (i + 1 == text.size() || text[i + 1] != '\n') {
            out += '\n';
        }
    }
    return out;
}

int JsonFields::whole(std::string_view key, int low, int high, std::optional<int> fallback) {
    std::string_view value = raw(key);
    if (value.empty() && fallback) return *fallback;
    std::string_view digits = value;
    if (const auto point = digits.find('.');
        point != digits.npos && point + 1 < digits.size() &&
        digits.find_first_not_of('0', point + 1) == digits.npos) {
        digits = digits.substr(0, point);
    }
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc{} && end == digits.data() + digits.size() && number >= low &&
        number <= high) {
        return number;
    }
    refuse(key,
           fmt::format("{} is not a whole number from {} to {}", shown_value(value), low, high));
    return low;
}

Money JsonFields::money(std::string_view key, std::optional<Money> fallback) {
    const std::string_view value = raw(key);
    if (value.empty() && fallback) return *fallback;
    auto amount = parse_long_money(value);
    if (amount) return *amount;
    refuse(key, amount.error().message);
    return {};
}

ZonedTime JsonFields::time(std::string_view key) {
    const std::string_view value = raw(key);
    if (auto time = parse_time(value); time && value.size() <= 40) return *time;
    refuse(key, fmt::format("{} is not a time like 2026-10-01T11:36:43+02:00", shown_value(value)));
    return {};
}

std::optional<ZonedTime> JsonFields::time_if_any(std::string_view key) {
    if (raw(key).empty()) return std::nullopt;
    return time(key);
}

std::optional<std::chrono::year_month_day> JsonFields::day_if_any(std::string_view key) {
    const std::string_view value = raw(key);
    if (value.empty()) return std::nullopt;
    if (auto day = parse_day(value)) return *day;
    refuse(key, fmt::format("{} is not a day like 2026-10-05", shown_value(value)));
    return std::nullopt;
}

std::string JsonFields::code(std::string_view key, std::size_t letters) {
    std::string value(raw(key));
    if (value.size() != letters || !std::all_of(value.begin(), value.end(), is_letter)) {
        refuse(key, fmt::format("{} is not a code of {} letters", shown_value(value), letters));
        return {};
    }
    for (char& c : value) c = static_cast<char>(c & ~0x20);
    return value;
}

std::string JsonFields::language(std::string_view key) {
    const std::string_view value = raw(key);
    const std::string_view first = value.substr(0, value.find_first_of("-_"));
    if (first.size() != 2 || !is_letter(first[0]) || !is_letter(first[1])) return {};
    return {static_cast<char>(first[0] | 0x20), static_cast<char>(first[1] | 0x20)};
}

bool JsonFields::flag(std::string_view key) {
    const std::string_view value = raw(key);
    if (value.empty() || value == "false" || value == "0") return false;
    if (value == "true" || value == "1") return true;
    refuse(key, fmt::format("{} is neither true nor false", shown_value(value)));
    return false;
}

JsonFields JsonFields::inside(std::string_view key) const {
    return {object_.at(key), fmt::format("{}/{}", pointer_, key), fault_};
}

std::vector<JsonFields> JsonFields::each(std::string_view key) const {
    std::vector<JsonFields> out;
    const auto& items = object_.at(key).items;
    for (std::size_t i = 0; i < items.size(); ++i) {
        out.emplace_back(items[i], fmt::format("{}/{}/{}", pointer_, key, i), fault_);
    }
    return out;
}

}  // namespace verso::records
