// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/pen.h"

#include <algorithm>
#include <cassert>

namespace verso::scanner::lab {

const std::array<Pen, 7>& pens() {
    static constexpr std::array<Pen, 7> kPens{{{"ballpoint", Mm{0.45}, 0.80, 0.15, 0.02},
                                               {"gel", Mm{0.55}, 0.92, 0.08, 0.00},
                                               {"felt", Mm{0.80}, 0.90, 0.10, 0.00},
                                               {"pencil", Mm{0.50}, 0.55, 0.25, 0.03},
                                               {"faint-ballpoint", Mm{0.35}, 0.60, 0.30, 0.10},
                                               {"faint-pencil", Mm{0.50}, 0.32, 0.30, 0.06},
                                               {"marker", Mm{2.00}, 0.93, 0.05, 0.00}}};
    return kPens;
}

const Pen& find_pen(std::string_view name) {
    const auto& all = pens();
    const auto it =
        std::find_if(all.begin(), all.end(), [&](const Pen& p) { return p.name == name; });
    assert(it != all.end());
    return *it;
}

Pen vary(const Pen& pen, Rng& rng) {
    Pen other = pen;
    other.width = pen.width * rng.in(0.78, 1.25);
    other.darkness = std::min(0.97, pen.darkness * rng.in(0.88, 1.1));
    return other;
}

std::string_view to_string(MarkStyle style) {
    switch (style) {
        case MarkStyle::Filled:
            return "filled";
        case MarkStyle::Scribble:
            return "scribble";
        case MarkStyle::Cross:
            return "cross";
        case MarkStyle::Tick:
            return "tick";
        case MarkStyle::Slash:
            return "slash";
        case MarkStyle::Loop:
            return "loop";
        case MarkStyle::Dot:
            return "dot";
        case MarkStyle::Circled:
            return "circled";
        case MarkStyle::Overflow:
            return "overflow";
    }
    return "";
}

}  // namespace verso::scanner::lab
