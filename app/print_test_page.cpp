// SPDX-License-Identifier: Apache-2.0
#include "app/print_test_page.h"

#include <fmt/format.h>

namespace verso::app {

namespace {

constexpr Mm kFrame{5};
constexpr Mm kLine{0.25};
constexpr Mm kCentimetre{4};  ///< length of its tick
constexpr Mm kMillimetre{1.8};

std::string printable(std::string text, const generator::FontBook& fonts) {
    while (auto strange = fonts.first_uncovered(FontFace::Regular, text)) {
        const auto at = text.find(*strange);
        if (strange->empty() || at == std::string::npos) return "?";
        text.replace(at, strange->size(), "?");
    }
    return text;
}

/// Millimetres from the paper's edge, along its top and its left.
void add_rulers(DrawList& list) {
    for (int mm = 5; mm <= static_cast<int>(list.page.width.value) - 5; ++mm) {
        const Mm length = mm % 10 == 0 ? kCentimetre : kMillimetre;
        const Mm at{static_cast<double>(mm)};
        list.marks.emplace_back(LineMark{{at, kFrame}, {at, kFrame + length}, Mm{0.15}});
    }
    for (int mm = 5; mm <= static_cast<int>(list.page.height.value) - 5; ++mm) {
        const Mm length = mm % 10 == 0 ? kCentimetre : kMillimetre;
        const Mm at{static_cast<double>(mm)};
        list.marks.emplace_back(LineMark{{kFrame, at}, {kFrame + length, at}, Mm{0.15}});
    }
}

}  // namespace

DrawList test_page(PageSize page, const std::vector<std::string>& lines,
                   const generator::FontBook& fonts) {
    DrawList list;
    list.page = page;
    list.marks.emplace_back(
        OutlineMark{{kFrame, kFrame, page.width - kFrame * 2, page.height - kFrame * 2}, kLine});
    add_rulers(list);
    const Mm left = kFrame + kCentimetre + Mm{6};
    const Mm width = page.width - left - kFrame - Mm{3};
    Mm y = kFrame + kCentimetre + Mm{6};
    for (const auto& line : lines) {
        const FontFace face = &line == &lines.front() ? FontFace::Bold : FontFace::Regular;
        TextMark mark;
        mark.face = face;
        mark.text = printable(line, fonts);
        mark.size = Pt{&line == &lines.front() ? 16.0 : 10.0};
        const Mm wide = fonts.measure(face, mark.size, mark.text);
        if (wide > width) mark.size = Pt{mark.size.value * width.value / wide.value};
        y += fonts.cap_height(face, mark.size);
        mark.at = {left, y};
        y += fonts.descender(face, mark.size) + Mm{2};
        list.marks.emplace_back(std::move(mark));
    }
    return list;
}

}  // namespace verso::app
