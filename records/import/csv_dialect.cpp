// SPDX-License-Identifier: Apache-2.0
#include "records/import/csv_dialect.h"

#include <array>
#include <cstdint>

namespace verso::records {

namespace {

/// Length of the UTF-8 sequence that begins at `at`, or 0 when there is none (Unicode 15, table
/// 3-7: no overlong forms, no surrogates, nothing beyond U+10FFFF).
std::size_t sequence_length(std::string_view bytes, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return i < bytes.size() ? static_cast<std::uint8_t>(bytes[i]) : std::uint8_t{0};
    };
    const auto follows = [&](std::size_t i, std::uint8_t low = 0x80, std::uint8_t high = 0xBF) {
        return byte(i) >= low && byte(i) <= high;
    };
    const std::uint8_t lead = byte(at);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return follows(at + 1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const std::uint8_t low = lead == 0xE0 ? 0xA0 : 0x80, high = lead == 0xED ? 0x9F : 0xBF;
        return follows(at + 1, low, high) && follows(at + 2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const std::uint8_t low = lead == 0xF0 ? 0x90 : 0x80, high = lead == 0xF4 ? 0x8F : 0xBF;
        return follows(at + 1, low, high) && follows(at + 2) && follows(at + 3) ? 4 : 0;
    }
    return 0;
}

/// Windows-1252, bytes 0x80 to 0x9F (WHATWG Encoding Standard, index windows-1252).
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void append_utf8(std::string& out, char16_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

std::string from_windows_1252(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (char c : bytes) {
        const auto byte = static_cast<std::uint8_t>(c);
        append_utf8(out, byte >= 0x80 && byte < 0xA0 ? kWindows1252.at(byte - 0x80U) : byte);
    }
    return out;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = sequence_length(bytes, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

Result<CsvText> CsvText::decode(std::string_view bytes) {
    const auto not_text = [](std::string_view what) {
        return Error{ErrorCode::FormatInvalid, std::string(what), "",
                     "save it as CSV UTF-8 and import that"};
    };
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        return not_text("the file is UTF-16 text");
    }
    if (bytes.starts_with("PK\x03\x04")) return not_text("the file is a workbook, not a CSV file");
    if (bytes.find('\0') != std::string_view::npos) return not_text("the file is not text");
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    CsvText text;
    text.given_ = bytes;
    if (!is_utf8(bytes)) text.converted_ = from_windows_1252(bytes);
    return text;
}

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
