// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace verso::generator {

/// A set of character groups, one bit each. Documents embed whole groups: the same few subsets
/// serve every document, so that each is cut and compressed once in a process and not once in a
/// document.
using GroupMask = std::uint8_t;

struct CharacterGroup {
    char32_t first, last;
    GroupMask bit;
};

/// What nearly every document needs: ASCII, the accented letters of French, German, Spanish and
/// Italian, and the usual punctuation.
inline constexpr GroupMask kBaseGroup = 1;

/// The rest of Latin-1: what Portugal and the North write, fractions, raised numbers, rare signs.
inline constexpr GroupMask kLatin1Group = 4;

/// In order; the first that holds a character is its group. The rest are symbols (128).
inline constexpr std::array kCharacterGroups{
    CharacterGroup{0x0020, 0x007E, kBaseGroup},
    CharacterGroup{0x00A0, 0x00A1, kBaseGroup},  // no-break space, inverted exclamation mark
    CharacterGroup{0x00A3, 0x00A3, kBaseGroup},  // pound
    CharacterGroup{0x00A7, 0x00A7, kBaseGroup},  // paragraph
    CharacterGroup{0x00A9, 0x00A9, kBaseGroup},  // copyright
    CharacterGroup{0x00AB, 0x00AB, kBaseGroup},  // guillemets
    CharacterGroup{0x00BB, 0x00BB, kBaseGroup},
    CharacterGroup{0x00AE, 0x00AE, kBaseGroup},  // registered
    CharacterGroup{0x00B0, 0x00B0, kBaseGroup},  // degree
    CharacterGroup{0x00B7, 0x00B7, kBaseGroup},  // middle dot
    CharacterGroup{0x00BF, 0x00C0, kBaseGroup},  // inverted question mark, A with grave
    CharacterGroup{0x00C4, 0x00C4, kBaseGroup},
    CharacterGroup{0x00C7, 0x00CA, kBaseGroup},
    CharacterGroup{0x00D6, 0x00D7, kBaseGroup},
    CharacterGroup{0x00DC, 0x00DC, kBaseGroup},
    CharacterGroup{0x00DF, 0x00E2, kBaseGroup},
    CharacterGroup{0x00E4, 0x00E4, kBaseGroup},
    CharacterGroup{0x00E6, 0x00EF, kBaseGroup},
    CharacterGroup{0x00F1, 0x00F4, kBaseGroup},
    CharacterGroup{0x00F6, 0x00F6, kBaseGroup},
    CharacterGroup{0x00F9, 0x00FC, kBaseGroup},
    CharacterGroup{0x00A2, 0x00FF, kLatin1Group},
    CharacterGroup{0x2010, 0x2026, kBaseGroup},  // dashes, quotes, bullet, ellipsis
    CharacterGroup{0x202F, 0x202F, kBaseGroup},  // narrow space of French amounts
    CharacterGroup{0x2039, 0x203A, kBaseGroup},  // single guillemets
    CharacterGroup{0x20AC, 0x20AC, kBaseGroup},  // euro
    CharacterGroup{0x2122, 0x2122, kBaseGroup},  // trade mark
    CharacterGroup{0x0152, 0x0153, kBaseGroup},  // French oe
    CharacterGroup{0x0100, 0x017F, 2},           // Latin Extended-A
    CharacterGroup{0x0370, 0x03FF, 8},           // Greek
    CharacterGroup{0x0400, 0x052F, 16},          // Cyrillic
    CharacterGroup{0x0180, 0x02FF, 32},          // Latin Extended-B, phonetics
    CharacterGroup{0x1E00, 0x1EFF, 32},          // Latin Additional
    CharacterGroup{0x1F00, 0x1FFF, 64},          // polytonic Greek
};

constexpr GroupMask group_of(char32_t character) {
    for (const CharacterGroup& group : kCharacterGroups) {
        if (character >= group.first && character <= group.last) return group.bit;
    }
    return 128;
}

}  // namespace verso::generator
