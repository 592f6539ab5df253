// SPDX-License-Identifier: Apache-2.0
#include "generator/calibration/calibration_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace verso::generator {
namespace {

constexpr Mm kRoomForNumbers{80};

void add_mark(DrawList& list, const CalibrationSheet& sheet, MmPoint at) {
    const Mm half = sheet.size / 2, line = sheet.line(), inner = sheet.core();
    const auto fill = [&](Mm x, Mm y, Mm w, Mm h) {
        list.marks.emplace_back(FillMark{{at.x + x, at.y + y, w, h}});
    };
    fill(-half, -half, sheet.size, line);
    fill(-half, half - line, sheet.size, line);
    fill(-half, line - half, line, sheet.size - line * 2);
    fill(half - line, line - half, line, sheet.size - line * 2);
    fill(-(inner / 2), -(inner / 2), inner, inner);
}

bool is_clear(const CalibrationSheet& sheet, const MmBox& box) {
    const Mm free = sheet.clear();
    return std::none_of(sheet.marks.begin(), sheet.marks.end(), [&](MmPoint at) {
        return MmBox{at.x - free, at.y - free, free * 2, free * 2}.intersects(box);
    });
}

// One ruler: millimetres from the paper's edge, where no mark is, with a number at each fifty.
void add_ruler(DrawList& list, const CalibrationSheet& sheet, bool along_top,
               const FontBook& fonts) {
    constexpr Mm kThin{0.2}, kLong{4};
    const Mm from = kCalibrationMargin;
    const Mm end = (along_top ? sheet.page.width : sheet.page.height) - from;
    for (int mm = 10; Mm{static_cast<double>(mm)} < end; ++mm) {
        const Mm at{static_cast<double>(mm)};
        const Mm length = mm % 10 == 0 ? kLong : Mm{mm % 5 == 0 ? 2.8 : 1.8};
        const MmBox tick = along_top ? MmBox{at - kThin / 2, from, kThin, length}
                                     : MmBox{from, at - kThin / 2, length, kThin};
        if (is_clear(sheet, tick)) list.marks.emplace_back(FillMark{tick});
        if (mm % 50 != 0 || sheet.page.width < kRoomForNumbers) continue;
        TextMark number;
        number.size = Pt{7};
        number.text = std::to_string(mm);
        const Mm wide = fonts.measure(number.face, number.size, number.text);
        const Mm high = fonts.cap_height(number.face, number.size);
        number.at = along_top ? MmPoint{at - wide / 2, from + kLong + high + Mm{0.6}}
                              : MmPoint{from + kLong + Mm{0.6}, at + high / 2};
        const MmBox around{number.at.x, number.at.y - high, wide, high};
        if (is_clear(sheet, around.grown(Mm{1}))) list.marks.emplace_back(std::move(number));
    }
}

std::string covered(std::string text, FontFace face, const FontBook& fonts) {
    while (const auto strange = fonts.first_uncovered(face, text)) {
        const auto at = text.find(*strange);
        if (strange->empty() || at == std::string::npos) return {};
        text.erase(at, strange->size());
    }
    return text;
}

}  // namespace

DrawList calibration_page(const CalibrationSheet& sheet, const std::vector<std::string>& lines,
                          const FontBook& fonts) {
    DrawList list;
    list.page = sheet.page;
    for (const MmPoint at : sheet.marks) add_mark(list, sheet, at);
    add_ruler(list, sheet, true, fonts);
    add_ruler(list, sheet, false, fonts);
    // Text stands between the upper marks and the one in the middle.
    const Mm left = kCalibrationMargin + Mm{sheet.page.width < kRoomForNumbers ? 6.0 : 10.0};
    const Mm width = sheet.page.width - left * 2;
    Mm y = sheet.marks[0].y + sheet.clear() + Mm{1};
    const Mm bottom = sheet.marks[4].y - sheet.clear();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        TextMark mark;
        mark.face = i == 0 ? FontFace::Bold : FontFace::Regular;
        mark.text = covered(lines[i], mark.face, fonts);
        mark.size = Pt{i == 0 ? 14.0 : 10.0};
        const Mm wide = fonts.measure(mark.face, mark.size, mark.text);
        if (wide > width) mark.size = Pt{mark.size.value * (width / wide)};
        y += fonts.ascender(mark.face, mark.size);
        mark.at = {left, y};
        y += fonts.descender(mark.face, mark.size) + Mm{0.6};
        if (y > bottom) break;
        if (!mark.text.empty()) list.marks.emplace_back(std::move(mark));
    }
    return list;
}

}  // namespace verso::generator
