// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "scanner/image/fax_tiff.h"
#include "tests/scanner/image/test_files.h"

namespace verso::scanner::test {
namespace {

using ::testing::HasSubstr;

TEST(LoaderTiff, ReadsBothPolarities) {
    auto entries = gray_entries(120, 80);
    const std::string samples = picture_samples(1);
    const auto black = load_one(make_tiff(entries, samples));
    ASSERT_TRUE(black.has_value()) << black.error().text();
    EXPECT_EQ(picture_fault(*black), "");

    std::string inverted = samples;
    for (char& c : inverted) c = static_cast<char>(255 - static_cast<unsigned char>(c));
    entries[4].value = 0;
    const auto white = load_one(make_tiff(entries, inverted));
    ASSERT_TRUE(white.has_value()) << white.error().text();
    EXPECT_EQ(picture_fault(*white), "");
}

TEST(LoaderTiff, TurnsByTheOrientationTag) {
    for (std::uint32_t orientation = 1; orientation <= 8; ++orientation) {
        auto entries = gray_entries(120, 80);
        entries.push_back({274, 3, orientation});
        const auto image = load_one(make_tiff(entries, picture_samples(1)));
        ASSERT_TRUE(image.has_value()) << image.error().text();
        EXPECT_EQ(image->width, orientation < 5 ? 120 : 80);
        EXPECT_EQ(picture_fault(*image) == "", orientation == 1) << orientation;
    }
}

TEST(LoaderTiff, MakesFaxPixelsSquare) {
    auto entries = gray_entries(120, 80);
    entries.push_back({282, 5, 204});
    entries.push_back({283, 5, 98});
    const auto image = load_one(make_tiff(entries, picture_samples(1)));
    ASSERT_TRUE(image.has_value());
    EXPECT_EQ(image->width, 120);
    EXPECT_EQ(image->height, 166);
    EXPECT_EQ(image->dpi, 204);
    EXPECT_EQ(picture_fault(*image), "");
}

TEST(LoaderTiff, RefusesBombsByTheirHeader) {
    const auto fault = [](std::vector<TiffEntry> entries) {
        const auto image = load_one(make_tiff(std::move(entries), "x"), "bomb.tif");
        EXPECT_FALSE(image.has_value());
        return image ? Error{} : image.error();
    };
    EXPECT_EQ(fault(gray_entries(100'000, 100'000)).code, ErrorCode::LimitExceeded);
    auto tiles = gray_entries(10, 10);
    tiles.push_back({322, 4, 1u << 20});
    tiles.push_back({323, 4, 1u << 20});
    tiles.push_back({324, 4, 8});
    tiles.push_back({325, 4, 1});
    EXPECT_NE(fault(tiles).cure, "");
    auto samples = gray_entries(20'000, 6'000);
    samples[5].value = 60'000;
    EXPECT_THAT(fault(samples).text(), HasSubstr("60000 samples"));
    auto compression = gray_entries(10, 10);
    compression[3].value = 34925;  // LZMA
    EXPECT_THAT(fault(compression).text(), HasSubstr("compression 34925"));
}

TEST(LoaderTiff, RefusesAStripThatIsCutShort) {
    const std::string samples = picture_samples(1);
    const auto image = load_one(
        make_tiff(gray_entries(120, 80), samples.substr(0, samples.size() / 2)), "cut.tif");
    ASSERT_FALSE(image.has_value());
    EXPECT_THAT(image.error().text(), HasSubstr("cut.tif, page 1"));
}

TEST(LoaderTiff, KeepsTheGoodPagesOfADamagedFile) {
    std::string bytes = read_bytes("multipage.tif");
    // Page 3 is the last written; its pixels are overwritten from the file's last third on.
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() * 3 / 4), bytes.end(),
              '\x55');
    const Pages pages = load_all(bytes, "m.tif");
    ASSERT_GE(pages.size(), 2u);
    EXPECT_TRUE(pages[0].has_value());
    EXPECT_FALSE(pages.back().has_value());
}

TEST(FaxTiff, RefusesDamagedFaxData) {
    const auto image =
        decode_fax_data("\x01\x02\x03\xFF", {-1, 120, 80, false}, "fax, page 1", LoadLimits{});
    ASSERT_FALSE(image.has_value());
    EXPECT_THAT(image.error().text(), HasSubstr("fax, page 1"));
}

}  // namespace
}  // namespace verso::scanner::test
