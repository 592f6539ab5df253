// SPDX-License-Identifier: Apache-2.0
// Each good file is cut and has bits flipped, by seeds; whatever comes out, it comes out cleanly
// (the sanitizers of the dev preset watch).
#include <gtest/gtest.h>

#include <random>

#include "tests/scanner/image/test_files.h"

namespace verso::scanner::test {
namespace {

class DamagedFile : public ::testing::TestWithParam<const char*> {};

void expect_clean_end(const std::string& bytes) {
    LoadLimits limits;
    limits.page_pixels = 1'000'000;
    for (const auto& page : load_all(bytes, "damaged", limits)) {
        if (page) {
            EXPECT_EQ(page->pixels.size(), std::size_t(page->width) * std::size_t(page->height));
        } else {
            EXPECT_NE(page.error().message, "");
            EXPECT_NE(page.error().cure, "");
        }
    }
}

TEST_P(DamagedFile, CutAnywhere) {
    const std::string whole = read_bytes(GetParam());
    ASSERT_FALSE(whole.empty());
    for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 60) {
        expect_clean_end(whole.substr(0, size));
    }
}

TEST_P(DamagedFile, WithFlippedBits) {
    const std::string whole = read_bytes(GetParam());
    for (unsigned seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        std::string bytes = whole;
        for (unsigned flips = 1 + seed % 4; flips > 0; --flips) {
            bytes[random() % bytes.size()] ^= static_cast<char>(1 << random() % 8);
        }
        expect_clean_end(bytes);
    }
}

INSTANTIATE_TEST_SUITE_P(Files, DamagedFile,
                         ::testing::Values("palette.png", "interlaced.png", "gray.jpg",
                                           "progressive.jpg", "cmyk.jpg", "multipage.tif",
                                           "rgb_jpeg.tif", "gray_tiled.tif", "g3.tif", "g4.tif",
                                           "cairo.pdf", "owner_only.pdf", "lossy.webp",
                                           "alpha.webp", "turned.webp", "base.heic", "base.avif"));

}  // namespace
}  // namespace verso::scanner::test
