// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/print_correction.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/page/calibration_sheet.h"

namespace verso {
namespace {

constexpr PageSize kA4{210_mm, 297_mm};

PrintError usual_error() {
    PrintError error;
    error.right = 1.8_mm;
    error.down = Mm{-0.7};
    error.scale_x = 1.006;
    error.scale_y = 0.998;
    error.turned = 0.3;
    error.skewed = -0.1;
    return error;
}

TEST(PrintCorrectionTest, WordsAndMapAreTheSame) {
    const PrintError error = usual_error();
    const PrintError again = describe(print_map(error, kA4), kA4);
    EXPECT_NEAR(again.right.value, 1.8, 1e-9);
    EXPECT_NEAR(again.down.value, -0.7, 1e-9);
    EXPECT_NEAR(again.scale_x, 1.006, 1e-9);
    EXPECT_NEAR(again.scale_y, 0.998, 1e-9);
    EXPECT_NEAR(again.turned, 0.3, 1e-9);
    EXPECT_NEAR(again.skewed, -0.1, 1e-9);
    // Clockwise on a page whose y grows downwards: what is right of the middle goes down.
    PrintError turned;
    turned.turned = 1;
    EXPECT_GT(print_map(turned, kA4).apply({200_mm, 148.5_mm}).y, 148.5_mm);
}

TEST(PrintCorrectionTest, InverseTakesBack) {
    const PrintCorrection map = print_map(usual_error(), kA4);
    for (const MmPoint at : {MmPoint{0_mm, 0_mm}, MmPoint{210_mm, 0_mm}, MmPoint{3_mm, 290_mm}}) {
        const MmPoint back = map.inverse().apply(map.apply(at));
        EXPECT_NEAR(back.x.value, at.x.value, 1e-9);
        EXPECT_NEAR(back.y.value, at.y.value, 1e-9);
        const MmPoint both = map.inverse().after(map).apply(at);
        EXPECT_NEAR(both.x.value, at.x.value, 1e-9);
        EXPECT_NEAR(both.y.value, at.y.value, 1e-9);
    }
    EXPECT_EQ(PrintCorrection::from_numbers(map.numbers()), map);
}

TEST(PrintCorrectionTest, TypedNumbersPullBack) {
    const PrintCorrection correction = correction_for_offset(2_mm, Mm{-1});
    EXPECT_EQ(correction.apply({10_mm, 10_mm}), (MmPoint{8_mm, 11_mm}));
    EXPECT_TRUE(correction_for_offset(0_mm, 0_mm).is_identity());
}

TEST(PrintCorrectionTest, WhatNoPrinterNeedsIsRefused) {
    EXPECT_TRUE(check_correction(print_map(usual_error(), kA4), kA4));
    EXPECT_FALSE(check_correction(correction_for_offset(16_mm, 0_mm), kA4));
    PrintError large, turned;
    large.scale_y = 1.04;
    turned.turned = -3;
    EXPECT_FALSE(check_correction(print_map(large, kA4), kA4));
    EXPECT_FALSE(check_correction(print_map(turned, kA4), kA4));
    PrintCorrection none;
    none.xx = std::numeric_limits<double>::quiet_NaN();
    EXPECT_FALSE(check_correction(none, kA4));
    none.xx = 0;
    EXPECT_FALSE(check_correction(none, kA4));
}

TEST(CalibrationSheetTest, MarksStayApartOnEachPaper) {
    for (const PageSize page : {kA4, PageSize{215.9_mm, 279.4_mm}, PageSize{100_mm, 150_mm},
                                PageSize{148_mm, 105_mm}, PageSize{45_mm, 45_mm}}) {
        const auto sheet = calibration_sheet(page);
        ASSERT_TRUE(sheet);
        const Mm reach = sheet->size / 2;
        for (std::size_t i = 0; i < sheet->marks.size(); ++i) {
            const MmPoint at = sheet->marks.at(i);
            EXPECT_GE(at.x - reach, kCalibrationMargin - Mm{1e-9});
            EXPECT_LE(at.x + reach, page.width - kCalibrationMargin + Mm{1e-9});
            EXPECT_GE(at.y - reach, kCalibrationMargin - Mm{1e-9});
            EXPECT_LE(at.y + reach, page.height - kCalibrationMargin + Mm{1e-9});
            for (std::size_t j = 0; j < i; ++j) {
                const MmPoint to = at - sheet->marks.at(j);
                EXPECT_GE(std::hypot(to.x.value, to.y.value), sheet->size.value * 1.45);
            }
        }
    }
    EXPECT_FALSE(calibration_sheet({40_mm, 100_mm}));
    EXPECT_FALSE(calibration_sheet({210_mm, 1000_mm}));
}

}  // namespace
}  // namespace verso
