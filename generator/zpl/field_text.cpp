// SPDX-License-Identifier: Apache-2.0
#include "generator/zpl/field_text.h"

#include <array>

#include "generator/fonts/utf8.h"

namespace verso::generator {

namespace {

// Thousandths of the width parameter, as zpl-renderer-js 3.4.0 sets font 0, whose letters are those
// of a bold condensed grotesque; printers differ by a few per cent. 0: not relied on. The hyphen is
// left out because it is a third of an em on one machine and four fifths on the next.
constexpr std::array<int, 95> kAscii{
    250, 333, 333, 500, 500, 833, 667, 250, 333, 333, 500, 500, 333, 0,   333, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 500, 500, 500, 500, 833, 556, 556, 556, 611, 500,
    500, 611, 611, 278, 445, 556, 500, 778, 611, 611, 556, 611, 611, 556, 500, 611, 556, 833, 556,
    556, 500, 333, 250, 333, 500, 500, 333, 500, 500, 445, 500, 500, 278, 500, 500, 278, 278, 445,
    278, 778, 500, 500, 500, 500, 333, 445, 278, 500, 445, 667, 445, 445, 390, 278, 250, 278, 500,
};
constexpr std::array<int, 96> kLatin1{
    // from the no-break space
    0,   333, 500, 500, 500, 500, 250, 500, 333, 833, 300, 500, 500, 0,   833, 333,
    400, 500, 300, 300, 333, 500, 550, 333, 333, 300, 300, 500, 750, 750, 750, 500,
    556, 556, 556, 556, 556, 556, 778, 556, 500, 500, 500, 500, 278, 278, 278, 278,
    611, 611, 611, 611, 611, 611, 611, 500, 611, 611, 611, 611, 611, 556, 556, 500,
    500, 500, 500, 500, 500, 500, 722, 445, 500, 500, 500, 500, 278, 278, 278, 278,
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 445, 500, 445,
};

int width_of(char32_t character) {
    if (character >= 0x20 && character < 0x7F) return kAscii.at(character - 0x20);
    if (character >= 0xA0 && character < 0x100) return kLatin1.at(character - 0xA0);
    return 0;
}

}  // namespace

std::string escaped_field(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    constexpr std::string_view kSpecial = "^~_\\";
    std::string out;
    out.reserve(text.size() + 16);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7F && kSpecial.find(c) == std::string_view::npos) {
            out += c;
            continue;
        }
        out += '_';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::optional<double> font0_width(std::string_view text) {
    int thousandths = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Utf8Step step = utf8_step(text, at);
        const int width = step.valid ? width_of(step.character) : 0;
        if (width == 0) return std::nullopt;
        thousandths += width;
        at += step.length;
    }
    return thousandths / 1000.0;
}

}  // namespace verso::generator
