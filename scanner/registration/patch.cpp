// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/patch.h"

#include <algorithm>
#include <cmath>

namespace verso::scanner {

namespace {

struct Sampler {
    const GrayImage& image;
    int outside = 0;

    float bilinear(double x, double y) {
        const double limit_x = image.width - 1.001, limit_y = image.height - 1.001;
        if (!(x >= 0 && y >= 0 && x <= limit_x && y <= limit_y)) {
            ++outside;
            // also brings NaN and infinity of a degenerate map back to a pixel
            x = x >= 0 ? std::min(x, std::max(0.0, limit_x)) : 0;
            y = y >= 0 ? std::min(y, std::max(0.0, limit_y)) : 0;
        }
        const int left = int(x), top = int(y);
        const float fx = float(x - left), fy = float(y - top);
        const std::uint8_t* upper = image.row(top) + left;
        const std::uint8_t* lower = top + 1 < image.height ? upper + image.width : upper;
        const int next = left + 1 < image.width ? 1 : 0;
        const float above = float(upper[0]) + fx * (float(upper[next]) - float(upper[0]));
        const float below = float(lower[0]) + fx * (float(lower[next]) - float(lower[0]));
        return above + fy * (below - above);
    }
};

}  // namespace

Patch sample_patch(const GrayImage& image, const Homography& map, const MmBox& box,
                   double px_per_mm) {
    constexpr int kMostTaps = 6;
    Patch patch{box, px_per_mm, 0, 0, {}, 0};
    patch.width = std::max(1, int(std::lround(box.w.value * px_per_mm)));
    patch.height = std::max(1, int(std::lround(box.h.value * px_per_mm)));
    patch.pixels.resize(std::size_t(patch.width) * std::size_t(patch.height));
    const double density = map.scale_at(box.center()) / px_per_mm;
    const int taps =
        std::isfinite(density) ? std::clamp(int(std::lround(density)), 1, kMostTaps) : 1;
    const auto& m = map.matrix();
    Sampler sampler{image};
    const double step = 1.0 / (px_per_mm * taps);
    for (int y = 0; y < patch.height; ++y) {
        for (int x = 0; x < patch.width; ++x) {
            float sum = 0;
            for (int ty = 0; ty < taps; ++ty) {
                const double py = box.y.value + (y * taps + ty + 0.5) * step;
                for (int tx = 0; tx < taps; ++tx) {
                    const double px = box.x.value + (x * taps + tx + 0.5) * step;
                    const double w = 1.0 / (m[6] * px + m[7] * py + m[8]);
                    sum += sampler.bilinear((m[0] * px + m[1] * py + m[2]) * w,
                                            (m[3] * px + m[4] * py + m[5]) * w);
                }
            }
            patch.pixels[std::size_t(y) * std::size_t(patch.width) + std::size_t(x)] =
                sum / float(taps * taps);
        }
    }
    patch.off_image = double(sampler.outside) / (double(patch.pixels.size()) * taps * taps);
    return patch;
}

}  // namespace verso::scanner
