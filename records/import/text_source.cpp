// SPDX-License-Identifier: Apache-2.0
#include "records/import/text_source.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace verso::records {

namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr std::size_t kPiece = std::size_t{1} << 18;

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

/// How many bytes of ASCII it begins with.
std::size_t ascii_prefix(std::string_view bytes) {
    std::size_t at = 0;
    for (std::uint64_t eight = 0; at + 8 <= bytes.size(); at += 8) {
        std::memcpy(&eight, bytes.data() + at, 8);
        if ((eight & 0x8080808080808080U) != 0) break;
    }
    while (at < bytes.size() && static_cast<std::uint8_t>(bytes[at]) < 0x80) ++at;
    return at;
}

/// What there is beyond ASCII. Text in Windows-1252 has hardly a sequence that is UTF-8 by chance,
/// and UTF-8 with a few bytes broken has many that still are.
struct Census {
    std::size_t sequences = 0, wrong = 0;

    /// Counts; gives how many bytes are dealt with. Up to three stay, unless it is the end.
    std::size_t take(std::string_view bytes, bool end) {
        std::size_t at = 0;
        while (at < bytes.size()) {
            at += ascii_prefix(bytes.substr(at));
            if (at == bytes.size()) break;
            const std::size_t length = sequence_length(bytes, at);
            if (length == 0 && !end && bytes.size() - at < 4) break;
            ++(length == 0 ? wrong : sequences);
            at += length == 0 ? 1 : length;
        }
        return at;
    }
};

Error not_text(std::string_view what) {
    return {ErrorCode::FormatInvalid, std::string(what), "",
            "save it as CSV UTF-8 and import that"};
}

/// What the first bytes say about the whole file.
Result<void> check_begin(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        return not_text("the file is UTF-16 text");
    }
    if (bytes.starts_with("PK\x03\x04")) return not_text("the file is a workbook, not a CSV file");
    return {};
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    Census census;
    census.take(bytes, true);
    return census.wrong == 0;
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

Result<TextEncoding> find_encoding(ByteSource& source) {
    Census census;
    std::string piece(kPiece, '\0');
    std::size_t kept = 0;  // bytes of a sequence that the last piece cut
    for (bool first = true;; first = false) {
        auto count = source.read(std::span(piece).subspan(kept));
        if (!count) return count.error();
        const std::string_view bytes = std::string_view(piece).substr(0, kept + *count);
        if (first) {
            if (auto sound = check_begin(bytes); !sound) return sound.error();
        }
        if (bytes.find('\0', kept) != std::string_view::npos) {
            return not_text("the file is not text");
        }
        const std::size_t seen = census.take(bytes, *count == 0);
        kept = bytes.size() - seen;
        std::memmove(piece.data(), piece.data() + seen, kept);
        if (*count == 0) break;
    }
    if (auto again = source.rewind(); !again) return again.error();
    if (census.wrong == 0) return TextEncoding::Utf8;
    return census.sequences > census.wrong ? TextEncoding::DamagedUtf8 : TextEncoding::Windows1252;
}

Result<CsvText> CsvText::decode(std::string_view bytes) {
    auto encoding = find_encoding(*memory_source(bytes));
    if (!encoding) return encoding.error();
    if (bytes.starts_with(kMark)) bytes.remove_prefix(kMark.size());
    CsvText text;
    text.given_ = bytes;
    if (*encoding != TextEncoding::Utf8) text.converted_ = from_windows_1252(bytes);
    return text;
}

Result<TextSource> TextSource::open(ByteSource& source, TextEncoding encoding) {
    if (auto begun = source.rewind(); !begun) return begun.error();
    return TextSource(source, encoding);
}

Result<bool> TextSource::append_to(std::string& text, std::size_t about) {
    const std::size_t old = text.size();
    text.resize(old + about);
    auto count = at_begin_ ? read_fully(*source_, std::span(text).subspan(old))
                           : source_->read(std::span(text).subspan(old));
    text.resize(old + (count ? *count : 0));
    if (!count) return count.error();
    if (*count == 0) return false;
    const bool marked = at_begin_ && text.compare(old, kMark.size(), kMark) == 0;
    at_begin_ = false;
    if (marked) text.erase(old, kMark.size());
    if (encoding_ == TextEncoding::Windows1252) {
        const std::string converted = from_windows_1252(std::string_view(text).substr(old));
        text.replace(old, std::string::npos, converted);
    }
    return text.size() > old || append_to(text, about);
}

}  // namespace verso::records
