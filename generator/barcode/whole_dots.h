// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "core/geometry/units.h"

namespace verso::generator {

/// The largest multiple of a printer's dot that is not above the wanted length, but one dot at
/// least: bars and modules of this width come out alike, because none falls between two dots. A
/// length within a hundredth of a dot below a multiple counts as that multiple. Requires: dpi > 0.
inline Mm whole_dots(Mm wanted, int dpi) {
    const double dot = kMmPerInch / dpi;
    const double dots = std::floor(wanted.value / dot + 0.01);
    return Mm{(dots >= 1 ? dots : 1) * dot};
}

}  // namespace verso::generator
