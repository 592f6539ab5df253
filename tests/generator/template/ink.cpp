// SPDX-License-Identifier: Apache-2.0
#include "ink.h"

#include <algorithm>
#include <cmath>

#include "specimens.h"

namespace verso::generator {

MmBox ink_of(const TextMark& text) {
    const FontBook& fonts = *specimen_fonts();
    const Mm width = fonts.measure(text.face, text.size, text.text);
    const Mm above = fonts.cap_height(text.face, text.size);
    const bool descends = text.text.find_first_of("gjpqy,;Q") != std::string::npos;
    const Mm below = descends ? above * 0.3 : Mm{0};
    switch (text.turn) {
        case 90:
            return {text.at.x - below, text.at.y, above + below, width};
        case 180:
            return {text.at.x - width, text.at.y - below, width, above + below};
        case 270:
            return {text.at.x - above, text.at.y - width, above + below, width};
        default:
            return {text.at.x, text.at.y - above, width, above + below};
    }
}

MmBox box_of(const LineMark& line) {
    return MmBox{std::min(line.from.x, line.to.x), std::min(line.from.y, line.to.y),
                 Mm{std::abs((line.from.x - line.to.x).value)},
                 Mm{std::abs((line.from.y - line.to.y).value)}}
        .grown(line.width / 2);
}

MmBox box_of(const Mark& mark) {
    if (const auto* text = std::get_if<TextMark>(&mark)) return ink_of(*text);
    if (const auto* line = std::get_if<LineMark>(&mark)) return box_of(*line);
    if (const auto* outline = std::get_if<OutlineMark>(&mark))
        return outline->box.grown(outline->width / 2);
    if (const auto* fill = std::get_if<FillMark>(&mark)) return fill->box;
    if (const auto* picture = std::get_if<PictureMark>(&mark)) return picture->box;
    return std::get<ModulesMark>(mark).box;
}

}  // namespace verso::generator
