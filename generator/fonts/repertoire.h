// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace verso::generator {

struct CharacterRange {
    char32_t first, last;
};

/// The characters that the prepared fonts keep, as far as Noto Sans has them: what European shops
/// write. Combining marks are left out on purpose: without shaping they would print in the wrong
/// place, and a refusal is better than a wrong name.
inline constexpr std::array kRepertoire{
    CharacterRange{0x0020, 0x007E},  // ASCII
    CharacterRange{0x00A0, 0x024F},  // Latin-1, Extended-A, Extended-B
    CharacterRange{0x0250, 0x02AF},  // phonetic letters, among them schwa for Azerbaijani
    CharacterRange{0x02B0, 0x02FF},  // modifier letters and spacing accents
    CharacterRange{0x0370, 0x03FF},  // Greek
    CharacterRange{0x0400, 0x052F},  // Cyrillic
    CharacterRange{0x1C80, 0x1C8F},  // Cyrillic Extended-C
    CharacterRange{0x1D00, 0x1DBF},  // phonetic extensions
    CharacterRange{0x1E00, 0x1EFF},  // Latin Additional, among them Vietnamese
    CharacterRange{0x1F00, 0x1FFF},  // polytonic Greek
    CharacterRange{0x2000, 0x200B},  // spaces
    CharacterRange{0x2010, 0x2027},  // dashes, quotes, bullets
    CharacterRange{0x202F, 0x205F},  // narrow space, per mille, primes, guillemets
    CharacterRange{0x2070, 0x209C},  // superscripts, subscripts
    CharacterRange{0x20A0, 0x20BF},  // currencies
    CharacterRange{0x2100, 0x215F},  // numero, trade mark, fractions
    CharacterRange{0x2190, 0x2193},  // arrows
    CharacterRange{0x2212, 0x2212},  // minus
    CharacterRange{0x25A0, 0x25FF},  // boxes, circles
    CharacterRange{0x2713, 0x2717},  // ticks and crosses
    CharacterRange{0x2C60, 0x2C7F},  // Latin Extended-C
    CharacterRange{0xA640, 0xA66E},  // Cyrillic Extended-B without its combining marks
    CharacterRange{0xA673, 0xA673},  // ... its asterisk
    CharacterRange{0xA67E, 0xA69D},  // ... its rest
    CharacterRange{0xA720, 0xA7FF},  // Latin Extended-D
    CharacterRange{0xAB30, 0xAB6F},  // Latin Extended-E
    CharacterRange{0xFB00, 0xFB06},  // Latin ligatures
    CharacterRange{0xFFFD, 0xFFFD},  // replacement character
};

}  // namespace verso::generator
