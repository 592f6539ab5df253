// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "core/card/card_layout.h"
#include "core/domain/reading.h"
#include "scanner/codes/code_reader.h"
#include "scanner/registration/qr_points.h"

namespace verso::scanner {

/// One measured point and how well the final map explains it.
struct RegisteredPoint {
    enum class Kind { QrFinder, Fiducial, DataMatrix };
    Kind kind;
    PointPair pair;
    double residual_mm = 0;
    bool used = true;  ///< false when it was left out as an outlier
};

/// Where a card lies in an image, and how sure that is.
struct Registration {
    Homography map;  ///< page mm to image px
    Tones tones;
    std::vector<RegisteredPoint> points;
    double worst_mm = 0;                   ///< largest residual of the points used
    double px_per_mm = 0;                  ///< at the middle of the card
    int fiducials = 0;                     ///< how many of the points used are fiducials
    std::optional<FoundCode> second_code;  ///< the Data Matrix, when it was read
};

/// A registration, or the named cause why there is none that can be trusted.
struct RegistrationOutcome {
    std::optional<Registration> registration;
    std::optional<Rejection> fault;  ///< never set for a registration that may be judged by
};

/// Places a card by its QR: finder patterns, then the fiducials and the second code where the QR
/// says that they must be, then a robust fit. The registration is given even when it is beyond the
/// limits, so that it can be shown; then `fault` is set.
RegistrationOutcome register_by_qr(const GrayImage& image, const ReadRegion& region,
                                   const FoundCode& qr);

/// Places a card by its fiducials alone (no QR could be read), trying every triple of `candidates`
/// (centres of dark squares, in px). The second code is read where it must then be.
RegistrationOutcome register_by_fiducials(const GrayImage& image, const ReadRegion& region,
                                          const std::vector<PxPoint>& candidates);

/// The region's four corners in the image, top left first as it stands upright.
std::array<PxPoint, 4> card_corners(const ReadRegion& region, const Homography& map);

}  // namespace verso::scanner
