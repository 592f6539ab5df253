// SPDX-License-Identifier: Apache-2.0
#include "scanner/fields/field_scorer.h"

#include <algorithm>
#include <cmath>

namespace verso::scanner {

namespace {

constexpr Mm kOutlineMargin{1.2};  // the printed outline and its rounded corners
constexpr double kPxPerMm = 4;     // a stroke of 0.4 mm is 1.6 pixels
constexpr double kWindowMm = 2;
constexpr double kWindowInk = 0.06;    // SDAPS uses the same windows and share for "has text"
constexpr double kInkDarkness = 0.25;  // above printed hints in light gray

}  // namespace

FieldMeasures score_field(const GrayImage& image, const Homography& map, const MmBox& field,
                          const Tones& tones) {
    const Patch patch = sample_patch(image, map, field.grown(-kOutlineMargin), kPxPerMm, 1);
    const int side = int(kWindowMm * kPxPerMm);
    FieldMeasures out;
    int windows = 0;
    std::vector<float> window;
    for (int top = 0; top + side <= patch.height; top += side) {
        for (int left = 0; left + side <= patch.width; left += side) {
            window.clear();
            for (int y = top; y < top + side; ++y) {
                for (int x = left; x < left + side; ++x) window.push_back(patch.at(x, y));
            }
            const auto light = window.begin() + std::ptrdiff_t(window.size() * 4 / 5);
            std::nth_element(window.begin(), light, window.end());
            const double edge = double(*light) - kInkDarkness * tones.contrast();
            const auto dark = std::count_if(window.begin(), window.end(),
                                            [&](float v) { return double(v) < edge; });
            ++windows;
            if (double(dark) >= kWindowInk * double(window.size())) ++out.inked_count;
        }
    }
    out.inked_windows = windows > 0 ? double(out.inked_count) / windows : 0;
    return out;
}

bool is_inked(const FieldMeasures& measures) {
    constexpr int kFewest = 3;  // a short "ok" covers four windows; dust and a speck one or two
    return measures.inked_count >= kFewest;
}

}  // namespace verso::scanner
