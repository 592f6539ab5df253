// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "core/geometry/shapes.h"
#include "core/util/result.h"

namespace verso {

/// Where what is drawn at a place of the page comes out on the paper, or where it must be drawn to
/// come out there: an affine map of mm from the top left corner, y down. A value. What a printer
/// does is measured (scanner/calibration); its inverse corrects it.
///   x' = xx x + xy y + x0        y' = yx x + yy y + y0
struct PrintCorrection {
    double xx = 1, xy = 0, yx = 0, yy = 1;
    Mm x0{0}, y0{0};

    MmPoint apply(MmPoint place) const {
        return {place.x * xx + place.y * xy + x0, place.x * yx + place.y * yy + y0};
    }
    /// Requires: check_correction found it sound.
    PrintCorrection inverse() const;
    /// First `first`, then this.
    PrintCorrection after(const PrintCorrection& first) const;
    bool is_identity() const { return *this == PrintCorrection{}; }

    /// xx, xy, yx, yy, x0, y0: to be kept, and back.
    std::array<double, 6> numbers() const { return {xx, xy, yx, yy, x0.value, y0.value}; }
    static PrintCorrection from_numbers(const std::array<double, 6>& numbers);

    friend bool operator==(const PrintCorrection&, const PrintCorrection&) = default;
};

/// The same in words that people use.
struct PrintError {
    Mm right, down;  ///< how far the middle of the page is off
    double scale_x = 1, scale_y = 1;
    double turned = 0, skewed = 0;  ///< degrees, clockwise; of a right angle
};
PrintError describe(const PrintCorrection& map, PageSize page);
/// Turned and scaled about the middle of the page, then moved.
PrintCorrection print_map(const PrintError& error, PageSize page);

/// For what comes out that far to the right and down of where it should: two numbers that a person
/// measured.
PrintCorrection correction_for_offset(Mm right, Mm down);

/// ValueInvalid for what no sound printer needs: more than 15 mm, 3 % of the size or 2 degrees, for
/// numbers that are none.
Result<void> check_correction(const PrintCorrection& correction, PageSize page);

}  // namespace verso
