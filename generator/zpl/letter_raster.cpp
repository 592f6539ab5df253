// SPDX-License-Identifier: Apache-2.0
#include "generator/zpl/letter_raster.h"

#include <fmt/format.h>
#include <freetype/freetype.h>

#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "generator/fonts/face.h"
#include "generator/fonts/utf8.h"

namespace verso::generator {

namespace {

/// One letter in dots; left and top from the pen to its first dot, top upwards.
struct Letter {
    DotBitmap dots;
    int left = 0, top = 0;
};

struct PlacedLetter {
    const Letter* letter;
    int x;
};

Error unprintable(const TextMark& mark, std::size_t at, std::size_t length) {
    return {ErrorCode::TextUnprintable,
            fmt::format("the fonts have no character \"{}\"", mark.text.substr(at, length)),
            fmt::format("text \"{}\"", mark.text), "write it in Latin, Greek or Cyrillic letters"};
}

Letter copy(const FT_GlyphSlotRec& slot) {
    const FT_Bitmap& from = slot.bitmap;
    Letter letter{{static_cast<int>(from.width), static_cast<int>(from.rows)},
                  slot.bitmap_left,
                  slot.bitmap_top};
    for (int y = 0; y < letter.dots.height(); ++y) {
        const unsigned char* row = from.buffer + std::ptrdiff_t(y) * from.pitch;
        for (int x = 0; x < letter.dots.width(); ++x) {
            if ((row[x >> 3] >> (7 - (x & 7)) & 1) != 0) letter.dots.set(x, y);
        }
    }
    return letter;
}

LetteredLine join(const std::vector<PlacedLetter>& letters) {
    int left = 0, right = 1, above = 0, below = 1;
    for (const auto& [letter, x] : letters) {
        left = std::min(left, x + letter->left);
        right = std::max(right, x + letter->left + letter->dots.width());
        above = std::max(above, letter->top);
        below = std::max(below, letter->dots.height() - letter->top);
    }
    LetteredLine line{{right - left, above + below}, -left, above};
    for (const auto& [letter, x] : letters) {
        for (int y = 0; y < letter->dots.height(); ++y) {
            for (int column = 0; column < letter->dots.width(); ++column) {
                if (!letter->dots.at(column, y)) continue;
                line.dots.set(x + letter->left + column - left, above - letter->top + y);
            }
        }
    }
    return line;
}

}  // namespace

/// FreeType's own state and the letters drawn so far.
class LetterRaster::Library {
  public:
    Library() {
        if (FT_Init_FreeType(&library_) != 0) library_ = nullptr;
    }
    ~Library() {
        if (library_ != nullptr) FT_Done_FreeType(library_);
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    /// The face at a size in 1/64 dots; null when FreeType refuses it.
    FT_Face face(const FontBook::Face& font, long size) {
        FT_Face& face = faces_.at(font.bold ? 1 : 0);
        if (library_ == nullptr) return nullptr;
        if (face == nullptr) {
            const auto* bytes =
                static_cast<const FT_Byte*>(static_cast<const void*>(font.bytes.data()));
            const auto length = static_cast<FT_Long>(font.bytes.size());
            if (FT_New_Memory_Face(library_, bytes, length, 0, &face) != 0) return face = nullptr;
        }
        // At 72 dpi a point is a dot.
        return FT_Set_Char_Size(face, 0, size, 72, 72) == 0 ? face : nullptr;
    }

    const Letter* letter(FT_Face face, bool bold, long size, GlyphId glyph) {
        const auto key = std::pair{std::pair{bold, size}, glyph};
        if (const auto it = letters_.find(key); it != letters_.end()) return &it->second;
        // The fonts bring no hints of their own; without any, stems of one letter would be two
        // dots and three.
        constexpr FT_Int32 kFlags = FT_LOAD_RENDER | FT_LOAD_TARGET_MONO | FT_LOAD_FORCE_AUTOHINT;
        if (FT_Load_Glyph(face, glyph, kFlags) != 0) return nullptr;
        return &letters_.emplace(key, copy(*face->glyph)).first->second;
    }

  private:
    FT_Library library_ = nullptr;
    std::array<FT_Face, 2> faces_{};  // freed with the library
    std::map<std::pair<std::pair<bool, long>, GlyphId>, Letter> letters_;
};

LetterRaster::LetterRaster(const FontBook& fonts, DotScale scale)
    : fonts_(fonts), scale_(scale), library_(std::make_unique<Library>()) {}
LetterRaster::~LetterRaster() = default;

Result<LetteredLine> LetterRaster::line(const TextMark& mark) {
    const FontBook::Face& font = fonts_.face(mark.face);
    const double em = to_mm(mark.size).value * scale_.per_mm;
    const double spacing = to_mm(mark.letter_spacing).value * scale_.per_mm;
    // Type of more than 1000 dots is no type, and its bitmap would be large.
    if (!(em > 0.5 && em < 1000) || !std::isfinite(spacing)) {
        return Error{ErrorCode::ValueInvalid, "type of this size cannot be drawn on a label",
                     fmt::format("text \"{}\"", mark.text), "choose 2 to 100 pt"};
    }
    const long size = std::lround(em * 64);
    const FT_Face face = library_->face(font, size);
    if (face == nullptr) {
        return Error{ErrorCode::Internal, "FreeType refuses the font", font.postscript_name, ""};
    }
    std::vector<PlacedLetter> letters;
    double pen = 0;
    for (std::size_t at = 0; at < mark.text.size();) {
        const Utf8Step step = utf8_step(mark.text, at);
        const GlyphId glyph = step.valid ? font.glyph(step.character) : GlyphId{0};
        if (glyph == 0) return unprintable(mark, at, step.length);
        const Letter* letter = library_->letter(face, font.bold, size, glyph);
        if (letter == nullptr) return unprintable(mark, at, step.length);
        letters.push_back({letter, DotScale::whole(pen)});
        pen += font.advance_of[glyph] * em / font.units_per_em + spacing;
        at += step.length;
    }
    return join(letters);
}

}  // namespace verso::generator
