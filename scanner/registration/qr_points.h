// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// Gray of bare paper and of solid print, as this scan shows them.
struct Tones {
    double paper = 255, black = 0;
    double contrast() const { return paper - black; }
    /// 0 for paper, 1 for solid print, of a gray value.
    double darkness(double gray) const { return (paper - gray) / contrast(); }
};

/// What a QR gives to registration.
struct QrPoints {
    /// Its four outer corners by all its modules, or the centres of its three finder patterns when
    /// the modules between them are too damaged for that.
    std::vector<PointPair> points;
    Tones tones;
    int modules = 0;     ///< along one side
    double blur_mm = 0;  ///< deviation of the blur that its edges show; 0 when not measured
};

/// Measures a QR that was read. `rough` maps the page to the image by the decoder's four corners,
/// `box` is the QR on the page, `turn` how often its upright is turned clockwise by 90 degrees.
/// Nothing when no size of QR fits what is there.
std::optional<QrPoints> measure_qr(const GrayImage& image, const Homography& rough,
                                   const MmBox& box, int turn);

}  // namespace verso::scanner
