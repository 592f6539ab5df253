// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/image_loader.h"

#include <gmock/gmock.h>

#include "tests/scanner/image/test_files.h"

namespace verso::scanner::test {
namespace {

using ::testing::HasSubstr;

struct FileCase {
    const char* name;
    double dpi = 300;
    bool bilevel = false;
};

class OnePicture : public ::testing::TestWithParam<FileCase> {};

TEST_P(OnePicture, LooksTheSameInEveryFormat) {
    int pages = 0;
    const auto loaded = load_pages(
        data_path(GetParam().name), LoadLimits{}, [&](int page, Result<GrayImage> image) {
            ++pages;
            EXPECT_EQ(page, 1);
            EXPECT_TRUE(image.has_value()) << image.error().text();
            if (!image) return true;
            EXPECT_EQ(picture_fault(*image, GetParam().bilevel), "");
            EXPECT_EQ(image->width, 120);
            EXPECT_EQ(image->height, std::string(GetParam().name) == "fax.tif" ? 83 : 80);
            EXPECT_NEAR(image->dpi, GetParam().dpi, 0.5);
            return true;
        });
    ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
    EXPECT_EQ(*loaded, 1);
    EXPECT_EQ(pages, 1);
}

INSTANTIATE_TEST_SUITE_P(
    Files, OnePicture,
    ::testing::Values(FileCase{"base.png"}, FileCase{"rgb.png"}, FileCase{"rgb16.png"},
                      FileCase{"gray16.png"}, FileCase{"palette.png"}, FileCase{"interlaced.png"},
                      FileCase{"alpha.png"}, FileCase{"gray.jpg"}, FileCase{"color420.jpg"},
                      FileCase{"progressive.jpg"}, FileCase{"cmyk.jpg"}, FileCase{"gray_lzw.tif"},
                      FileCase{"gray_deflate.tif"}, FileCase{"gray_packbits.tif"},
                      FileCase{"gray16.tif"}, FileCase{"rgb.tif"}, FileCase{"rgb_jpeg.tif"},
                      FileCase{"palette.tif"}, FileCase{"rgb_tiled.tif"},
                      FileCase{"gray_tiled.tif"}, FileCase{"cmyk.tif"}, FileCase{"alpha.tif"},
                      FileCase{"bigendian.tif"}, FileCase{"g4.tif", 300, true},
                      FileCase{"g3.tif", 300, true}, FileCase{"minisblack.tif", 300, true},
                      FileCase{"fax.tif", 204, true}, FileCase{"planar.tif"},
                      FileCase{"bigtiff.tif"}, FileCase{"rgb16.tif"}, FileCase{"base.webp", 0},
                      FileCase{"lossy.webp", 0}, FileCase{"alpha.webp", 0},
                      FileCase{"turned.webp", 0}, FileCase{"base.heic", 0},
                      FileCase{"turned.heic", 0}, FileCase{"base.avif", 0}),
    [](const auto& file) {
        std::string name = file.param.name;
        for (char& c : name) c = c == '.' ? '_' : c;
        return name;
    });

TEST(ImageLoader, GivesEveryPageOfATiff) {
    const Pages pages = load_all(read_bytes("multipage.tif"));
    ASSERT_EQ(pages.size(), 3u);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        ASSERT_TRUE(pages[i].has_value()) << pages[i].error().text();
        EXPECT_EQ(picture_fault(*pages[i], i == 0), "");
    }
}

TEST(ImageLoader, StopsWhenTheSinkSaysSo) {
    int calls = 0;
    const auto count = load_pages(read_bytes("multipage.tif"), "m.tif", LoadLimits{},
                                  [&](int, const Result<GrayImage>&) { return ++calls < 2; });
    ASSERT_TRUE(count.has_value());
    EXPECT_EQ(*count, 2);
    EXPECT_EQ(calls, 2);
}

TEST(ImageLoader, LeavesOutThePagesThatAreNotWanted) {
    std::vector<int> asked, given;
    PageHooks hooks;
    hooks.wanted = [&](int page) {
        asked.push_back(page);
        return page != 2;
    };
    const auto sink = [&](int page, const Result<GrayImage>&) {
        given.push_back(page);
        return true;
    };
    const auto count = load_pages(read_bytes("multipage.tif"), "m.tif", LoadLimits{}, sink, hooks);
    ASSERT_TRUE(count.has_value());
    EXPECT_EQ(*count, 3);
    EXPECT_EQ(asked, (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(given, (std::vector<int>{1, 3}));
    hooks.wanted = [](int) { return false; };
    given.clear();
    ASSERT_TRUE(load_pages(read_bytes("gray.jpg"), "g.jpg", LoadLimits{}, sink, hooks).has_value());
    EXPECT_TRUE(given.empty());
}

TEST(ImageLoader, GoesByBytesAndNotByName) {
    const auto image = load_one(read_bytes("gray.jpg"), "letter.pdf");
    ASSERT_TRUE(image.has_value()) << image.error().text();
    EXPECT_EQ(picture_fault(*image), "");
}

TEST(ImageLoader, SaysWhatAStrangeFileSeemsToBe) {
    const auto fault = [](std::string_view bytes) { return load_one(bytes, "x").error(); };
    EXPECT_EQ(fault("").code, ErrorCode::FormatInvalid);
    EXPECT_THAT(fault("").text(), HasSubstr("empty"));
    EXPECT_THAT(fault("hello").text(), HasSubstr("no JPEG, PNG, TIFF, PDF, WebP"));
    EXPECT_THAT(fault(std::string("\0\0\0\x18"
                                  "ftypmp42",
                                  12))
                    .text(),
                HasSubstr("video"));
    EXPECT_THAT(fault("<html>").text(), HasSubstr("HTML"));
    EXPECT_THAT(fault("PK\x03\x04").text(), HasSubstr("ZIP"));
}

TEST(ImageLoader, NamesFilesThatCannotBeRead) {
    const auto fault = [](const std::string& path) {
        return load_pages(path, LoadLimits{}, [](int, const Result<GrayImage>&) { return true; })
            .error();
    };
    EXPECT_EQ(fault(data_path("none.png")).code, ErrorCode::NotFound);
    EXPECT_THAT(fault(data_path("none.png")).text(), HasSubstr("none.png"));
    EXPECT_EQ(fault(data_path("")).code, ErrorCode::FileUnreadable);
    EXPECT_EQ(fault("/dev/zero").code, ErrorCode::FileUnreadable);
}

TEST(ImageLoader, HoldsEveryFormatToTheLimits) {
    for (const char* name : {"base.png", "gray.jpg", "cmyk.jpg", "gray_lzw.tif", "rgb.tif",
                             "gray_tiled.tif", "lossy.webp", "base.heic", "base.avif"}) {
        LoadLimits pixels, side, bytes;
        pixels.page_pixels = 120 * 80 - 1;
        side.side_pixels = 119;
        bytes.file_bytes = 20;
        for (const LoadLimits& limits : {pixels, side, bytes}) {
            const auto image = load_one(read_bytes(name), name, limits);
            ASSERT_FALSE(image.has_value()) << name;
            EXPECT_EQ(image.error().code, ErrorCode::LimitExceeded) << image.error().text();
            EXPECT_NE(image.error().cure, "");
        }
    }
}

TEST(ImageLoader, GivesTheFirstPagesOfAFileWithTooMany) {
    LoadLimits limits;
    limits.pages = 2;
    const Pages pages = load_all(read_bytes("multipage.tif"), "m.tif", limits);
    ASSERT_EQ(pages.size(), 3u);
    EXPECT_TRUE(pages[1].has_value());
    ASSERT_FALSE(pages[2].has_value());
    EXPECT_EQ(pages[2].error().code, ErrorCode::LimitExceeded);
    EXPECT_THAT(pages[2].error().text(), HasSubstr("m.tif, page 3"));
}

}  // namespace
}  // namespace verso::scanner::test
