// SPDX-License-Identifier: Apache-2.0
// Calibration pages drawn straight into a picture, as a printer with a known error and a scanner
// would make it.
#include "scanner/calibration/print_measure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>

namespace verso::scanner {
namespace {

using testing::HasSubstr;

/// How the page comes into the picture.
struct Picture {
    double dpi = 130;
    double paper = 240, ground = 60;
    double degrees = 0;      ///< how the paper lies
    double perspective = 0;  ///< share by which its far side is smaller
    double noise = 3;
    double margin = 10;  ///< mm of ground all around
    int hidden_mark = -1;
    std::function<double(MmPoint paper)> dirt;  ///< gray of something on the paper; negative: none
    unsigned seed = 1;
};

class PrintMeasureTest : public testing::Test {
  protected:
    static CalibrationSheet sheet_of(double width = 70, double height = 100) {
        return *calibration_sheet({Mm{width}, Mm{height}});
    }

    static bool has_ink(const CalibrationSheet& sheet, MmPoint at, int hidden) {
        for (int i = 0; i < 6; ++i) {
            if (i == hidden) continue;
            const MmPoint to = at - sheet.marks.at(static_cast<std::size_t>(i));
            const double off = std::max(std::abs(to.x.value), std::abs(to.y.value));
            const double half = sheet.size.value / 2;
            if (off <= half && (off > half - sheet.line().value || off <= sheet.core().value / 2))
                return true;
        }
        return false;
    }

    // The page as `print` puts it on the paper, in the picture.
    static GrayImage shoot(const CalibrationSheet& sheet, const PrintCorrection& print,
                           const Picture& picture = {}) {
        const double per_mm = picture.dpi / kMmPerInch, turn = picture.degrees * M_PI / 180;
        const double w = sheet.page.width.value, h = sheet.page.height.value;
        const double room = std::hypot(w, h) * std::abs(std::sin(turn)) + picture.margin * 2;
        GrayImage out;
        out.width = static_cast<int>((w + room) * per_mm);
        out.height = static_cast<int>((h + room) * per_mm);
        out.dpi = picture.dpi;
        out.pixels.resize(static_cast<std::size_t>(out.width) *
                          static_cast<std::size_t>(out.height));
        std::mt19937 random(picture.seed);
        std::normal_distribution<double> noise(0, picture.noise);
        const PrintCorrection back = print.inverse();
        const auto gray_at = [&](double px, double py) {
            // From the picture's middle to the paper's, through the lens and the turn.
            double x = (px - out.width / 2.0) / per_mm, y = (py - out.height / 2.0) / per_mm;
            const double lens = 1 + picture.perspective * y / h;
            x /= lens;
            y /= lens;
            const MmPoint on{Mm{x * std::cos(turn) + y * std::sin(turn) + w / 2},
                             Mm{y * std::cos(turn) - x * std::sin(turn) + h / 2}};
            if (on.x < Mm{0} || on.y < Mm{0} || on.x > sheet.page.width || on.y > sheet.page.height)
                return picture.ground;
            if (picture.dirt)
                if (const double gray = picture.dirt(on); gray >= 0) return gray;
            return has_ink(sheet, back.apply(on), picture.hidden_mark) ? 35 : picture.paper;
        };
        for (int y = 0; y < out.height; ++y)
            for (int x = 0; x < out.width; ++x) {
                double sum = 0;
                for (const double sy : {-0.33, 0.0, 0.33})
                    for (const double sx : {-0.33, 0.0, 0.33}) sum += gray_at(x + sx, y + sy);
                out.row(y)[x] =
                    static_cast<std::uint8_t>(std::clamp(sum / 9 + noise(random), 0.0, 255.0));
            }
        return out;
    }

    static PrintCorrection usual(const CalibrationSheet& sheet) {
        PrintError error;
        error.right = 1.8_mm;
        error.down = Mm{-0.7};
        error.scale_x = 1.006;
        error.scale_y = 1.004;
        error.turned = 0.3;
        error.skewed = 0.1;
        return print_map(error, sheet.page);
    }

    // How far off the measurement is, mm, at the worst of the page's corners.
    static double miss(const PrintMeasurement& measured, const PrintCorrection& truth,
                       PageSize page) {
        double worst = 0;
        for (const MmPoint at : {MmPoint{}, MmPoint{page.width, Mm{0}},
                                 MmPoint{page.width, page.height}, MmPoint{Mm{0}, page.height}}) {
            const MmPoint off = measured.print.apply(at) - truth.apply(at);
            worst = std::max(worst, std::hypot(off.x.value, off.y.value));
        }
        return worst;
    }

