// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace verso::scanner {

/// The limits of grades 4, 3, 2 and 1 of one parameter.
using GradeLimits = std::array<double, 4>;

// ISO/IEC 15416:2000, table 3 (linear codes).
inline constexpr GradeLimits kLinearContrast{0.70, 0.55, 0.40, 0.20};
inline constexpr GradeLimits kLinearModulation{0.70, 0.60, 0.50, 0.40};
inline constexpr GradeLimits kLinearDefects{0.15, 0.20, 0.25, 0.30};
inline constexpr GradeLimits kDecodability{0.62, 0.50, 0.37, 0.25};
/// Of every edge; below it the scan line fails.
inline constexpr double kLeastEdgeContrast = 0.15;

// ISO/IEC 15415:2004, table 2 and annexes (matrix codes).
inline constexpr GradeLimits kMatrixContrast{0.70, 0.55, 0.40, 0.20};
inline constexpr GradeLimits kMatrixModulation{0.50, 0.40, 0.30, 0.20};
inline constexpr GradeLimits kAxialNonUniformity{0.06, 0.08, 0.10, 0.12};
inline constexpr GradeLimits kGridNonUniformity{0.38, 0.50, 0.63, 0.75};

constexpr double grade_at_least(double value, const GradeLimits& limits) {
    for (std::size_t i = 0; i < limits.size(); ++i) {
        if (value >= limits[i]) return double(4 - i);
    }
    return 0;
}

constexpr double grade_at_most(double value, const GradeLimits& limits) {
    for (std::size_t i = 0; i < limits.size(); ++i) {
        if (value <= limits[i]) return double(4 - i);
    }
    return 0;
}

}  // namespace verso::scanner
