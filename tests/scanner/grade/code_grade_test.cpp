// SPDX-License-Identifier: Apache-2.0
// Codes are drawn with one fault at a time; each must cost the parameter that is about it.
#include "scanner/grade/code_grade.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "scanner/grade/ink_extent.h"

namespace verso::scanner {
namespace {

constexpr double kPerMm = 12;
const MmBox kBox{5_mm, 5_mm, 60_mm, 12_mm};
const Homography kMap({kPerMm, 0, -0.5, 0, kPerMm, -0.5, 0, 0, 1});

/// Three characters of Code 128 between start and stop are enough to grade: "A", "B", "C".
std::string code128() {
    return std::string("11010010000") + "10100011000" + "10001011000" + "10001000110" +
           "10100110000" + "1100011101011";
}

/// A picture of `modules` in kBox, each pixel the mean of sixteen places in it; `light` gives the
/// light of a place in modules.
GrayImage draw(const std::function<double(double, double)>& light, int columns, int rows) {
    GrayImage image{int(70 * kPerMm), int(22 * kPerMm), 300, {}};
    image.pixels.assign(std::size_t(image.width) * std::size_t(image.height), 255);
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            double sum = 0;
            for (int tap = 0; tap < 16; ++tap) {
                const double mm_x = (x + (tap % 4 + 0.5) / 4) / kPerMm;
                const double mm_y = (y + (tap / 4 + 0.5) / 4) / kPerMm;
                const double column = (mm_x - kBox.x.value) / kBox.w.value * columns;
                const double row = (mm_y - kBox.y.value) / kBox.h.value * rows;
                const bool inside = column >= 0 && column < columns && row >= 0 && row < rows;
                sum += inside ? light(column, row) : 1.0;
            }
            image.row(y)[x] = static_cast<std::uint8_t>(sum / 16 * 255 + 0.5);
        }
    }
    return image;
}

/// Bars of one row, each edge `growth` modules further out.
GrayImage bars(double dark, double light, double growth) {
    const std::string modules = code128();
    const int columns = int(modules.size());
    return draw(
        [=](double column, double) {
            const auto is_dark = [&](double at) {
                const int i = int(std::floor(at));
                return i >= 0 && i < columns && modules[std::size_t(i)] == '1';
            };
            const bool ink =
                growth >= 0
                    ? is_dark(column - growth) || is_dark(column + growth) || is_dark(column)
                    : is_dark(column - growth) && is_dark(column + growth) && is_dark(column);
            return ink ? dark : light;
        },
        columns, 1);
}

CodeGrade grade(const GrayImage& image, int turn = 0) {
    return grade_linear(image, kMap, {kBox, int(code128().size()), 1, turn});
}

const GradedValue& value(const CodeGrade& found, std::string_view name) {
    for (const auto& one : found.values) {
        if (one.name == name) return one;
    }
    ADD_FAILURE() << "no " << name;
    static const GradedValue none;
    return none;
}

TEST(LinearGrade, AGoodCodeIsAnA) {
    const CodeGrade found = grade(bars(0, 1, 0));
    EXPECT_EQ(found.grade, 4.0);
    EXPECT_EQ(found.letter(), 'A');
    EXPECT_EQ(found.weakest(), "");
    EXPECT_NEAR(value(found, "contrast").value, 1, 0.01);
    EXPECT_GT(value(found, "decodability").value, 0.9);
    EXPECT_LT(value(found, "defects").value, 0.02);
}

TEST(LinearGrade, PaleInkCostsContrast) {
    const CodeGrade found = grade(bars(0.48, 1, 0));
    EXPECT_EQ(found.weakest(), "contrast");
    EXPECT_EQ(found.letter(), 'C');
    EXPECT_NEAR(value(found, "contrast").value, 0.52, 0.02);
}

TEST(LinearGrade, InkThatIsNotDarkFails) {
    EXPECT_EQ(grade(bars(0.7, 1, 0)).letter(), 'F');
    EXPECT_EQ(value(grade(bars(0.7, 1, 0)), "least reflectance").grade, 0);
}

TEST(LinearGrade, SpreadOfInkCostsDecodability) {
    // Edge to similar edge does not mind it; the sum of three bars grows by twice three edges.
    const CodeGrade spread = grade(bars(0, 1, 0.12));
    EXPECT_EQ(spread.weakest(), "decodability");
    EXPECT_LT(spread.grade, 4);
    EXPECT_LT(grade(bars(0, 1, 0.2)).grade, spread.grade);
    EXPECT_LT(grade(bars(0, 1, -0.2)).grade, 4);
}

TEST(LinearGrade, AVoidIsADefectAndASpotToo) {
    GrayImage image = bars(0, 1, 0);
    const double module = kBox.w.value / double(code128().size());
    // Inside the first bar, two modules wide, over the whole height.
    const int x = int((kBox.x.value + module) * kPerMm);
    for (int y = 0; y < image.height; ++y) image.row(y)[x] = 80;
    const CodeGrade found = grade(image);
    EXPECT_EQ(found.weakest(), "defects");
    EXPECT_GT(value(found, "defects").value, 0.15);
}

