// SPDX-License-Identifier: Apache-2.0
#include "records/import/row_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace verso::records {

namespace {

constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A value as a message shows it: garbage may be long.
std::string shown(std::string_view value) {
    constexpr std::size_t kLongest = 40;
    std::size_t end = std::min(value.size(), kLongest);
    while (end < value.size() && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
    return fmt::format("'{}{}'", value.substr(0, end), end < value.size() ? "…" : "");
}

}  // namespace

bool has_column(std::span<const std::string_view> header, std::string_view name) {
    return std::any_of(header.begin(), header.end(), [&](std::string_view field) {
        return lower(unguarded(field)) == lower(name);
    });
}

Result<ColumnMap> ColumnMap::match(std::span<const std::string_view> header,
                                   std::span<const KnownColumn> known) {
    ColumnMap map;
    map.known_ = known;
    map.positions_.assign(known.size(), kAbsent);
    map.width_ = header.size();
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string_view name = unguarded(header[i]);
        const auto found = std::find_if(known.begin(), known.end(), [&](const KnownColumn& column) {
            return lower(column.name) == lower(name);
        });
        if (found == known.end()) {
            if (!name.empty()) map.unknown_.emplace_back(name);
            continue;
        }
        std::size_t& position = map.positions_.at(static_cast<std::size_t>(found - known.begin()));
        if (position != kAbsent) {
            return Error{ErrorCode::FormatInvalid,
                         fmt::format("the column {} stands twice in the header", found->name), "",
                         "remove one of them"};
        }
        position = i;
    }
    std::vector<std::string_view> missing;
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (known[i].required && map.positions_.at(i) == kAbsent) missing.push_back(known[i].name);
    }
    if (missing.empty()) return map;
    return Error{ErrorCode::FormatInvalid,
                 fmt::format("missing in the header: {}; found: {}", fmt::join(missing, ", "),
                             fmt::join(header, ", ")),
                 "", "export the orders again with these columns"};
}

std::string_view ColumnMap::value(const CsvRecord& record, std::size_t column) const {
    const std::size_t position = positions_.at(column);
    if (position == kAbsent || position >= record.fields.size()) return {};
    return unguarded(record.fields[position]);
}

RowValues::RowValues(const CsvRecord& record, const ColumnMap& columns)
    : record_(record), columns_(columns) {
    if (!record.fault.empty()) {
        fault_ = Fault{"", std::string(record.fault)};
    } else if (record.fields.size() < columns.width()) {
        fault_ = Fault{"", fmt::format("the row has {} values, the header has {}",
                                       record.fields.size(), columns.width())};
    } else if (std::any_of(record.fields.begin() + static_cast<std::ptrdiff_t>(columns.width()),
                           record.fields.end(), [](auto field) { return !field.empty(); })) {
        fault_ = Fault{"", fmt::format("the row has {} values, the header has only {}",
                                       record.fields.size(), columns.width())};
    } else if (record.has_controls) {
        fault_ = Fault{"", "the row holds control characters"};
    }
}

void RowValues::refuse(std::size_t column, std::string reason) {
    if (!fault_) fault_ = Fault{std::string(columns_.name(column)), std::move(reason)};
}

template <class Value>
Value RowValues::taken(std::size_t column, Result<Value> result) {
    if (result) return std::move(*result);
    refuse(column, result.error().message);
    return Value{};
}

std::string RowValues::text(std::size_t column) {
    std::string out(raw(column));
    for (char& c : out) {
        if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    }
    return out;
}

std::string RowValues::long_text(std::size_t column) {
    std::string out;
    const std::string_view value = raw(column);
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] != '\r') {
            out += value[i];
        } else if (value.substr(i + 1, 1) != "\n") {
            out += '\n';
        }
    }
    return out;
}

int RowValues::whole(std::size_t column, int low, int high, std::optional<int> fallback) {
    const std::string_view value = raw(column);
    if (value.empty() && fallback) return *fallback;
    int number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error == std::errc{} && end == value.data() + value.size() && number >= low &&
        number <= high) {
        return number;
    }
    refuse(column, fmt::format("{} is not a whole number from {} to {}", shown(value), low, high));
    return low;
}

Money RowValues::money(std::size_t column, std::optional<Money> fallback) {
    const std::string_view value = raw(column);
    if (value.empty() && fallback) return *fallback;
    if (value.size() > 40) {
        refuse(column, fmt::format("{} is not an amount like 113.30", shown(value)));
        return {};
    }
    return taken(column, parse_money(value));
}

ZonedTime RowValues::time(std::size_t column) {
    return taken(column, parse_export_time(raw(column)));
}

std::optional<ZonedTime> RowValues::time_if_any(std::size_t column) {
    if (raw(column).empty()) return std::nullopt;
    return time(column);
}

std::optional<std::chrono::year_month_day> RowValues::day_if_any(std::size_t column) {
    const std::string_view value = raw(column);
    if (value.empty()) return std::nullopt;
    auto day = parse_day(value);
    if (day) return *day;
    refuse(column, fmt::format("{} is not a day like 2026-10-05", shown(value)));
    return std::nullopt;
}

std::string RowValues::code(std::size_t column, std::size_t letters) {
    std::string value(raw(column));
    if (value.size() != letters || !std::all_of(value.begin(), value.end(), is_letter)) {
        refuse(column, fmt::format("{} is not a code of {} letters", shown(value), letters));
        return {};
    }
    for (char& c : value) c = static_cast<char>(c & ~0x20);
    return value;
}

std::string RowValues::language(std::size_t column) {
    const std::string_view value = raw(column);
    if (value.empty()) return {};
    const std::string_view first = value.substr(0, value.find_first_of("-_"));
    if (first.size() == 2 && is_letter(first[0]) && is_letter(first[1])) return lower(first);
    refuse(column, fmt::format("{} is not a language code of 2 letters", shown(value)));
    return {};
}

Result<ZonedTime> parse_export_time(std::string_view text) {
    const Error error{ErrorCode::ValueInvalid,
                      fmt::format("{} is not a time like 2026-10-01T11:36:43+02:00", shown(text)),
                      "", ""};
    // Serial days of the years 1982 to 2064 have five digits; no other number is a date.
    double serial = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), serial);
    if (failure == std::errc{} && end == text.data() + text.size()) {
        if (!(serial >= 30000 && serial < 60000)) return error;
        constexpr std::chrono::sys_days kEpoch{std::chrono::year{1899} / 12 / 30};
        const auto seconds = static_cast<std::int64_t>(serial * 86400 + 0.5);
        return ZonedTime{kEpoch + std::chrono::seconds{seconds}, std::chrono::minutes{0}};
    }
    if (text.size() > 40) return error;
    auto time = parse_time(text);
    if (!time) return error;
    return *time;
}

}  // namespace verso::records
