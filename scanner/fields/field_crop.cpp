// SPDX-License-Identifier: Apache-2.0
#include "scanner/fields/field_crop.h"

#include <algorithm>
#include <cmath>

#include "scanner/fields/field_frame.h"
#include "scanner/fields/line_tilt.h"
#include "scanner/fields/pen_strokes.h"
#include "scanner/registration/patch.h"

namespace verso::scanner {

namespace {

GrayImage quarter_turned(const GrayImage& picture) {
    GrayImage out{picture.height, picture.width, picture.dpi, {}};
    out.pixels.resize(picture.pixels.size());
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            out.row(picture.width - 1 - x)[y] = picture.row(y)[x];
        }
    }
    return out;
}

/// The darkness that is to be black: what most of the strokes reach.
double full_ink(const FieldInk& ink, const std::vector<std::uint8_t>& strokes) {
    constexpr double kShare = 0.6, kLeast = 0.1;
    std::vector<float> dark;
    for (std::size_t i = 0; i < strokes.size(); ++i) {
        if (strokes[i] != 0) dark.push_back(ink.dark[i]);
    }
    if (dark.empty()) return 1;
    const auto at = dark.begin() + std::ptrdiff_t(kShare * double(dark.size() - 1));
    std::nth_element(dark.begin(), at, dark.end());
    return std::max(kLeast, double(*at));
}

/// Strokes with their soft edges, from white to black.
GrayImage drawn(const FieldInk& ink, const std::vector<std::uint8_t>& strokes, double dpi) {
    GrayImage out{ink.width, ink.height, dpi, {}};
    const double full = full_ink(ink, strokes);
    const double none = std::min(double(ink.edge()) / 2, full / 4);
    const auto kept = widened(strokes, ink.width, ink.height, 1);
    out.pixels.reserve(kept.size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
        const double share = (double(ink.dark[i]) - none) / (full - none);
        out.pixels.push_back(
            kept[i] == 0 ? 255
                         : std::uint8_t(std::lround(255 * (1 - std::clamp(share, 0.0, 1.0)))));
    }
    return out;
}

}  // namespace

FieldCrop crop_field(const GrayImage& image, const Homography& map, const MmBox& field,
                     int rotation) {
    constexpr double kLeast = 4, kMost = 24;  // px per mm: 100 to 600 dpi
    const double scale = std::clamp(map.scale_at(field.center()), kLeast, kMost);
    const Patch patch = sample_patch(image, map, field.grown(kCropMargin), scale);
    GrayImage out{patch.width, patch.height, scale * kMmPerInch, {}};
    out.pixels.reserve(patch.pixels.size());
    for (float v : patch.pixels) out.pixels.push_back(std::uint8_t(std::lround(v)));
    for (int turned = 0; turned < rotation; turned += 90) out = quarter_turned(out);
    return clean_field(std::move(out), scale);
}

FieldCrop clean_field(GrayImage original, double px_per_mm) {
    FieldCrop out;
    FieldInk ink = measure_ink(original, px_per_mm);
    const double margin = kCropMargin.value * px_per_mm;
    const PxBox frame{Px{margin - 0.5}, Px{margin - 0.5}, Px{original.width - 2 * margin},
                      Px{original.height - 2 * margin}};
    remove_frame(ink, frame);
    const auto strokes = find_pen_strokes(ink, frame);
    out.clean = drawn(ink, strokes, original.dpi);
    for (std::size_t i = 0; i < strokes.size(); ++i) {
        if (strokes[i] == 0) ink.dark[i] = 0;
    }
    constexpr double kLevel = 0.5;  // degrees: nobody sees it, and turning softens edges
    const double tilt = find_line_tilt(ink).value_or(0);
    if (std::abs(tilt) >= kLevel) out.tilt = tilt;
    if (out.tilt != 0) out.clean = turned_back(out.clean, out.tilt);
    out.original = std::move(original);
    return out;
}

}  // namespace verso::scanner
