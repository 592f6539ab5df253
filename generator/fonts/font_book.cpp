// SPDX-License-Identifier: Apache-2.0
#include "generator/fonts/font_book.h"

#include "generator/fonts/face.h"
#include "generator/fonts/face_loader.h"
#include "generator/fonts/utf8.h"

namespace verso::generator {
namespace {

Mm to_length(const FontBook::Face& face, Pt size, double units) {
    return to_mm(size * (units / face.units_per_em));
}

}  // namespace

FontBook::FontBook() = default;
FontBook::~FontBook() = default;

Result<std::shared_ptr<const FontBook>> FontBook::load(const std::string& folder) {
    auto regular = load_face(folder + "/regular.ttf");
    if (!regular) return regular.error();
    auto bold = load_face(folder + "/bold.ttf");
    if (!bold) return bold.error();
    std::shared_ptr<FontBook> book(new FontBook);
    book->regular_ = std::make_unique<Face>(std::move(*regular));
    book->bold_ = std::make_unique<Face>(std::move(*bold));
    book->bold_->bold = true;
    return std::shared_ptr<const FontBook>(std::move(book));
}

Mm FontBook::measure(FontFace which, Pt size, std::string_view text) const {
    const Face& font = face(which);
    std::uint64_t units = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Utf8Step step = utf8_step(text, at);
        at += step.length;
        const GlyphId glyph = step.valid ? font.glyph(step.character) : GlyphId{0};
        if (glyph != 0) units += font.advance_of[glyph];
    }
    return to_length(font, size, static_cast<double>(units));
}

std::optional<std::string> FontBook::first_uncovered(FontFace which, std::string_view text) const {
    const Face& font = face(which);
    for (std::size_t at = 0; at < text.size();) {
        const Utf8Step step = utf8_step(text, at);
        if (!step.valid || font.glyph(step.character) == 0) {
            return std::string(text.substr(at, step.length));
        }
        at += step.length;
    }
    return std::nullopt;
}

Mm FontBook::cap_height(FontFace which, Pt size) const {
    return to_length(face(which), size, face(which).cap_height);
}

Mm FontBook::ascender(FontFace which, Pt size) const {
    return to_length(face(which), size, face(which).ascender);
}

Mm FontBook::descender(FontFace which, Pt size) const {
    return to_length(face(which), size, face(which).descender);
}

const FontBook::Face& FontBook::face(FontFace which) const {
    return which == FontFace::Bold ? *bold_ : *regular_;
}

}  // namespace verso::generator
