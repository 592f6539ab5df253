// SPDX-License-Identifier: Apache-2.0
// Every character of the repertoire must come out of the PDF as it stands in Debian's font: the
// same outline (libharu's own subset lost accents without a word), and the same text.
#include "generator/fonts/repertoire.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <hb-ot.h>
#include <libdeflate.h>

#include <cmath>
#include <map>

#include "generator/fonts/face.h"
#include "generator/pdf/face_subset.h"
#include "generator/pdf/pdf_writer.h"
#include "tests/generator/engine/rendering.h"
#include "tests/generator/engine/tool.h"

namespace verso::generator {
namespace {

constexpr GroupMask kEveryGroup = 255;

std::shared_ptr<const FontBook> fonts() {
    static const auto loaded = FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts");
    return loaded.value();
}

std::string source_path(FontFace face) {
    return VERSO_NOTO_FOLDER "/NotoSans-" +
           std::string(face == FontFace::Bold ? "Bold" : "Regular") + ".ttf";
}

// The outline of glyphs of one font file as text, by HarfBuzz.
class Outlines {
  public:
    explicit Outlines(const std::string& file)
        : blob_(hb_blob_create(file.data(), static_cast<unsigned>(file.size()),
                               HB_MEMORY_MODE_DUPLICATE, nullptr, nullptr)),
          face_(hb_face_create(blob_, 0)),
          font_(hb_font_create(face_)),
          draw_(hb_draw_funcs_create()) {
        hb_draw_funcs_set_move_to_func(draw_, &Outlines::point<'m'>, nullptr, nullptr);
        hb_draw_funcs_set_line_to_func(draw_, &Outlines::point<'l'>, nullptr, nullptr);
        hb_draw_funcs_set_quadratic_to_func(draw_, &Outlines::curve, nullptr, nullptr);
    }
    ~Outlines() {
        hb_draw_funcs_destroy(draw_);
        hb_font_destroy(font_);
        hb_face_destroy(face_);
        hb_blob_destroy(blob_);
    }
    Outlines(const Outlines&) = delete;
    Outlines& operator=(const Outlines&) = delete;

    std::string of_glyph(unsigned glyph) const {
        std::string outline;
        hb_font_get_glyph_shape(font_, glyph, draw_, &outline);
        return outline;
    }
    std::string of_character(char32_t character) const {
        unsigned glyph = 0;
        return hb_font_get_nominal_glyph(font_, character, &glyph) != 0 ? of_glyph(glyph) : "none";
    }
    int advance(char32_t character) const {
        unsigned glyph = 0;
        hb_font_get_nominal_glyph(font_, character, &glyph);
        return hb_font_get_glyph_h_advance(font_, glyph);
    }

  private:
    template <char kind>
    static void point(hb_draw_funcs_t*, void* text, hb_draw_state_t*, float x, float y, void*) {
        *static_cast<std::string*>(text) += fmt::format("{}{},{} ", kind, x, y);
    }
    static void curve(hb_draw_funcs_t*, void* text, hb_draw_state_t*, float ax, float ay, float x,
                      float y, void*) {
        *static_cast<std::string*>(text) += fmt::format("q{},{},{},{} ", ax, ay, x, y);
    }

