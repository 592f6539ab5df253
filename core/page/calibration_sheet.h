// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "core/geometry/shapes.h"
#include "core/util/result.h"

namespace verso {

/// The marks of a page that is printed to measure a printer, drawn by the generator and found again
/// by the scanner. Each mark is a square ring around a square; the sixth one tells which way up the
/// page lies.
struct CalibrationSheet {
    PageSize page;
    /// Middles: top left, top right, bottom right, bottom left, middle, and the one beside the
    /// first.
    std::array<MmPoint, 6> marks{};
    Mm size{};  ///< outer side of a ring

    Mm line() const { return size * 0.15; }  ///< of the ring
    Mm core() const { return size * 0.4; }   ///< side of the square
    /// White all around a mark's middle: half a side of a square that nothing else may enter.
    Mm clear() const { return size * 0.95; }
};

/// ValueInvalid below 45 mm or beyond 450 mm a side.
Result<CalibrationSheet> calibration_sheet(PageSize page);

/// Nothing but white stands between the marks and the paper's edges.
inline constexpr Mm kCalibrationMargin{7};

}  // namespace verso
