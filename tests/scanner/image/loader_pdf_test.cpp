// SPDX-License-Identifier: Apache-2.0
// The PDFs are written here by hand, because each shows one thing that a scanner's firmware does.
#include <gmock/gmock.h>

#include "tests/scanner/image/test_files.h"

namespace verso::scanner::test {
namespace {

using ::testing::HasSubstr;

constexpr const char* kFullPage = "q 120 0 0 80 0 0 cm /I0 Do Q";

std::string image_of(const std::string& entries, std::string_view data) {
    return pdf_stream("/Type/XObject/Subtype/Image/Width 120/Height 80" + entries, data);
}
std::string gray_image() {
    return image_of("/BitsPerComponent 8/ColorSpace/DeviceGray", picture_samples(1));
}

Result<GrayImage> load_page(const std::string& content, const std::vector<std::string>& images,
                            const std::string& page_entries = "") {
    return load_one(make_page_pdf(content, images, page_entries), "scan.pdf");
}

/// The picture as one fills one page; the fault, or "".
std::string fault_of(const std::string& image, bool bilevel = false) {
    const auto page = load_page(kFullPage, {image});
    return page ? picture_fault(*page, bilevel) : page.error().text();
}

TEST(LoaderPdf, ReadsUncompressedColours) {
    EXPECT_EQ(fault_of(gray_image()), "");
    EXPECT_EQ(fault_of(image_of("/BitsPerComponent 8/ColorSpace/DeviceRGB", picture_samples(3))),
              "");
    std::string inverted = picture_samples(1);
    for (char& c : inverted) c = static_cast<char>(255 - static_cast<unsigned char>(c));
    EXPECT_EQ(fault_of(image_of("/BitsPerComponent 8/ColorSpace/DeviceGray/Decode[1 0]", inverted)),
              "");
    std::string cmyk;
    for (char c : inverted) cmyk += std::string(3, '\0') + c;
    EXPECT_EQ(fault_of(image_of("/BitsPerComponent 8/ColorSpace/DeviceCMYK", cmyk)), "");
    std::string indexed = picture_samples(1);
    for (char& c : indexed) c = c == 0 ? 2 : c == 127 ? 1 : 0;
    EXPECT_EQ(
        fault_of(image_of(
            "/BitsPerComponent 8/ColorSpace[/Indexed/DeviceRGB 2<FFFFFF 7F7F7F 000000>]", indexed)),
        "");
}

TEST(LoaderPdf, ReadsJpegAlsoBehindAnotherFilter) {
    for (const char* name : {"gray.jpg", "progressive.jpg"}) {
        EXPECT_EQ(fault_of(image_of("/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode",
                                    read_bytes(name))),
                  "");
    }
    std::string hex;
    for (unsigned char c : read_bytes("color420.jpg")) {
        hex += "0123456789ABCDEF"[c / 16];
        hex += "0123456789ABCDEF"[c % 16];
    }
    EXPECT_EQ(fault_of(image_of(
                  "/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter[/ASCIIHexDecode/DCTDecode]",
                  hex + ">")),
              "");
    // ImageMagick writes CMYK JPEGs inverted, and PDF says so by Decode.
    EXPECT_EQ(
        fault_of(image_of(
            "/BitsPerComponent 8/ColorSpace/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]/Filter/DCTDecode",
            read_bytes("cmyk.jpg"))),
        "");
}

TEST(LoaderPdf, ReadsFaxDataInEveryPolarity) {
    const std::string g4 = strip_of_tiff(read_bytes("g4.tif"));
    const auto fax = [&](const std::string& entries, const std::string& parameters) {
        return image_of("/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 120/Rows 80" +
                            parameters + ">>" + entries,
                        g4);
    };
    const std::string gray = "/BitsPerComponent 1/ColorSpace/DeviceGray";
    EXPECT_EQ(fault_of(fax(gray, ""), true), "");
    EXPECT_EQ(fault_of(fax(gray + "/Decode[1 0]", "/BlackIs1 true"), true), "");
    EXPECT_EQ(fault_of(fax("/ImageMask true", ""), true), "");
    EXPECT_EQ(fault_of(fax("/ImageMask true/Decode[1 0]", "/BlackIs1 true"), true), "");
    EXPECT_EQ(
        fault_of(fax("/BitsPerComponent 1/ColorSpace[/Indexed/DeviceGray 1<00FF>]", ""), true), "");
    EXPECT_NE(fault_of(fax(gray, "/BlackIs1 true"), true), "");
}

TEST(LoaderPdf, TurnsByPageRotationAndByMatrix) {
    const auto plain = load_page(kFullPage, {gray_image()});
    ASSERT_TRUE(plain.has_value()) << plain.error().text();
    EXPECT_NEAR(plain->dpi, 72, 0.1);
    const auto rotated = load_page(kFullPage, {gray_image()}, "/Rotate 90");
    const auto turned = load_page("q 0 -80 120 0 0 80 cm /I0 Do Q", {gray_image()});
    for (const auto* image : {&rotated, &turned}) {
        ASSERT_TRUE(image->has_value()) << image->error().text();
    }
    EXPECT_EQ(rotated->width, 80);
    EXPECT_LT(rotated->row(20)[60], 20) << "clockwise: the black block goes to the top right";
    EXPECT_GT(rotated->row(20)[20], 235);
    const auto mirrored = load_page("q 120 0 0 -80 0 80 cm /I0 Do Q", {gray_image()});
    ASSERT_TRUE(mirrored.has_value());
    EXPECT_LT(mirrored->row(60)[20], 20);
}

TEST(LoaderPdf, StacksStripes) {
    const std::string samples = picture_samples(1);
    const auto stripe = [&](std::size_t from, std::size_t rows) {
        return pdf_stream(
            "/Subtype/Image/Width 120/BitsPerComponent 8/ColorSpace/DeviceGray/Height " +
                std::to_string(rows),
            samples.substr(from * 120, rows * 120));
    };
    const auto page = load_page("q 120 0 0 30 0 50 cm /I0 Do Q q 120 0 0 50 0 0 cm /I1 Do Q",
                                {stripe(0, 30), stripe(30, 50)});
    ASSERT_TRUE(page.has_value()) << page.error().text();
    EXPECT_EQ(picture_fault(*page), "");
    const auto layers =
        load_page("q 120 0 0 80 0 0 cm /I0 Do /I1 Do Q", {gray_image(), gray_image()});
    ASSERT_FALSE(layers.has_value());
    EXPECT_THAT(layers.error().text(), HasSubstr("compact PDF"));
}

TEST(LoaderPdf, FollowsForms) {
    const std::string form = pdf_stream(
        "/Subtype/Form/BBox[0 0 1 1]/Matrix[120 0 0 80 0 0]/Resources<</XObject<</X 6 0 R>>>>",
        "/X Do");
    const auto page = load_page("/I0 Do", {form, gray_image()});
    ASSERT_TRUE(page.has_value()) << page.error().text();
    EXPECT_EQ(picture_fault(*page), "");
    EXPECT_NEAR(page->dpi, 72, 0.1);
    const std::string loop =
        pdf_stream("/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 5 0 R>>>>", "/X Do /X Do");
    EXPECT_FALSE(load_page("/I0 Do", {loop}).has_value());
}

TEST(LoaderPdf, AcceptsHiddenTextAndRefusesWhatWouldBeLost) {
    const std::string after = std::string(kFullPage) + " ";
    EXPECT_TRUE(load_page(after + "BT 3 Tr (found words) Tj ET", {gray_image()}).has_value());
    EXPECT_FALSE(load_page(after + "BT (typed over) Tj ET", {gray_image()}).has_value());
    EXPECT_FALSE(load_page(after + "10 10 m 20 20 l S", {gray_image()}).has_value());
    EXPECT_FALSE(load_page(kFullPage, {gray_image()}, "/Annots[<</Subtype/Ink>>]").has_value());
    EXPECT_FALSE(load_page("0 0 1 1 re f q 30 0 0 20 0 0 cm /I0 Do Q", {gray_image()}).has_value());
}

TEST(LoaderPdf, NamesThePageAndTheCure) {
    const auto fault = [](const std::string& image) {
        const auto page = load_page(kFullPage, {image});
        return page ? std::string() : page.error().text();
    };
    const std::string gray = "/BitsPerComponent 1/ColorSpace/DeviceGray";
    EXPECT_EQ(
        fault(image_of(gray + "/Filter/JBIG2Decode", "x")),
        "scan.pdf, page 1: the image is JBIG2, which is not read; scan the paper itself, or save "
        "this page as a TIFF or PNG picture of 300 dpi");
    EXPECT_THAT(fault(image_of("/Filter/JPXDecode", "x")), HasSubstr("JPEG 2000"));
    EXPECT_THAT(fault(image_of(gray + "/Filter/UnknownDecode", "x")), HasSubstr("page 1"));
    EXPECT_THAT(load_page("1 1 m", {}).error().text(), HasSubstr("no scanned image"));
    EXPECT_THAT(load_one(read_bytes("encrypted.pdf")).error().text(), HasSubstr("password"));
}

TEST(LoaderPdf, ReadsFilesOfOtherPrograms) {
    for (const char* name : {"cairo.pdf", "owner_only.pdf"}) {
        const auto page = load_one(read_bytes(name), name);
        ASSERT_TRUE(page.has_value()) << page.error().text();
        EXPECT_EQ(picture_fault(*page), "") << name;
    }
}

TEST(LoaderPdf, TellsPagesToBeDrawnFromDamage) {
    const auto code = [](const Result<GrayImage>& page) {
        return page ? ErrorCode::Internal : page.error().code;
    };
    const std::string after = std::string(kFullPage) + " BT (typed over) Tj ET";
    EXPECT_EQ(code(load_page(after, {gray_image()})), ErrorCode::PageNotImage);
    EXPECT_EQ(code(load_page(kFullPage, {image_of("/Filter/JPXDecode", "x")})),
              ErrorCode::PageNotImage);
    const std::string cut = read_bytes("gray.jpg").substr(0, read_bytes("gray.jpg").size() * 3 / 4);
    EXPECT_EQ(code(load_page(
                  kFullPage,
                  {image_of("/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode", cut)})),
              ErrorCode::FormatInvalid);
}

TEST(LoaderPdf, StopsAStructureThatUnpacksToTooMuch) {
    const std::string block = flate_zeros(64u << 20);
    const auto bomb =
        load_one(make_pdf({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>",
                           pdf_stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", block)}),
                 "bomb.pdf");
    ASSERT_FALSE(bomb.has_value());
    EXPECT_EQ(bomb.error().code, ErrorCode::LimitExceeded) << bomb.error().text();
    EXPECT_THAT(bomb.error().text(), HasSubstr("unpacks to more than 16 MB"));
}

TEST(LoaderPdf, StopsStreamsThatUnpackToTooMuch) {
    LoadLimits limits;
    limits.page_pixels = 1000;
    const auto large = load_one(make_page_pdf(kFullPage, {gray_image()}), "x", limits);
    ASSERT_FALSE(large.has_value());
    EXPECT_EQ(large.error().code, ErrorCode::LimitExceeded);
    const auto bomb = load_page(kFullPage, {image_of("/BitsPerComponent 8/ColorSpace/DeviceGray",
                                                     std::string(1 << 20, 'x'))});
    EXPECT_FALSE(bomb.has_value());
}

TEST(LoaderPdf, HasPagesDrawnThatAreNotOneImage) {
    const auto load = [](const std::string& content) {
        PageHooks hooks;
        hooks.draw = [](int page) -> Result<GrayImage> {
            return GrayImage{page, 1, 0, std::vector<std::uint8_t>(std::size_t(page), 7)};
        };
        Result<GrayImage> seen = Error{};
        const auto count = load_pages(
            make_page_pdf(content, {gray_image()}), "scan.pdf", {},
            [&](int, Result<GrayImage> image) {
                seen = std::move(image);
                return true;
            },
            hooks);
        return count ? std::move(seen) : Result<GrayImage>(count.error());
    };
    const auto drawn = load("0 0 m 9 9 l S");
    ASSERT_TRUE(drawn.has_value()) << drawn.error().text();
    EXPECT_EQ(drawn->pixels, (std::vector<std::uint8_t>{7}));
    const auto scanned = load(kFullPage);
    ASSERT_TRUE(scanned.has_value());
    EXPECT_EQ(scanned->width, 120);
}

}  // namespace
}  // namespace verso::scanner::test
