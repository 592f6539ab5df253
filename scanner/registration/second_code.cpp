// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/second_code.h"

#include <algorithm>
#include <cmath>

#include "scanner/registration/patch.h"

namespace verso::scanner {

namespace {

GrayImage to_image(const Patch& patch) {
    GrayImage out{patch.width, patch.height, 0, {}};
    out.pixels.reserve(patch.pixels.size());
    for (float value : patch.pixels) out.pixels.push_back(std::uint8_t(std::lround(value)));
    return out;
}

std::optional<FoundCode> read_at(const GrayImage& image, const Homography& map, const MmBox& box,
                                 double px_per_mm, bool thorough) {
    const Patch patch = sample_patch(image, map, box, px_per_mm);
    auto code = read_code(to_image(patch), {0, 0, patch.width, patch.height}, CodeKind::DataMatrix,
                          thorough);
    if (!code) return std::nullopt;
    for (auto& corner : code->corners) {
        corner = map.to_image(patch.to_page(corner.x.value, corner.y.value));
    }
    return code;
}

}  // namespace

std::optional<FoundCode> read_second_code(const GrayImage& image, const Homography& map,
                                          const MmBox& box, Mm slack) {
    // A module is about 0.7 mm. 6 pixels a mm give ZXing 4 a module, which read every clean card;
    // the finer crop is for what that misses.
    constexpr double kFirst = 6, kSecond = 10;
    if (auto code = read_at(image, map, box.grown(slack), kFirst, false)) return code;
    return read_at(image, map, box.grown(slack), kSecond, true);
}

}  // namespace verso::scanner