    static std::string refusal(const GrayImage& image, const CalibrationSheet& sheet) {
        const auto measured = measure_print(image, sheet);
        if (measured) return "measured";
        EXPECT_FALSE(measured.error().cure.empty());
        return measured.error().message;
    }
};

TEST_F(PrintMeasureTest, KnownErrorIsMeasuredHoweverThePageLies) {
    const CalibrationSheet sheet = sheet_of();
    const PrintCorrection truth = usual(sheet);
    for (const double degrees : {2.5, 181.0, -88.0}) {
        Picture picture;
        picture.degrees = degrees;
        const auto measured = measure_print(shoot(sheet, truth, picture), sheet);
        ASSERT_TRUE(measured) << degrees << ": " << measured.error().text();
        EXPECT_LT(miss(*measured, truth, sheet.page), 0.06) << degrees;
        EXPECT_LT(measured->residual_mm, 0.05) << degrees;
    }
}

TEST_F(PrintMeasureTest, PerfectPrinterNeedsNothing) {
    const CalibrationSheet sheet = sheet_of(90, 60);
    Picture picture;
    picture.degrees = 1.3;
    const auto measured = measure_print(shoot(sheet, {}, picture), sheet);
    ASSERT_TRUE(measured) << measured.error().text();
    EXPECT_LT(miss(*measured, {}, sheet.page), 0.06);
}

TEST_F(PrintMeasureTest, CameraHeldALittleAskewDoesNotMatter) {
    const CalibrationSheet sheet = sheet_of();
    const PrintCorrection truth = usual(sheet);
    Picture picture;
    picture.perspective = 0.06;
    picture.degrees = 4;
    picture.noise = 6;
    const auto measured = measure_print(shoot(sheet, truth, picture), sheet);
    ASSERT_TRUE(measured) << measured.error().text();
    EXPECT_LT(miss(*measured, truth, sheet.page), 0.12);
}

TEST_F(PrintMeasureTest, DirtAtAnEdgeDoesNotPull) {
    const CalibrationSheet sheet = sheet_of();
    const PrintCorrection truth = usual(sheet);
    Picture picture;
    // A finger over a third of the left edge, and a torn corner.
    picture.dirt = [](MmPoint on) {
        if (on.x < Mm{4} && on.y > Mm{40} && on.y < Mm{70}) return 120.0;
        return on.x + on.y < Mm{4} ? 60.0 : -1.0;
    };
    const auto measured = measure_print(shoot(sheet, truth, picture), sheet);
    ASSERT_TRUE(measured) << measured.error().text();
    EXPECT_LT(miss(*measured, truth, sheet.page), 0.1);
}

TEST_F(PrintMeasureTest, PaperDarkerThanItsGroundIsMeasuredToo) {
    const CalibrationSheet sheet = sheet_of();
    Picture picture;
    picture.paper = 180;
    picture.ground = 250;
    picture.degrees = 1;
    const auto measured = measure_print(shoot(sheet, usual(sheet), picture), sheet);
    ASSERT_TRUE(measured) << measured.error().text();
    EXPECT_LT(miss(*measured, usual(sheet), sheet.page), 0.08);
}

TEST_F(PrintMeasureTest, EdgesThatDoNotShowAreRefused) {
    const CalibrationSheet sheet = sheet_of();
    Picture white;
    white.ground = 238;
    EXPECT_THAT(refusal(shoot(sheet, usual(sheet), white), sheet), HasSubstr("edge of the paper"));
    Picture cut;
    cut.margin = -2;
    EXPECT_THAT(refusal(shoot(sheet, {}, cut), sheet), HasSubstr("edge of the paper"));
}

TEST_F(PrintMeasureTest, MarksThatAreNotThereAreRefused) {
    const CalibrationSheet sheet = sheet_of();
    Picture hidden;
    for (const int mark : {0, 5}) {
        hidden.hidden_mark = mark;
        EXPECT_THAT(refusal(shoot(sheet, {}, hidden), sheet), HasSubstr("six marks"));
    }
    GrayImage none;
    EXPECT_THAT(refusal(none, sheet), HasSubstr("empty"));
    none.width = 300;
    none.height = 400;
    none.pixels.assign(120000, 255);
    EXPECT_THAT(refusal(none, sheet), HasSubstr("six marks"));
}

TEST_F(PrintMeasureTest, WrongPaperIsRefused) {
    // Printed for one size and scanned on a sheet that is longer.
    const CalibrationSheet sheet = sheet_of(70, 100), longer = sheet_of(70, 104);
    CalibrationSheet drawn = sheet;
    drawn.page = longer.page;
    EXPECT_THAT(refusal(shoot(drawn, {}), sheet), HasSubstr("too large or too small"));
}

TEST_F(PrintMeasureTest, PaperThatDoesNotLieFlatIsRefused) {
    const CalibrationSheet sheet = sheet_of();
    CalibrationSheet bent = sheet;
    bent.marks[4].y += Mm{1};
    EXPECT_THAT(refusal(shoot(bent, {}), sheet), HasSubstr("lie flat"));
}

TEST_F(PrintMeasureTest, AnyPictureIsSurvived) {
    constexpr unsigned kSeed = 3;
    SCOPED_TRACE(kSeed);
    std::mt19937 random(kSeed);
    const CalibrationSheet sheet = sheet_of();
    for (const auto& [width, height] : {std::pair{1, 1}, {2, 900}, {37, 41}, {400, 500}}) {
        GrayImage image;
        image.width = width;
        image.height = height;
        for (int i = 0; i < width * height; ++i)
            image.pixels.push_back(static_cast<std::uint8_t>(random()));
        EXPECT_FALSE(measure_print(image, sheet));
    }
}

}  // namespace
}  // namespace verso::scanner
