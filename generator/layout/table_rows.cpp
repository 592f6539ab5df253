// SPDX-License-Identifier: Apache-2.0
#include "generator/layout/table_rows.h"

#include <algorithm>

namespace verso::generator {

TakenRows take_rows(std::size_t left, Mm room, Mm footer, std::size_t keep,
                    const std::function<Mm(std::size_t)>& height_of) {
    constexpr Mm kHair{1e-6};
    TakenRows out;
    Mm used{0};
    while (out.heights.size() < left) {
        const Mm height = height_of(out.heights.size());
        if (used + height > room + kHair) break;
        used += height;
        out.heights.push_back(height);
    }
    const bool all = out.heights.size() == left;
    out.finished = all && used + footer <= room + kHair;
    if (out.finished) return out;
    // One row always goes on, or the table would never end.
    const std::size_t most = left > keep ? left - keep : 1;
    out.heights.resize(std::min(out.heights.size(), std::max<std::size_t>(most, 1)));
    // What is left over may have become short enough for the footer after all.
    if (out.heights.size() == left) out.finished = true;
    return out;
}

}  // namespace verso::generator