TEST(LinearGrade, BarsThatAreNoCodeAreAnF) {
    GrayImage image = bars(0, 1, 0);
    const double module = kBox.w.value / double(code128().size());
    for (int y = 0; y < image.height; ++y) {  // the third bar is gone
        for (int x = int((kBox.x.value + 6.5 * module) * kPerMm);
             x < int((kBox.x.value + 11 * module) * kPerMm); ++x) {
            image.row(y)[x] = 255;
        }
    }
    EXPECT_EQ(grade(image).grade, 0);
    EXPECT_EQ(grade(GrayImage{20, 20, 0, std::vector<std::uint8_t>(400, 255)}).grade, 0);
    EXPECT_EQ(grade(GrayImage{}).grade, 0);
}

TEST(LinearGrade, TheGradeIsTheMeanOfTenLines) {
    GrayImage image = bars(0, 1, 0);
    // Half of the height is bare: five lines of ten fail.
    for (int y = int((kBox.y.value + 6) * kPerMm); y < image.height; ++y) {
        std::fill_n(image.row(y), image.width, 255);
    }
    EXPECT_NEAR(grade(image).grade, 2.0, 0.01);
}

// A matrix of 10 x 10 with a frame as a Data Matrix has it, and something inside.
const std::string kMatrix =
    "1010101010"
    "1011001101"
    "1100110010"
    "1010010111"
    "1110100100"
    "1001011011"
    "1101100100"
    "1010011101"
    "1100101010"
    "1111111111";

GrayImage matrix(const std::function<double(double)>& warp, double dark = 0, double light = 1) {
    return draw(
        [=](double column, double row) {
            const int x = int(warp(column)), y = int(row);
            if (x < 0 || x > 9) return light;
            return kMatrix[std::size_t(y) * 10 + std::size_t(x)] == '1' ? dark : light;
        },
        10, 10);
}

CodeGrade grade_of(const GrayImage& image, MmBox box = kBox) {
    return grade_matrix(image, kMap, {box, 10, 10, 0}, kMatrix);
}

TEST(MatrixGrade, JudgesTheShapeOfItsModules) {
    // Drawn in a box that is five times as wide as high: all is well but that.
    const CodeGrade found = grade_of(matrix([](double column) { return column; }));
    EXPECT_EQ(found.weakest(), "axial non-uniformity");
    EXPECT_EQ(found.grade, 0);
    EXPECT_EQ(value(found, "modulation").grade, 4);
    EXPECT_LT(value(found, "grid non-uniformity").value, 0.05);
}

TEST(MatrixGrade, FindsModulesThatWanderFromTheGrid) {
    const auto found = grade_of(matrix([](double column) {
        return column + (column > 3 && column < 7 ? 0.45 : 0.0);  // the middle is shifted
    }));
    EXPECT_LE(value(found, "grid non-uniformity").grade, 3);
    EXPECT_GT(value(found, "grid non-uniformity").value, 0.38);
}

TEST(MatrixGrade, WrongModulesHaveNoModulation) {
    std::string other = kMatrix;
    for (std::size_t i = 30; i < 40; ++i) other[i] = other[i] == '1' ? '0' : '1';
    const auto image = matrix([](double column) { return column; });
    const CodeGrade found = grade_matrix(image, kMap, {kBox, 10, 10, 0}, other);
    EXPECT_EQ(value(found, "modulation").value, 0);
    EXPECT_EQ(found.grade, 0);
}

TEST(MatrixGrade, PaleInkCostsContrast) {
    const auto found = grade_of(matrix([](double column) { return column; }, 0.5, 0.95));
    EXPECT_NEAR(value(found, "contrast").value, 0.45, 0.02);
    EXPECT_EQ(value(found, "contrast").grade, 2);
}

TEST(MatrixGrade, RefusesAMatrixOfAnotherSize) {
    const auto image = matrix([](double column) { return column; });
    EXPECT_EQ(grade_matrix(image, kMap, {kBox, 11, 11, 0}, kMatrix).grade, 0);
}

TEST(InkExtent, FindsTheEdgesToAFifthOfAPixel) {
    const GrayImage image = bars(0, 1, 0);
    const MmBox rough = kBox.grown(Mm{0.8});
    const auto found = ink_extent(image, kMap, rough);
    ASSERT_TRUE(found.has_value());
    EXPECT_NEAR(found->x.value, kBox.x.value, 0.2 / kPerMm);
    EXPECT_NEAR(found->y.value, kBox.y.value, 0.2 / kPerMm);
    EXPECT_NEAR(found->right().value, kBox.right().value, 0.2 / kPerMm);
    EXPECT_NEAR(found->bottom().value, kBox.bottom().value, 0.2 / kPerMm);
    EXPECT_FALSE(ink_extent(image, kMap, {1_mm, 1_mm, 2_mm, 2_mm}).has_value());
}

}  // namespace
}  // namespace verso::scanner
