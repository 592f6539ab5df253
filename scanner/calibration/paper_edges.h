// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// A straight edge of the paper: a x + b y = c in px, (a, b) of length 1.
struct EdgeLine {
    double a = 0, b = 0, c = 0;
    double deviation_px = 0;  ///< root mean square of the places that it was fitted to
};

enum class PaperSide { Top, Right, Bottom, Left };

/// Finds an edge near where `guess` puts the page's own: at many places along it the change from
/// paper to what it lies on, then a line through those that agree. Nothing when less than half of
/// the places show a change, or when they do not lie on a line.
std::optional<EdgeLine> find_edge(const GrayImage& image, const Homography& guess, PageSize page,
                                  PaperSide side);

/// Where two edges meet. Requires: they are not parallel.
PxPoint meet(const EdgeLine& one, const EdgeLine& other);

}  // namespace verso::scanner
