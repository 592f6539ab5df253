// SPDX-License-Identifier: Apache-2.0
#include "generator/calibration/calibration_page.h"

#include <gtest/gtest.h>

#include <string>

namespace verso::generator {
namespace {

std::shared_ptr<const FontBook> fonts() {
    static const auto book = FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts");
    EXPECT_TRUE(book);
    return *book;
}

// Where a mark of the list may reach, generously for text.
MmBox reach(const Mark& mark) {
    if (const auto* fill = std::get_if<FillMark>(&mark)) return fill->box;
    const auto& text = std::get<TextMark>(mark);
    const Mm wide = fonts()->measure(text.face, text.size, text.text);
    const Mm high = fonts()->ascender(text.face, text.size);
    return {text.at.x, text.at.y - high, wide, high + fonts()->descender(text.face, text.size)};
}

TEST(CalibrationPageTest, NothingComesNearAMarkOrAnEdge) {
    const std::vector<std::string> lines{"Printer bench, tray 1", "2026-11-23 04:00",
                                         std::string(200, 'w'), "öäü \x01 ß ✓ \xF0\x9F\x98\x80"};
    for (const PageSize page : {PageSize{210_mm, 297_mm}, PageSize{100_mm, 150_mm},
                                PageSize{148_mm, 105_mm}, PageSize{45_mm, 45_mm}}) {
        const CalibrationSheet sheet = *calibration_sheet(page);
        const DrawList list = calibration_page(sheet, lines, *fonts());
        int in_marks = 0;
        for (const Mark& mark : list.marks) {
            const MmBox box = reach(mark);
            EXPECT_GE(box.x, kCalibrationMargin - Mm{0.01});
            EXPECT_GE(box.y, kCalibrationMargin - Mm{0.01});
            EXPECT_LE(box.right(), page.width - kCalibrationMargin + Mm{0.01});
            EXPECT_LE(box.bottom(), page.height - kCalibrationMargin + Mm{0.01});
            bool is_part = false, is_near = false;
            for (const MmPoint at : sheet.marks) {
                const MmBox whole{at.x - sheet.size / 2, at.y - sheet.size / 2, sheet.size,
                                  sheet.size};
                is_part = is_part || whole.grown(Mm{0.01}).contains(box);
                is_near = is_near || whole.grown(sheet.clear() - sheet.size / 2).intersects(box);
            }
            in_marks += is_part ? 1 : 0;
            EXPECT_TRUE(is_part || !is_near) << page.width.value << "x" << page.height.value;
        }
        EXPECT_EQ(in_marks, 30);
    }
}

TEST(CalibrationPageTest, A4HasItsLinesAndRulers) {
    const DrawList list = calibration_page(*calibration_sheet({210_mm, 297_mm}),
                                           {"Printer bench", "tray 1", "today"}, *fonts());
    const std::string text = to_text(list);
    for (const char* line : {"Printer bench", "tray 1", "today"})
        EXPECT_NE(text.find(line), std::string::npos) << line;
    EXPECT_GT(list.marks.size(), 30U + 300U);
}

}  // namespace
}  // namespace verso::generator
