// SPDX-License-Identifier: Apache-2.0
#include "generator/fonts/font_book.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "generator/fonts/face.h"

namespace verso::generator {
namespace {

const std::string kFolder = VERSO_BINARY_DIR "/share/verso/fonts";

std::shared_ptr<const FontBook> book() {
    static const auto loaded = FontBook::load(kFolder);
    return loaded.value();
}

TEST(FontBook, MeasuresByTheFontsOwnAdvances) {
    // Noto Sans: H 741, i 258 and space 260 of 1000 units; Bold is wider.
    const auto fonts = book();
    EXPECT_NEAR(to_pt(fonts->measure(FontFace::Regular, 10_pt, "Hi H")).value, 20.00, 0.001);
    EXPECT_GT(fonts->measure(FontFace::Bold, 10_pt, "Hi H"),
              fonts->measure(FontFace::Regular, 10_pt, "Hi H"));
    EXPECT_EQ(fonts->measure(FontFace::Regular, 10_pt, ""), Mm{0});
}

TEST(FontBook, WidthGrowsWithSizeAndAddsUp) {
    const auto fonts = book();
    const Mm once = fonts->measure(FontFace::Bold, 9_pt, "Müller");
    EXPECT_NEAR(fonts->measure(FontFace::Bold, 18_pt, "Müller").value, 2 * once.value, 1e-9);
    EXPECT_NEAR(fonts->measure(FontFace::Bold, 9_pt, "MüllerMüller").value, 2 * once.value, 1e-9);
}

TEST(FontBook, UncoveredAndBrokenBytesCountAsNothing) {
    const auto fonts = book();
    const Mm plain = fonts->measure(FontFace::Regular, 10_pt, "ab");
    EXPECT_EQ(fonts->measure(FontFace::Regular, 10_pt, "a漢b"), plain);
    EXPECT_EQ(fonts->measure(FontFace::Regular, 10_pt,
                             "a\xC3"
                             "b"),
              plain);
    EXPECT_EQ(fonts->measure(FontFace::Regular, 10_pt, "a🙂b"), plain);
}

TEST(FontBook, NamesTheFirstCharacterThatItCannotPrint) {
    const auto fonts = book();
    EXPECT_EQ(
        fonts->first_uncovered(FontFace::Regular, "Tomáš Nováš Ấ ї Łódź Ελλάδα Ș ₤ € „“’– № ½"),
        std::nullopt);
    EXPECT_EQ(fonts->first_uncovered(FontFace::Bold, "Nguyễn Thị Ánh, Київ, İstanbul, ŵ ẞ"),
              std::nullopt);
    EXPECT_EQ(fonts->first_uncovered(FontFace::Regular, "ok 漢 字"), "漢");
    EXPECT_EQ(fonts->first_uncovered(FontFace::Regular, "ok 🙂"), "🙂");
    EXPECT_EQ(fonts->first_uncovered(FontFace::Regular, "a\xFFz"), "\xFF");
    EXPECT_EQ(fonts->first_uncovered(FontFace::Regular, "a\nb"), "\n");
    EXPECT_EQ(fonts->first_uncovered(FontFace::Regular, "e\u0301"), "\u0301");
}

TEST(FontBook, HeightsAreThoseOfNotoSans) {
    const auto fonts = book();
    EXPECT_NEAR(to_pt(fonts->cap_height(FontFace::Regular, 10_pt)).value, 7.14, 0.001);
    EXPECT_NEAR(to_pt(fonts->ascender(FontFace::Regular, 10_pt)).value, 10.69, 0.001);
    EXPECT_NEAR(to_pt(fonts->descender(FontFace::Bold, 10_pt)).value, 2.93, 0.001);
}

TEST(FontBook, BothFacesCoverTheSame) {
    const auto fonts = book();
    const auto& regular = fonts->face(FontFace::Regular);
    const auto& bold = fonts->face(FontFace::Bold);
    for (char32_t character = 0; character < 0x10000; ++character) {
        ASSERT_EQ(regular.glyph(character) == 0, bold.glyph(character) == 0)
            << static_cast<unsigned>(character);
    }
}

TEST(FontBook, SaysWhichFileIsMissing) {
    const auto loaded = FontBook::load("/nonexistent");
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, ErrorCode::NotFound);
    EXPECT_EQ(loaded.error().where, "/nonexistent/regular.ttf");
}

TEST(FontBook, RefusesAFileThatIsNoFont) {
    const std::string folder = testing::TempDir() + "/verso_no_font";
    ASSERT_EQ(std::system(("mkdir -p '" + folder + "'").c_str()), 0);
    std::ofstream(folder + "/regular.ttf") << "this is no font";
    const auto loaded = FontBook::load(folder);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, ErrorCode::FormatInvalid);
}

}  // namespace
}  // namespace verso::generator
