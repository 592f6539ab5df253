// SPDX-License-Identifier: Apache-2.0
// The calibration page on A4 at 300 dpi: written as a PDF, printed by a printer with a known error,
// scanned before black cardboard with noise and a little perspective, measured, corrected, printed
// and measured again.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <random>

#include "core/page/calibration_sheet.h"
#include "generator/calibration/calibration_page.h"
#include "generator/calibration/corrected_pdf.h"
#include "generator/pdf/pdf_writer.h"
#include "scanner/calibration/print_measure.h"
#include "scanner/render/page_renderer.h"

namespace verso {
namespace {

namespace fs = std::filesystem;
using scanner::GrayImage;

class CalibrationRoundTrip : public testing::Test {
  protected:
    CalibrationRoundTrip() {
        std::string name = (fs::temp_directory_path() / "verso_calibration_XXXXXX").string();
        root_ = ::mkdtemp(name.data());
        const auto fonts = generator::FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts").value();
        generator::PdfWriter writer(fonts, {});
        EXPECT_TRUE(writer.add_page(generator::calibration_page(
            sheet_, {"Printer bench, tray 1", "2026-11-23", "Lay it under black cardboard."},
            *fonts)));
        EXPECT_TRUE(writer.save(path("page.pdf")));
    }
    ~CalibrationRoundTrip() override { fs::remove_all(root_); }

    std::string path(const std::string& name) const { return (root_ / name).string(); }

    // What the printer makes of a file, as the scanner sees it.
    GrayImage printed(const std::string& file, const PrintCorrection& print, unsigned seed) const {
        EXPECT_TRUE(generator::apply_correction(path(file), path("printed.pdf"), print));
        scanner::RenderJob job;
        job.pdf = path("printed.pdf");
        GrayImage page;
        EXPECT_TRUE(scanner::render_pages(job, [&](int, GrayImage image) {
            page = std::move(image);
            return true;
        }));
        return scanned(page, seed);
    }

    static GrayImage scanned(GrayImage& page, unsigned seed) {
        cv::RNG random(seed);
        const cv::Mat paper(page.height, page.width, CV_8U, page.pixels.data());
        const double w = page.width, h = page.height, margin = 160;
        const auto near_by = [&](double x, double y) {
            return cv::Point2f(static_cast<float>(x + margin + random.uniform(-12.0, 12.0)),
                               static_cast<float>(y + margin + random.uniform(-12.0, 12.0)));
        };
        const std::array<cv::Point2f, 4> from{
            {{-0.5F, -0.5F},
             {static_cast<float>(w) - 0.5F, -0.5F},
             {static_cast<float>(w) - 0.5F, static_cast<float>(h) - 0.5F},
             {-0.5F, static_cast<float>(h) - 0.5F}}};
        const std::array<cv::Point2f, 4> to{near_by(0, 0), near_by(w, 0), near_by(w, h),
                                            near_by(0, h)};
        const cv::Size size(static_cast<int>(w + 2 * margin), static_cast<int>(h + 2 * margin));
        cv::Mat image, noise(size, CV_16S);
        cv::warpPerspective(paper * 0.9, image, cv::getPerspectiveTransform(from.data(), to.data()),
                            size, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(45));
        cv::GaussianBlur(image, image, {}, 1.1);
        random.fill(noise, cv::RNG::NORMAL, 0, 7);
        cv::add(image, noise, image, cv::noArray(), CV_8U);
        GrayImage out;
        out.width = size.width;
        out.height = size.height;
        out.dpi = 300;
        out.pixels.assign(image.datastart, image.dataend);
        return out;
    }

    // Distance of the worst mark from its place on the paper, mm.
    double worst(const scanner::PrintMeasurement& measured) const {
        double out = 0;
        for (std::size_t i = 0; i < 6; ++i) {
            const MmPoint off = measured.marks.at(i) - sheet_.marks.at(i);
            out = std::max(out, std::hypot(off.x.value, off.y.value));
        }
        return out;
    }

    CalibrationSheet sheet_ = calibration_sheet({Mm{210}, Mm{297}}).value();
    fs::path root_;
};

TEST_F(CalibrationRoundTrip, CorrectedPrintIsWithinThreeTenthsOfAMillimetre) {
    constexpr unsigned kSeed = 20261123;
    SCOPED_TRACE(kSeed);
    std::mt19937 random(kSeed);
    const auto around = [&](double most) {
        return std::uniform_real_distribution<double>(-most, most)(random);
    };
    for (int round = 0; round < 3; ++round) {
        PrintError error;
        error.right = Mm{round == 0 ? 1.8 : around(3)};
        error.down = Mm{round == 0 ? -0.7 : around(3)};
        error.scale_x = round == 0 ? 1.006 : 1 + around(0.01);
        error.scale_y = round == 0 ? 1.006 : 1 + around(0.01);
        error.turned = round == 0 ? 0.3 : around(0.6);
        error.skewed = round == 0 ? 0 : around(0.2);
        const PrintCorrection print = print_map(error, sheet_.page);
        const auto first = measure_print(printed("page.pdf", print, random()), sheet_);
        ASSERT_TRUE(first) << first.error().text();
        EXPECT_GT(worst(*first), 0.6);
        EXPECT_NEAR(first->error.right.value, error.right.value, 0.1);
        EXPECT_NEAR(first->error.down.value, error.down.value, 0.1);
        EXPECT_NEAR(first->error.turned, error.turned, 0.03);
        ASSERT_TRUE(generator::apply_correction(path("page.pdf"), path("corrected.pdf"),
                                                first->print.inverse()));
        const auto second = measure_print(printed("corrected.pdf", print, random()), sheet_);
        ASSERT_TRUE(second) << second.error().text();
        EXPECT_LT(worst(*second), 0.15) << "round " << round;
        std::printf("round %d: %.2f mm off before, %.3f mm after; residual %.3f, edges %.3f\n",
                    round, worst(*first), worst(*second), second->residual_mm, second->edge_mm);
    }
}

TEST_F(CalibrationRoundTrip, TypedOffsetMovesThePrint) {
    const PrintCorrection print = correction_for_offset(Mm{-2}, Mm{1});  // 2 mm right, 1 mm up
    const auto first = measure_print(printed("page.pdf", print, 5), sheet_);
    ASSERT_TRUE(first) << first.error().text();
    EXPECT_NEAR(first->error.right.value, 2, 0.05);
    EXPECT_NEAR(first->error.down.value, -1, 0.05);
    ASSERT_TRUE(generator::apply_correction(path("page.pdf"), path("corrected.pdf"),
                                            correction_for_offset(Mm{2}, Mm{-1})));
    const auto second = measure_print(printed("corrected.pdf", print, 6), sheet_);
    ASSERT_TRUE(second) << second.error().text();
    EXPECT_LT(worst(*second), 0.1);
}

}  // namespace
}  // namespace verso
