// SPDX-License-Identifier: Apache-2.0
#include "records/import/html_text.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace verso::records {

namespace {

// HTML, named character references: those that WordPress writes into titles.
constexpr std::pair<std::string_view, std::string_view> kNames[] = {
    {"amp", "&"},   {"lt", "<"},     {"gt", ">"},     {"quot", "\""},  {"apos", "'"},
    {"nbsp", " "},  {"ndash", "–"},  {"mdash", "—"},  {"lsquo", "‘"},  {"rsquo", "’"},
    {"ldquo", "“"}, {"rdquo", "”"},  {"laquo", "«"},  {"raquo", "»"},  {"hellip", "…"},
    {"times", "×"}, {"deg", "°"},    {"euro", "€"},   {"copy", "©"},   {"reg", "®"},
    {"trade", "™"}, {"eacute", "é"}, {"egrave", "è"}, {"agrave", "à"}, {"ccedil", "ç"},
    {"ouml", "ö"},  {"uuml", "ü"},   {"auml", "ä"},   {"szlig", "ß"},  {"frac12", "½"},
};

std::string utf8_of(std::uint32_t c) {
    std::string out;
    const auto follow = [&](unsigned shift) {
        out += static_cast<char>(0x80 | ((c >> shift) & 0x3F));
    };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        follow(0);
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        follow(6);
        follow(0);
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        follow(12);
        follow(6);
        follow(0);
    }
    return out;
}

/// What stands between & and ; as text.
std::optional<std::string> character(std::string_view name) {
    if (!name.starts_with('#')) {
        for (const auto& [known, text] : kNames) {
            if (known == name) return std::string(text);
        }
        return std::nullopt;
    }
    name.remove_prefix(1);
    const bool hex = name.starts_with('x') || name.starts_with('X');
    if (hex) name.remove_prefix(1);
    std::uint32_t code = 0;
    const auto [end, error] =
        std::from_chars(name.data(), name.data() + name.size(), code, hex ? 16 : 10);
    const bool sound = error == std::errc{} && end == name.data() + name.size() && code >= 0x20 &&
                       (code < 0x7F || code > 0x9F) && code <= 0x10FFFF &&
                       !(code >= 0xD800 && code <= 0xDFFF);
    if (!sound) return std::nullopt;
    return utf8_of(code);
}

}  // namespace

std::string plain_text(std::string_view html) {
    constexpr std::size_t kLongestName = 10;
    std::string out;
    while (!html.empty()) {
        const auto mark = html.find('&');
        out += html.substr(0, mark);
        if (mark == html.npos) break;
        html.remove_prefix(mark);
        const auto end = html.substr(0, kLongestName).find(';');
        const auto text = end == html.npos ? std::nullopt : character(html.substr(1, end - 1));
        out += text ? *text : std::string(1, '&');
        html.remove_prefix(text ? end + 1 : 1);
    }
    return out;
}

}  // namespace verso::records
