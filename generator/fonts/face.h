// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "generator/fonts/character_group.h"
#include "generator/fonts/font_book.h"
#include "generator/fonts/subset_shelf.h"

namespace verso::generator {

/// One prepared font, flattened at load so that measuring and setting a string only walk tables.
/// All lengths are in font units (units_per_em to the em). Immutable after loading.
struct FontBook::Face {
    std::string bytes;            ///< the TrueType file
    std::string postscript_name;  ///< "NotoSans-Regular"
    /// Glyph of every character of the Basic Multilingual Plane; 0 (.notdef): not covered.
    std::vector<GlyphId> glyph_of;
    std::vector<std::uint16_t> advance_of;  ///< by glyph
    std::vector<char16_t> character_of;     ///< by glyph: the first character that shows it
    std::vector<GroupMask> group_of;        ///< by glyph; 0: no character shows it
    int units_per_em = 1000;
    int ascender = 0, descender = 0, cap_height = 0;  ///< descender positive downwards
    int box_left = 0, box_bottom = 0, box_right = 0, box_top = 0;
    bool bold = false;
    std::unique_ptr<SubsetShelf> shelf = std::make_unique<SubsetShelf>();

    /// The glyph of a character, 0 when the face has none.
    GlyphId glyph(char32_t character) const {
        return character < 0x10000 ? glyph_of[character] : GlyphId{0};
    }
};

}  // namespace verso::generator
