// SPDX-License-Identifier: Apache-2.0
#include "generator/calibration/shifted_labels.h"

#include <gtest/gtest.h>

namespace verso::generator {
namespace {

constexpr PageSize kLabel{100_mm, 150_mm};

std::string shifted(const std::string& zpl, double right, double down, int dpi = 203) {
    PrintError error;
    error.right = Mm{right};
    error.down = Mm{down};
    const auto out = shift_labels(zpl, print_map(error, kLabel), kLabel, dpi);
    return out ? *out : out.error().message;
}

TEST(ShiftedLabelsTest, EachDirectionHasItsCommand) {
    const std::string label = "^XA^CI28\n^LH0,0\n^FDx^FS^XZ";
    EXPECT_EQ(shifted(label, 1, 2), "^XA^LS0^LT0^LH8,16^CI28\n^LH8,16\n^FDx^FS^XZ");
    EXPECT_EQ(shifted(label, -1, -2), "^XA^LS8^LT-16^LH0,0^CI28\n^LH0,0\n^FDx^FS^XZ");
    EXPECT_EQ(shifted(label, 0, 0), "^XA^LS0^LT0^LH0,0^CI28\n^LH0,0\n^FDx^FS^XZ");
    EXPECT_EQ(shifted(label, 1, 0, 300), "^XA^LS0^LT0^LH12,0^CI28\n^LH12,0\n^FDx^FS^XZ");
}

TEST(ShiftedLabelsTest, EveryLabelIsMovedAndItsOwnHomeKept) {
    EXPECT_EQ(shifted("^XA^FDa^FS^XZ\n^XA^LH5,7^FDb^FS^XZ", 1, 1),
              "^XA^LS0^LT0^LH8,8^FDa^FS^XZ\n^XA^LS0^LT0^LH8,8^LH13,15^FDb^FS^XZ");
    EXPECT_EQ(shifted("^XA^LH^FS^LH3", 1, 1), "^XA^LS0^LT0^LH8,8^LH8,8^FS^LH11,8");
}

TEST(ShiftedLabelsTest, TooFarIsRefused) {
    EXPECT_NE(shifted("^XA^XZ", 0, -14.5, 300).find("120 dots"), std::string::npos);
    EXPECT_FALSE(shift_labels("^XA^XZ", correction_for_offset(16_mm, 0_mm), kLabel, 203));
    EXPECT_FALSE(shift_labels("^XA^XZ", {}, kLabel, 0));
}

}  // namespace
}  // namespace verso::generator
