// SPDX-License-Identifier: Apache-2.0
#include "tests/generator/engine/bar_reader.h"

#include <algorithm>

namespace verso::generator {

std::vector<MmBox> find_bars(const Rendering& image, Box<int> area) {
    constexpr int kDark = 128;
    std::vector<MmBox> bars;
    bool inside = false;
    for (int x = area.x; x < area.right(); ++x) {
        int top = area.bottom(), bottom = area.y;
        for (int y = area.y; y < area.bottom(); ++y) {
            if (image.at(x, y) >= kDark) continue;
            top = std::min(top, y);
            bottom = y + 1;
        }
        const bool dark = top < bottom;
        if (dark && !inside) bars.push_back({Mm(x), Mm(top), Mm(0), Mm(bottom - top)});
        if (dark) {
            MmBox& bar = bars.back();
            const Mm lowest = std::max(bar.bottom(), Mm(bottom));
            bar.y = std::min(bar.y, Mm(top));
            bar.h = lowest - bar.y;
            bar.w = Mm(x + 1) - bar.x;
        }
        inside = dark;
    }
    return bars;
}

std::string classify_bars(const std::vector<MmBox>& bars) {
    if (bars.empty()) return {};
    Mm top = bars.front().y, bottom = bars.front().bottom();
    for (const auto& bar : bars) {
        top = std::min(top, bar.y);
        bottom = std::max(bottom, bar.bottom());
    }
    // An extension is between a quarter and two fifths of the whole height; its half decides.
    const Mm step = (bottom - top) / 6;
    std::string out;
    for (const auto& bar : bars) {
        const bool up = bar.y - top < step, down = bottom - bar.bottom() < step;
        out += up ? (down ? 'F' : 'A') : (down ? 'D' : 'T');
    }
    return out;
}

}  // namespace verso::generator
