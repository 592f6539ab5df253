// SPDX-License-Identifier: Apache-2.0
#include "generator/barcode/whole_dots.h"

#include <gtest/gtest.h>

#include <limits>

namespace verso::generator {
namespace {

TEST(WholeDots, AreTheMostThatFit) {
    EXPECT_DOUBLE_EQ(whole_dots(0.4_mm, 203).value, 3 * 25.4 / 203);
    EXPECT_DOUBLE_EQ(whole_dots(0.33_mm, 300).value, 3 * 25.4 / 300);
    EXPECT_DOUBLE_EQ(whole_dots(0.33_mm, 600).value, 7 * 25.4 / 600);
}

TEST(WholeDots, KeepWhatIsWholeAlready) {
    for (const int dpi : {203, 300, 600}) {
        for (int dots = 1; dots < 2000; ++dots) {
            const Mm whole{dots * 25.4 / dpi};
            EXPECT_NEAR(whole_dots(whole, dpi).value, whole.value, 1e-9) << dots << " at " << dpi;
        }
    }
    // Layouts are written in hundredths: 0.25 mm is two dots of 203 dpi less a quarter of a
    // micrometre.
    EXPECT_DOUBLE_EQ(whole_dots(0.25_mm, 203).value, 2 * 25.4 / 203);
}

TEST(WholeDots, AreNeverNone) {
    EXPECT_DOUBLE_EQ(whole_dots(0.01_mm, 203).value, 25.4 / 203);
    EXPECT_DOUBLE_EQ(whole_dots(Mm{0}, 300).value, 25.4 / 300);
    EXPECT_DOUBLE_EQ(whole_dots(Mm{-1}, 300).value, 25.4 / 300);
    EXPECT_DOUBLE_EQ(whole_dots(Mm{std::numeric_limits<double>::quiet_NaN()}, 300).value,
                     25.4 / 300);
}

}  // namespace
}  // namespace verso::generator
