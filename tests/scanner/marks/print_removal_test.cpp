// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/print_removal.h"

#include <gtest/gtest.h>

namespace verso::scanner {
namespace {

constexpr int kSide = 60;
const MarkOption kSquare{1, MarkShape::Square, {Mm{2}, Mm{2}, Mm{3.5}, Mm{3.5}}};

/// A box of blank paper with a dark frame that blur has spread to half a millimetre inwards.
AlignedBox blurred_box() {
    AlignedBox box;
    box.option = &kSquare;
    box.patch = {{Mm{0}, Mm{0}, Mm{7.5}, Mm{7.5}}, 8, kSide, kSide, {}, 0};
    box.patch.pixels.assign(std::size_t(kSide * kSide), 240.0F);
    for (int i = 18; i < 42; ++i) box.patch.pixels[std::size_t(19 * kSide + i)] = 190.0F;
    return box;
}

void mark(AlignedBox& box) {
    for (int i = 18; i < 42; ++i) {
        box.patch.pixels[std::size_t(i * kSide + 22)] = 80.0F;
        box.patch.pixels[std::size_t(i * kSide + 23)] = 80.0F;
    }
}

TEST(PrintRemoval, TakesAwayWhatAllBlankBoxesShow) {
    std::vector<AlignedBox> boxes(10, blurred_box());
    take_print_away(boxes, std::vector<bool>(10, true));
    for (const auto& box : boxes) EXPECT_NEAR(box.patch.at(30, 19), 240, 1);
}

TEST(PrintRemoval, KeepsTheMarksOfFiveBoxesOfWhichFourAreMarked) {
    std::vector<AlignedBox> boxes(5, blurred_box());
    for (std::size_t i = 0; i < 4; ++i) mark(boxes[i]);
    take_print_away(boxes, {false, false, false, false, true});
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(boxes[i].patch.at(22, 30), 80, 1);
}

TEST(PrintRemoval, KeepsTheMarksThatTheFirstLookMissed) {
    std::vector<AlignedBox> boxes(5, blurred_box());
    for (std::size_t i = 0; i < 2; ++i) mark(boxes[i]);
    take_print_away(boxes, std::vector<bool>(5, true));
    for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(boxes[i].patch.at(22, 30), 80, 1);
}

}  // namespace
}  // namespace verso::scanner
