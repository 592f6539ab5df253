// SPDX-License-Identifier: Apache-2.0
#include "records/import/csv_dialect.h"

#include <array>

namespace verso::records {

CsvDialect sniff_dialect(std::string_view text) {
    constexpr std::string_view kDelimiters = ",;\t|";
    CsvDialect dialect;
    if (text.starts_with("sep=") && text.size() > 5 && (text[5] == '\r' || text[5] == '\n')) {
        dialect.delimiter = text[4];
        dialect.body = text.substr(5).starts_with("\r\n") ? 7 : 6;
        dialect.first_line = 2;
        if (kDelimiters.find(dialect.delimiter) != std::string_view::npos) return dialect;
    }
    std::array<std::size_t, kDelimiters.size()> counts{};
    bool quoted = false;
    for (char c : text.substr(dialect.body)) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') break;
        const auto which = kDelimiters.find(c);
        if (which != std::string_view::npos) ++counts.at(which);
    }
    std::size_t best = 0;
    for (std::size_t i = 1; i < counts.size(); ++i) {
        if (counts.at(i) > counts.at(best)) best = i;
    }
    dialect.delimiter = kDelimiters.at(best);
    return dialect;
}

std::string_view unguarded(std::string_view value) {
    constexpr std::string_view kBlanks = " \t\r\n";
    if (value.empty() || (value.front() > '\'' && value.back() > ' ')) return value;
    constexpr std::string_view kGuarded = "0123456789=+-@";
    const auto begin = value.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return {};
    value = value.substr(begin, value.find_last_not_of(kBlanks) + 1 - begin);
    if (value.size() > 1 && value[0] == '\'' && kGuarded.find(value[1]) != std::string_view::npos) {
        value.remove_prefix(1);
    }
    return value;
}

}  // namespace verso::records
