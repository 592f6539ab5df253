// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "scanner/registration/patch.h"

namespace verso::scanner {

/// Where a patch is inked, one byte a pixel, and the strokes that the ink forms.
struct InkMap {
    int width = 0, height = 0;
    std::vector<std::uint8_t> ink;

    bool at(int x, int y) const {
        return ink[std::size_t(y) * std::size_t(width) + std::size_t(x)] != 0;
    }
};

/// One connected piece of ink (eight neighbours).
struct Stroke {
    int pixels = 0;
    int left = 0, top = 0, right = 0, bottom = 0;  ///< inclusive
    double diagonal() const;
    std::vector<int> members;  ///< indices of its pixels
};

/// The connected pieces of the pixels that are inked and allowed by `mask` (same size).
std::vector<Stroke> find_strokes(const InkMap& map, const std::vector<std::uint8_t>& mask);

/// The largest inked share over all straight lines that run from one side of the map to the
/// opposite one, at most 10 degrees off upright or level, and pass `mask` somewhere. A streak, a
/// fold or a rule gives about 1.
double longest_line(const InkMap& map, const std::vector<std::uint8_t>& mask);

/// Darkness smoothed by the binomial 3x3 kernel: white noise falls to three eighths, a stroke of
/// three pixels keeps nearly all of its depth.
std::vector<float> smoothed(const std::vector<float>& values, int width, int height);

}  // namespace verso::scanner