    hb_blob_t* blob_;
    hb_face_t* face_;
    hb_font_t* font_;
    hb_draw_funcs_t* draw_;
};

std::string inflated(const FaceSubset& subset) {
    std::string file(subset.file_length, '\0');
    libdeflate_decompressor* inflate = libdeflate_alloc_decompressor();
    EXPECT_EQ(libdeflate_zlib_decompress(inflate, subset.file.data(), subset.file.size(),
                                         file.data(), file.size(), nullptr),
              LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(inflate);
    return file;
}

std::vector<char32_t> covered(const FontBook::Face& face) {
    std::vector<char32_t> characters;
    for (const CharacterRange& range : kRepertoire) {
        for (char32_t c = range.first; c <= range.last; ++c) {
            if (face.glyph(c) != 0) characters.push_back(c);
        }
    }
    return characters;
}

std::string utf8(char32_t c) {
    std::string text;
    if (c < 0x80) return {static_cast<char>(c)};
    if (c < 0x800) {
        text += static_cast<char>(0xC0 | c >> 6);
    } else {
        text += static_cast<char>(0xE0 | c >> 12);
        text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    }
    return text + static_cast<char>(0x80 | (c & 0x3F));
}

class Repertoire : public testing::TestWithParam<FontFace> {
  protected:
    const FontBook::Face& face_ = fonts()->face(GetParam());
};
INSTANTIATE_TEST_SUITE_P(Faces, Repertoire, testing::Values(FontFace::Regular, FontFace::Bold),
                         [](const auto& face) {
                             return face.param == FontFace::Bold ? "Bold" : "Regular";
                         });

TEST_P(Repertoire, CoversWhatEuropeanShopsWrite) {
    EXPECT_GT(covered(face_).size(), 1700u);
    for (const char32_t c :
         U"ÀÿŁőŞșĦŋǍȚẀẞỳẠỹΆώЀѣҐґӘ‚„“”‘’‹›«»–—…•†‰€₴₺"
         U"₽"
         U"№"
         U"™"
         U"½"
         U"⅔"
         U"⅛"
         U"ﬁ") {
        if (c == 0) continue;
        EXPECT_NE(face_.glyph(c), 0) << utf8(c);
    }
}

TEST_P(Repertoire, EveryEmbeddedOutlineIsTheFontsOwn) {
    const Outlines source(read_file(source_path(GetParam())));
    const Outlines embedded(inflated(**subset_of(face_, kEveryGroup)));
    for (const char32_t c : covered(face_)) {
        ASSERT_EQ(embedded.of_glyph(face_.glyph(c)), source.of_character(c)) << utf8(c);
        ASSERT_EQ(face_.advance_of[face_.glyph(c)], source.advance(c)) << utf8(c);
    }
}

TEST_P(Repertoire, EverySingleGroupIsEnoughForItsCharacters) {
    const Outlines source(read_file(source_path(GetParam())));
    std::map<GroupMask, std::unique_ptr<Outlines>> embedded;
    for (const char32_t c : covered(face_)) {
        const GroupMask group = face_.group_of[face_.glyph(c)];
        auto& outlines = embedded[group];
        if (!outlines) outlines = std::make_unique<Outlines>(inflated(**subset_of(face_, group)));
        ASSERT_EQ(outlines->of_glyph(face_.glyph(c)), source.of_character(c)) << utf8(c);
    }
    EXPECT_EQ(embedded.size(), 8u);
}

TEST_P(Repertoire, EveryCharacterComesBackAsText) {
    DrawList page{{500_mm, 900_mm}, {}};
    std::string expected;
    int line = 0;
    for (const char32_t c : covered(face_)) {
        // Spaces are a matter of layout; of characters that share a glyph only the first can come
        // back.
        const bool space =
            c == 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F;
        if (space || face_.character_of[face_.glyph(c)] != c) continue;
        const std::string text = "<" + utf8(c) + ">";
        expected += text;
        page.marks.push_back(TextMark{{Mm{10.0 + 20 * (line % 20)}, Mm{5.0 + 5 * (line / 20)}},
                                      8_pt,
                                      GetParam(),
                                      kBlack,
                                      0,
                                      text,
                                      Pt{0}});
        ++line;
    }
    PdfWriter writer(fonts(), {});
    ASSERT_TRUE(writer.add_page(page));
    const ScratchFile file("all.pdf", writer.finish().value());
    const ToolRun run = run_tool("pdftotext -raw " + file.path() + " -");
    EXPECT_EQ(run.err, "");
    std::string got = run.out;
    std::erase_if(got, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
    EXPECT_EQ(got, expected);
}

// How much of the ink of one image is further than two pixels from any ink of the other.
double share_of_stray_ink(const Rendering& one, const Rendering& other) {
    const Box<int> a = one.ink_box();
    const Box<int> b = other.ink_box();
    int ink = 0, stray = 0;
    for (int y = 0; y < a.h; ++y) {
        for (int x = 0; x < a.w; ++x) {
            if (one.at(a.x + x, a.y + y) >= 128) continue;
            ++ink;
            bool near = false;
            for (int dy = -2; dy <= 2 && !near; ++dy) {
                for (int dx = -2; dx <= 2 && !near; ++dx) {
                    const int px = b.x + x + dx;
                    const int py = b.y + y + dy;
                    if (px < 0 || py < 0 || px >= other.width || py >= other.height) continue;
                    near = other.at(px, py) < 128;
                }
            }
            if (!near) ++stray;
        }
    }
    return ink == 0 ? 1 : static_cast<double>(stray) / ink;
}

Rendering printed(const std::string& text, FontFace face) {
    PdfWriter writer(fonts(), {});
    const DrawList page{{120_mm, 120_mm},
                        {TextMark{{20_mm, 90_mm}, 150_pt, face, kBlack, 0, text, Pt{0}}}};
    EXPECT_TRUE(writer.add_page(page).has_value());
    return render(writer.finish().value(), 72);
}

// The same by ImageMagick with Debian's font: neither our file nor our embedding takes part.
Rendering reference(const std::string& text, FontFace face) {
    const ToolRun run = run_tool(
        "convert -background white -fill black -density 72 -pointsize 150 -font " +
        source_path(face) + " label:'" + text + "' -bordercolor white -border 10 -depth 8 pgm:-");
    EXPECT_EQ(run.err, "");
    return parse_pgm(run.out);
}

TEST_P(Repertoire, LooksAsAnotherRendererDrawsDebiansFont) {
    for (const std::string& text :
         std::vector<std::string>{"á", "š", "Ấ", "ї", "ŉ", "ǻ", "ệ", "Ώ", "Ș", "ĳ"}) {
        const Rendering ours = printed(text, GetParam());
        const Rendering theirs = reference(text, GetParam());
        EXPECT_NEAR(ours.ink_box().w, theirs.ink_box().w, 3) << text;
        EXPECT_NEAR(ours.ink_box().h, theirs.ink_box().h, 3) << text;
        EXPECT_LT(share_of_stray_ink(ours, theirs), 0.01) << text;
        EXPECT_LT(share_of_stray_ink(theirs, ours), 0.01) << text;
    }
    // The measure sees a lost accent.
    EXPECT_GT(
        std::abs(printed("a", GetParam()).ink_box().h - reference("á", GetParam()).ink_box().h),
        10);
}

TEST(FaceSubset, IsMadeOnceForEachSetOfGroups) {
    const auto& face = fonts()->face(FontFace::Regular);
    EXPECT_EQ(*subset_of(face, kBaseGroup), *subset_of(face, kBaseGroup));
    EXPECT_NE(subset_of(face, kBaseGroup).value()->name, subset_of(face, 3).value()->name);
    EXPECT_LT(subset_of(face, kBaseGroup).value()->file.size(), 20'000u);
}

}  // namespace
}  // namespace verso::generator
