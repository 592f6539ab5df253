// SPDX-License-Identifier: Apache-2.0
#include "generator/fonts/face_loader.h"

#include "generator/fonts/hb_handle.h"

#include <hb-ot.h>
#include <hb.h>

#include <algorithm>
#include <cctype>
#include <cstdint>

namespace verso::generator {
namespace {

using HbBlob = HbHandle<hb_blob_t, hb_blob_destroy>;
using HbFace = HbHandle<hb_face_t, hb_face_destroy>;
using HbFont = HbHandle<hb_font_t, hb_font_destroy>;
using HbSet = HbHandle<hb_set_t, hb_set_destroy>;

int metric(hb_font_t* font, hb_ot_metrics_tag_t tag) {
    hb_position_t position = 0;
    hb_ot_metrics_get_position_with_fallback(font, tag, &position);
    return position;
}

void read_characters(hb_face_t* source, hb_font_t* font, FontBook::Face& face) {
    face.glyph_of.assign(0x10000, 0);
    face.character_of.assign(hb_face_get_glyph_count(source), u'\0');
    face.group_of.assign(face.character_of.size(), 0);
    const HbSet characters(hb_set_create());
    hb_face_collect_unicodes(source, characters.get());
    hb_codepoint_t character = HB_SET_VALUE_INVALID;
    while (hb_set_next(characters.get(), &character) && character < 0x10000) {
        hb_codepoint_t glyph = 0;
        if (!hb_font_get_nominal_glyph(font, character, &glyph)) continue;
        if (glyph >= face.character_of.size()) continue;
        face.glyph_of[character] = static_cast<GlyphId>(glyph);
        if (face.character_of[glyph] == 0) {
            face.character_of[glyph] = static_cast<char16_t>(character);
            face.group_of[glyph] = group_of(character);
        }
    }
}

void read_metrics(hb_face_t* source, hb_font_t* font, FontBook::Face& face) {
    face.units_per_em = static_cast<int>(hb_face_get_upem(source));
    face.ascender = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
    face.descender = -metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
    face.cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT);
    const unsigned count = hb_face_get_glyph_count(source);
    face.advance_of.reserve(count);
    for (unsigned glyph = 0; glyph < count; ++glyph) {
        const hb_position_t advance = hb_font_get_glyph_h_advance(font, glyph);
        face.advance_of.push_back(static_cast<std::uint16_t>(std::max(advance, 0)));
    }
}

// The bounding box of all glyphs stands in table `head`, four signed 16-bit numbers from byte 36.
void read_box(hb_face_t* source, FontBook::Face& face) {
    const HbBlob head(hb_face_reference_table(source, HB_TAG('h', 'e', 'a', 'd')));
    unsigned length = 0;
    const auto* data = static_cast<const unsigned char*>(
        static_cast<const void*>(hb_blob_get_data(head.get(), &length)));
    if (length < 44) return;
    const auto number = [data](unsigned at) {
        return static_cast<int>(static_cast<std::int16_t>(data[at] << 8 | data[at + 1]));
    };
    face.box_left = number(36);
    face.box_bottom = number(38);
    face.box_right = number(40);
    face.box_top = number(42);
}

std::string postscript_name(hb_face_t* source) {
    char name[64];
    unsigned size = sizeof name;
    hb_ot_name_get_utf8(source, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
    std::string result(name, size);
    // It becomes a PDF name object, where only these need no escape.
    std::erase_if(result, [](unsigned char c) { return !std::isalnum(c) && c != '-'; });
    return result.empty() ? "Font" : result;
}

bool has_table(hb_face_t* source, hb_tag_t tag) {
    const HbBlob table(hb_face_reference_table(source, tag));
    return hb_blob_get_length(table.get()) > 0;
}

}  // namespace

Result<FontBook::Face> load_face(const std::string& path) {
    const HbBlob blob(hb_blob_create_from_file_or_fail(path.c_str()));
    if (!blob) {
        return Error{ErrorCode::NotFound, "no font file here", path,
                     "build the target verso_fonts, or reinstall Verso"};
    }
    const HbFace source(hb_face_create(blob.get(), 0));
    const HbFont font(hb_font_create(source.get()));
    FontBook::Face face;
    unsigned length = 0;
    const char* data = hb_blob_get_data(blob.get(), &length);
    face.bytes.assign(data, length);
    const unsigned count = hb_face_get_glyph_count(source.get());
    const Error invalid{ErrorCode::FormatInvalid, "not a TrueType font that can be embedded", path,
                        "use the fonts that the build prepares (target verso_fonts)"};
    if (count < 2 || count > 0xFFFF || !has_table(source.get(), HB_TAG('g', 'l', 'y', 'f'))) {
        return invalid;
    }
    read_characters(source.get(), font.get(), face);
    read_metrics(source.get(), font.get(), face);
    read_box(source.get(), face);
    face.postscript_name = postscript_name(source.get());
    if (face.glyph(U'H') == 0) return invalid;
    return face;
}

}  // namespace verso::generator
