// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/face_subset.h"

#include <fmt/format.h>
#include <hb-subset.h>

#include <iterator>
#include <mutex>

#include "generator/fonts/hb_handle.h"
#include "generator/fonts/subset_shelf.h"
#include "generator/pdf/deflate.h"

namespace verso::generator {
namespace {

using HbBlob = HbHandle<hb_blob_t, hb_blob_destroy>;
using HbFace = HbHandle<hb_face_t, hb_face_destroy>;
using HbInput = HbHandle<hb_subset_input_t, hb_subset_input_destroy>;

// A font file is cut and deflated once in a process, so it may take its time.
constexpr int kFontDeflateLevel = 12;

bool is_member(const FontBook::Face& face, std::size_t glyph, GroupMask groups) {
    return (face.group_of[glyph] & groups) != 0;
}

std::string font_file(const FontBook::Face& face, GroupMask groups) {
    const HbBlob blob(hb_blob_create(face.bytes.data(), static_cast<unsigned>(face.bytes.size()),
                                     HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    const HbFace source(hb_face_create(blob.get(), 0));
    const HbInput input(hb_subset_input_create_or_fail());
    if (!input) return {};
    // Documents name glyphs by their number, which must not change.
    hb_subset_input_set_flags(input.get(),
                              HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (const char* tag : {"cmap", "name", "OS/2", "post", "GDEF", "GSUB", "GPOS"}) {
        hb_set_add(dropped, hb_tag_from_string(tag, 4));
    }
    hb_set_t* glyphs = hb_subset_input_glyph_set(input.get());
    for (std::size_t glyph = 0; glyph < face.group_of.size(); ++glyph) {
        if (is_member(face, glyph, groups)) hb_set_add(glyphs, static_cast<unsigned>(glyph));
    }
    const HbFace subset(hb_subset_or_fail(source.get(), input.get()));
    if (!subset) return {};
    const HbBlob result(hb_face_reference_blob(subset.get()));
    unsigned length = 0;
    const char* data = hb_blob_get_data(result.get(), &length);
    return {data, length};
}

std::string widths(const FontBook::Face& face, GroupMask groups) {
    std::string text = "[";
    const auto out = std::back_inserter(text);
    bool in_run = false;
    for (std::size_t glyph = 0; glyph < face.group_of.size(); ++glyph) {
        if (!is_member(face, glyph, groups)) {
            if (in_run) text += ']';
            in_run = false;
            continue;
        }
        const int width =
            (face.advance_of[glyph] * 1000 + face.units_per_em / 2) / face.units_per_em;
        if (in_run) {
            fmt::format_to(out, " {}", width);
        } else {
            fmt::format_to(out, "{}[{}", glyph, width);
        }
        in_run = true;
    }
    return text + (in_run ? "]]" : "]");
}

std::string to_unicode(const FontBook::Face& face, GroupMask groups) {
    std::string text =
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
    std::string block;
    int entries = 0;
    const auto flush = [&] {
        if (entries != 0) text += fmt::format("{} beginbfchar\n{}endbfchar\n", entries, block);
        block.clear();
        entries = 0;
    };
    for (std::size_t glyph = 0; glyph < face.group_of.size(); ++glyph) {
        if (!is_member(face, glyph, groups)) continue;
        block += fmt::format("<{:04X}> <{:04X}>\n", glyph, unsigned{face.character_of[glyph]});
        if (++entries == 100) flush();  // the format allows no more in one block
    }
    flush();
    return text + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

// Six capitals, which the format asks for in the name of a subset.
std::string tag(GroupMask groups) {
    std::string letters = "VERS";
    letters += static_cast<char>('A' + groups / 16);
    letters += static_cast<char>('A' + groups % 16);
    return letters;
}

}  // namespace

Result<std::shared_ptr<const FaceSubset>> subset_of(const FontBook::Face& face, GroupMask groups) {
    const std::lock_guard lock(face.shelf->mutex);
    std::shared_ptr<const FaceSubset>& place = face.shelf->subsets[groups];
    if (place) return place;
    const std::string file = font_file(face, groups);
    if (file.empty()) {
        return Error{ErrorCode::Internal, "the font cannot be cut for embedding",
                     face.postscript_name, ""};
    }
    place = std::make_shared<const FaceSubset>(FaceSubset{
        tag(groups) + "+" + face.postscript_name, deflate(file, kFontDeflateLevel), file.size(),
        widths(face, groups), deflate(to_unicode(face, groups), kFontDeflateLevel)});
    return place;
}

}  // namespace verso::generator
