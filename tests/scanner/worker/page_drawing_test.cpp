// SPDX-License-Identifier: Apache-2.0
// The pages hold JBIG2 and JPEG 2000, or more than one image; each shows the same picture.
#include "scanner/worker/page_drawing.h"

#include <gmock/gmock.h>
#include <poll.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/scanner/image/test_files.h"

namespace verso::scanner::test {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr const char* kFullPage = "q 120 0 0 80 0 0 cm /I0 Do Q";

/// The page of a file of these bytes, drawn, and loaded as a reader would.
Result<GrayImage> draw(const std::string& pdf, const LoadLimits& limits = {}) {
    const auto path =
        fs::path(::testing::TempDir()) / ("verso-drawing-" + std::to_string(getpid()) + ".pdf");
    std::ofstream(path, std::ios::binary) << pdf;
    const auto file = open_image(path.string(), limits.file_bytes);
    fs::remove(path);
    if (!file) return file.error();
    WorkerLimits worker;
    worker.load = limits;
    const auto drawing = PageDrawing::start(*file, 1, worker);
    if (!drawing) return drawing.error();
    pollfd ended{(*drawing)->fd(), POLLIN, 0};
    EXPECT_EQ(::poll(&ended, 1, 30'000), 1);
    const auto drawn = (*drawing)->finish();
    if (!drawn) return drawn.error();
    const auto bytes = bytes_of(drawn->file.get(), drawn->bytes);
    return bytes ? load_one(*bytes, "drawn", limits) : bytes.error();
}

std::string image_of(const std::string& entries, std::string_view data) {
    return pdf_stream("/Type/XObject/Subtype/Image/Width 120/Height 80" + entries, data);
}

std::string big_endian(std::uint32_t value) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) out += char(value >> shift & 0xFF);
    return out;
}

/// A JBIG2 segment for page 1 (ITU-T T.88, 7.2).
std::string segment(std::uint32_t number, char type, const std::string& data) {
    return big_endian(number) + type + '\0' + '\1' + big_endian(std::uint32_t(data.size())) + data;
}

/// The picture as one generic region in MMR, which is fax group 4.
std::string jbig2() {
    const std::string sides = big_endian(120) + big_endian(80);
    const std::string tiff = read_bytes("g4.tif");
    const std::string fax = strip_of_tiff(tiff);
    return segment(0, 48, sides + std::string(11, '\0')) +
           segment(1, 38, sides + std::string(9, '\0') + '\1' + fax);
}

TEST(PageDrawing, DrawsJbig2AndJpeg2000) {
    const auto fax = draw(make_page_pdf(
        kFullPage,
        {image_of("/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode", jbig2())}));
    ASSERT_TRUE(fax.has_value()) << fax.error().text();
    EXPECT_EQ(picture_fault(*fax, true), "");
    EXPECT_EQ(fax->width, 500);
    const auto gray =
        draw(make_page_pdf(kFullPage, {image_of("/Filter/JPXDecode", read_bytes("base.jp2"))}));
    ASSERT_TRUE(gray.has_value()) << gray.error().text();
    EXPECT_EQ(picture_fault(*gray), "");
}

TEST(PageDrawing, DrawsWhatLiesOverTheImage) {
    const auto image = image_of("/BitsPerComponent 8/ColorSpace/DeviceGray", picture_samples(1));
    const auto page = draw(make_page_pdf(std::string(kFullPage) + " 60 10 8 8 re f", {image}));
    ASSERT_TRUE(page.has_value()) << page.error().text();
    EXPECT_LT(page->row(page->height * 66 / 80)[page->width * 64 / 120], 20);
}

TEST(PageDrawing, RefusesWhatTheToolFindsDamaged) {
    const std::string whole = read_bytes("base.jp2");
    const auto page = draw(make_page_pdf(
        kFullPage, {image_of("/Filter/JPXDecode", whole.substr(0, whole.size() / 2))}));
    ASSERT_FALSE(page.has_value());
    EXPECT_EQ(page.error().code, ErrorCode::FileUnreadable);
    EXPECT_THAT(page.error().text(), HasSubstr("the page is not one image and cannot be drawn"));
}

TEST(PageDrawing, HoldsDrawnPagesToTheLimits) {
    LoadLimits limits;
    limits.side_pixels = 499;
    const std::string lines = make_page_pdf("0 0 m 9 9 l S", {});
    EXPECT_EQ(draw(lines, limits).error().code, ErrorCode::LimitExceeded);
    std::string huge = lines;
    huge.replace(huge.find("120 80]"), 7, "90000 90000]");
    const auto page = draw(huge);
    ASSERT_FALSE(page.has_value());
    EXPECT_NE(page.error().cure, "");
}

}  // namespace
}  // namespace verso::scanner::test
