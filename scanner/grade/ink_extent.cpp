// SPDX-License-Identifier: Apache-2.0
#include "scanner/grade/ink_extent.h"

#include <algorithm>
#include <vector>

#include "scanner/registration/patch.h"

namespace verso::scanner {

namespace {

/// First place, from the front, where a row of darkest values falls below the threshold, in
/// samples from its beginning.
double first_dark(const std::vector<float>& lights, float threshold) {
    for (std::size_t i = 0; i < lights.size(); ++i) {
        if (lights[i] >= threshold) continue;
        if (i == 0) return 0;
        return double(i) - 0.5 + double((lights[i - 1] - threshold) / (lights[i - 1] - lights[i]));
    }
    return double(lights.size());
}

double last_dark(std::vector<float> lights, float threshold) {
    std::reverse(lights.begin(), lights.end());
    return double(lights.size()) - first_dark(lights, threshold);
}

}  // namespace

std::optional<MmBox> ink_extent(const GrayImage& image, const Homography& map,
                                const MmBox& window) {
    if (image.empty() || !(window.w > Mm{0}) || !(window.h > Mm{0})) return std::nullopt;
    const double density = 2 * map.scale_at(window.center());
    const Patch patch = sample_patch(image, map, window, density, 1);
    const auto [low, high] = std::minmax_element(patch.pixels.begin(), patch.pixels.end());
    constexpr float kLeastContrast = 40;  // of 255; less is no print
    if (*high - *low < kLeastContrast) return std::nullopt;
    const float threshold = (*high + *low) / 2;
    std::vector<float> columns(std::size_t(patch.width), 255), rows(std::size_t(patch.height), 255);
    for (int y = 0; y < patch.height; ++y) {
        for (int x = 0; x < patch.width; ++x) {
            const float light = patch.at(x, y);
            columns[std::size_t(x)] = std::min(columns[std::size_t(x)], light);
            rows[std::size_t(y)] = std::min(rows[std::size_t(y)], light);
        }
    }
    const Mm left = window.x + Mm{first_dark(columns, threshold) / density};
    const Mm right = window.x + Mm{last_dark(columns, threshold) / density};
    const Mm top = window.y + Mm{first_dark(rows, threshold) / density};
    const Mm bottom = window.y + Mm{last_dark(rows, threshold) / density};
    return MmBox{left, top, right - left, bottom - top};
}

}  // namespace verso::scanner
