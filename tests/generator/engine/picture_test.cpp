// SPDX-License-Identifier: Apache-2.0
// Pictures made by ImageMagick, labels by our own writer and turned by qpdf; judged by poppler,
// qpdf, mupdf and a decoder.
#include <gmock/gmock.h>

#include <cmath>

#include "generator/barcode/barcode.h"
#include "generator/pdf/pdf_writer.h"
#include "generator/picture/picture_loader.h"
#include "tests/generator/engine/rendering.h"
#include "tests/generator/engine/tool.h"

namespace verso::generator {
namespace {

using testing::HasSubstr;

std::shared_ptr<const FontBook> fonts() {
    static const auto loaded = FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts");
    return loaded.value();
}

std::string document(const std::vector<DrawList>& pages) {
    PdfWriter writer(fonts(), {});
    for (const DrawList& page : pages) {
        const auto added = writer.add_page(page);
        EXPECT_TRUE(added.has_value()) << added.error().text();
    }
    return writer.finish().value();
}

std::string made(const std::string& arguments) { return run_tool("convert " + arguments).out; }

// Black, white above; white, gray below.
std::string quarters(const std::string& kind, const std::string& options = "") {
    return made(
        "-size 20x20 xc:white -fill black -draw 'rectangle 0,0 9,9' -fill '#808080' "
        "-draw 'rectangle 10,10 19,19' " +
        options + " " + kind + ":-");
}

std::shared_ptr<const Picture> picture(std::string bytes) {
    const auto loaded = load_picture(std::move(bytes), "test");
    EXPECT_TRUE(loaded.has_value()) << loaded.error().text();
    return loaded.value();
}

constexpr std::string_view kLink = "HTTPS://RATE.EXAMPLE.COM/C/014K7M2Q9XW3HTBB9ZK3T5V7X1Y2W4R6P8";

// A label of 100 x 60 mm with a QR Code 10 mm from its left and bottom.
std::string label() {
    const Symbol symbol = encode_qr(kLink, QrLevel::M).value();
    return document(
        {{{100_mm, 60_mm},
          {ModulesMark{
               {10_mm, 20_mm, 30_mm, 30_mm}, symbol.columns, symbol.rows, symbol.modules, 0},
           TextMark{{50_mm, 30_mm}, 14_pt, FontFace::Bold, kBlack, 0, "Étiquette Łódź", Pt{0}}}}});
}

std::string by_qpdf(const std::string& options, const std::string& bytes) {
    const ScratchFile in("in.pdf", bytes);
    return run_tool("qpdf --deterministic-id " + options + " " + in.path() + " -").out;
}

DrawList page_of(std::vector<Mark> marks) { return {{120_mm, 120_mm}, std::move(marks)}; }

TEST(PictureLoader, ReadsSizeAndResolution) {
    const auto jpeg =
        picture(made("-size 300x150 xc:gray -density 300 -units PixelsPerInch jpg:-"));
    EXPECT_EQ(jpeg->format, Picture::Format::Jpeg);
    EXPECT_EQ(jpeg->width_px, 300);
    EXPECT_EQ(jpeg->height_px, 150);
    EXPECT_NEAR(jpeg->width.value, 25.4, 1e-9);
    EXPECT_NEAR(jpeg->height.value, 12.7, 1e-9);
    const auto png = picture(made("-size 200x100 xc:gray -density 200 -units PixelsPerInch png:-"));
    EXPECT_EQ(png->format, Picture::Format::Png);
    EXPECT_NEAR(png->width.value, 25.4, 0.01);
    EXPECT_EQ(png->sha256.size(), 64U);
    const auto plain = picture(made("-size 150x75 xc:gray -strip png:-"));
    EXPECT_NEAR(plain->width.value, 25.4, 0.01);
}

TEST(PictureLoader, ReadsTheDensityOfExif) {
    // SOI, APP1 with 118 dots a centimetre, then the JPEG's own segments after its JFIF.
    std::string exif("Exif\0\0MM\0*\0\0\0\x08\0\x03", 16);
    exif += std::string("\x01\x1A\0\x05\0\0\0\x01\0\0\0\x32", 12);
    exif += std::string("\x01\x1B\0\x05\0\0\0\x01\0\0\0\x32", 12);
    exif += std::string("\x01\x28\0\x03\0\0\0\x01\0\x03\0\0", 12);
    exif += std::string("\0\0\0\0\0\0\0\xEC\0\0\0\x02", 12);
    const std::string jpeg = made("-size 118x59 xc:gray -strip jpg:-");
    const std::size_t jfif = static_cast<unsigned char>(jpeg.at(5));
    const auto loaded = picture(jpeg.substr(0, 2) + std::string("\xFF\xE1\0", 3) +
                                static_cast<char>(exif.size() + 2) + exif + jpeg.substr(4 + jfif));
    EXPECT_NEAR(loaded->width.value, 10, 1e-9);
    EXPECT_NEAR(loaded->height.value, 5, 1e-9);
}

TEST(PictureLoader, MeasuresAPageAsItIsShown) {
    const auto upright = picture(label());
    EXPECT_EQ(upright->format, Picture::Format::Pdf);
    EXPECT_NEAR(upright->width.value, 100, 0.001);
    EXPECT_NEAR(upright->height.value, 60, 0.001);
    const auto turned = picture(by_qpdf("--rotate=+90", label()));
    EXPECT_NEAR(turned->width.value, 60, 0.001);
    EXPECT_NEAR(turned->height.value, 100, 0.001);
}

TEST(PictureLoader, RefusesWhatIsNoPictureAndSaysSo) {
    for (const std::string bytes : {"", "GIF89a", "hello", "%!PS-Adobe"}) {
        const auto refused = load_picture(bytes, "logo.gif");
        ASSERT_FALSE(refused) << bytes;
        EXPECT_EQ(refused.error().code, ErrorCode::FormatInvalid);
        EXPECT_EQ(refused.error().where, "logo.gif");
    }
    EXPECT_EQ(load_picture("/no/such/picture.png").error().code, ErrorCode::FileUnreadable);
    EXPECT_EQ(load_picture("/tmp").error().code, ErrorCode::FileUnreadable);
    EXPECT_EQ(load_picture(made("-size 12001x2 xc:white png:-"), "wide").error().code,
              ErrorCode::LimitExceeded);
    EXPECT_EQ(load_picture(std::string("\xFF\xD8\xFF") + std::string(20'000'001, 'x'), "big")
                  .error()
                  .code,
              ErrorCode::LimitExceeded);
    EXPECT_FALSE(load_picture(by_qpdf("--encrypt u o 256 --", label()), "locked.pdf"));
}

// Every cut and many flipped bytes: refused or printed, never a crash.
TEST(PictureLoader, SurvivesDamagedFiles) {
    int refused = 0;
    for (const std::string& whole :
         {quarters("png"), quarters("png", "-type Palette"), quarters("jpg"),
          by_qpdf("--object-streams=generate", label())}) {
        ASSERT_GT(whole.size(), 100U);
        const std::size_t step = 1 + whole.size() / 60;
        for (std::size_t at = 0; at < whole.size(); at += step) {
            std::string flipped = whole;
            flipped[at] = static_cast<char>(~flipped[at]);
            for (const std::string& bytes : {whole.substr(0, at), flipped}) {
                const auto loaded = load_picture(bytes, "damaged");
                refused += loaded ? 0 : 1;
                if (!loaded) continue;
                PdfWriter writer(fonts(), {});
                const auto added =
                    writer.add_page(page_of({PictureMark{{0_mm, 0_mm, 10_mm, 10_mm}, 0, *loaded}}));
                if (added) {
                    EXPECT_TRUE(writer.finish());
                }
            }
        }
    }
    EXPECT_GT(refused, 200);
}

TEST(Pictures, AJpegIsEmbeddedOnceAndAsItIs) {
    const std::string bytes = quarters("jpg");
    const PictureMark mark{{10_mm, 10_mm, 20_mm, 20_mm}, 0, picture(bytes)};
    PictureMark again = mark;
    again.box.x = 50_mm;
    again.picture = picture(bytes);
    const ScratchFile file("jpeg.pdf", document({page_of({mark, again}), page_of({again})}));
    EXPECT_EQ(run_tool("qpdf --check " + file.path()).exit_code, 0);
    const std::string listed = run_tool("pdfimages -list " + file.path()).out;
    EXPECT_THAT(listed, HasSubstr("jpeg"));
    const std::string all = read_file(file.path());
    EXPECT_NE(all.find(bytes), std::string::npos);
    EXPECT_EQ(all.find(bytes), all.rfind(bytes));
}

// What stands at a place of the first page, 0 to 255.
int gray_at(const Rendering& page, int dpi, double x, double y) {
    const auto pixel = [dpi](double mm) { return static_cast<int>(mm / kMmPerInch * dpi); };
    return page.at(pixel(x), pixel(y));
}

TEST(Pictures, EveryKindOfPngLooksRight) {
    for (const char* options : {"", "-type Palette", "-type Grayscale", "-type TrueColor -depth 8",
                                "-type TrueColor -depth 16", "-type TrueColorAlpha",
                                "-interlace PNG", "-type Grayscale -depth 16"}) {
        const auto made_picture = picture(quarters("png", options));
        const Rendering page = render(
            document({page_of({PictureMark{{10_mm, 10_mm, 40_mm, 40_mm}, 0, made_picture}})}), 100);
        EXPECT_LT(gray_at(page, 100, 20, 20), 20) << options;
        EXPECT_GT(gray_at(page, 100, 40, 20), 235) << options;
        EXPECT_GT(gray_at(page, 100, 20, 40), 235) << options;
        EXPECT_NEAR(gray_at(page, 100, 40, 40), 128, 10) << options;
    }
}

TEST(Pictures, WhatIsTransparentIsPaper) {
    const auto glass = picture(
        made("-size 20x20 xc:none -fill 'rgba(0,0,0,0.5)' -draw 'rectangle 0,0 9,19' png:-"));
    const Rendering page =
        render(document({page_of({PictureMark{{10_mm, 10_mm, 40_mm, 40_mm}, 0, glass}})}), 100);
    EXPECT_NEAR(gray_at(page, 100, 20, 30), 128, 70);  // gray, by whatever gamma
    EXPECT_GT(gray_at(page, 100, 40, 30), 250);
}

TEST(Pictures, TurnClockwise) {
    const auto one = picture(quarters("png"));
    struct {
        int turn;
        double x, y;  ///< where the black quarter stands
    } const cases[]{{0, 20, 20}, {90, 40, 20}, {180, 40, 40}, {270, 20, 40}};
    for (const auto& [turn, x, y] : cases) {
        const Rendering page = render(
            document({page_of({PictureMark{{10_mm, 10_mm, 40_mm, 40_mm}, turn, one}})}), 100);
        EXPECT_LT(gray_at(page, 100, x, y), 20) << turn;
        EXPECT_NEAR(gray_at(page, 100, 60 - x, 60 - y), 128, 10) << turn;
    }
}

TEST(Pictures, ALabelIsReadAsItWas) {
    struct {
        const char* options;
        MmBox box;
        int turn;
    } const cases[]{
        {"", {10_mm, 20_mm, 100_mm, 60_mm}, 0},
        {"--object-streams=generate", {10_mm, 20_mm, 50_mm, 30_mm}, 0},
        {"--rotate=+90", {10_mm, 10_mm, 60_mm, 100_mm}, 0},
        {"--rotate=+180", {10_mm, 20_mm, 100_mm, 60_mm}, 0},
        {"--rotate=+270", {10_mm, 10_mm, 60_mm, 100_mm}, 90},
        {"--stream-data=uncompress", {10_mm, 10_mm, 60_mm, 100_mm}, 90},
    };
    for (const auto& one : cases) {
        const auto form = picture(by_qpdf(one.options, label()));
        // Left before the label, these would change its lines and letters.
        const TextMark spaced{{5_mm, 5_mm}, 9_pt, FontFace::Regular, {255, 255, 255}, 0, "a", 9_pt};
        const std::string pdf = document({page_of({spaced, PictureMark{one.box, one.turn, form}})});
        const Rendering page = render(pdf, 300);
        const DecodedSymbol read = decode(page, SymbolKind::Qr);
        EXPECT_EQ(read.text, kLink) << one.options;
        const ScratchFile file("label.pdf", pdf);
        EXPECT_THAT(run_tool("pdftotext " + file.path() + " -").out, HasSubstr("Étiquette Łódź"));
        EXPECT_EQ(run_tool("qpdf --check " + file.path()).exit_code, 0);
        const ToolRun mutool = run_tool("mutool draw -F pgm -o /dev/null " + file.path());
        EXPECT_THAT(mutool.err, testing::Not(HasSubstr("error")));
        EXPECT_EQ(pdf, document({page_of({spaced, PictureMark{one.box, one.turn, form}})}));
    }
}

TEST(Pictures, ALabelsQrStandsWhereItShould) {
    const Symbol symbol = encode_qr(kLink, QrLevel::M).value();
    const std::string plain = document(
        {{{100_mm, 60_mm},
          {ModulesMark{
              {10_mm, 20_mm, 30_mm, 30_mm}, symbol.columns, symbol.rows, symbol.modules, 0}}}});
    const auto box =
        render(document({page_of({PictureMark{{7_mm, 13_mm, 100_mm, 60_mm}, 0, picture(plain)}})}),
               254)
            .ink_box();
    EXPECT_NEAR(box.x, 170, 1);
    EXPECT_NEAR(box.y, 330, 1);
    EXPECT_NEAR(box.w, 300, 1);
    EXPECT_NEAR(box.h, 300, 1);
}

TEST(Pictures, ManyLabelsShareAFile) {
    std::vector<DrawList> pages;
    for (int i = 0; i < 3; ++i) {
        const Symbol symbol = encode_code128("LABEL-" + std::to_string(i)).value();
        const std::string one = document(
            {{{100_mm, 60_mm},
              {ModulesMark{
                  {10_mm, 20_mm, 60_mm, 30_mm}, symbol.columns, symbol.rows, symbol.modules, 0}}}});
        pages.push_back(page_of({PictureMark{{10_mm, 20_mm, 100_mm, 60_mm}, 0, picture(one)}}));
    }
    const std::string all = document(pages);
    for (int i = 0; i < 3; ++i) {
        const std::string page = by_qpdf("--pages . " + std::to_string(i + 1) + " --", all);
        EXPECT_EQ(decode(render(page, 300), SymbolKind::Code128).text,
                  "LABEL-" + std::to_string(i));
    }
}

}  // namespace
}  // namespace verso::generator
