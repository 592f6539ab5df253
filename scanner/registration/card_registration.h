// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/card/card_layout.h"
#include "core/domain/reading.h"
#include "scanner/codes/code_reader.h"
#include "scanner/registration/fiducial_match.h"
#include "scanner/registration/qr_points.h"

namespace verso::scanner {

/// One measured point and how well the final map explains it.
struct RegisteredPoint {
    enum class Kind { QrCorner, Fiducial, DataMatrix, Outline };
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
    double worst_mm = 0;     ///< largest residual of the points used
    double forecast_mm = 0;  ///< deviation to expect at the mark box farthest from the points used
    double px_per_mm = 0;    ///< at the middle of the card
    double blur_mm = 0;      ///< deviation of the blur that printed edges show; 0 when not measured
    double quality = 0;      ///< 0..1: fit, forecast, toner and blur, the weakest of them
    int fiducials = 0;       ///< how many of the points used are fiducials
    std::optional<double> outlines;  ///< share of the mark boxes seen, where they had to be asked
    std::optional<FoundCode> first_code;   ///< the QR, when it was read here and not before
    std::optional<FoundCode> second_code;  ///< the Data Matrix, when it was read
};

/// A registration, or the named cause why there is none that can be trusted.
struct RegistrationOutcome {
    std::optional<Registration> registration;
    std::optional<Rejection> fault;  ///< never set for a registration that may be judged by
};

/// Places a card by its QR: its modules, then the fiducials and the second code where the QR says
/// that they must be, then a robust fit; mark boxes where that leaves room for doubt. The
/// registration is given even when it is beyond the limits, so that it can be shown; then `fault`
/// is set.
RegistrationOutcome register_by_qr(const GrayImage& image, const ReadRegion& region,
                                   const FoundCode& qr);

/// The same by a Data Matrix that was found while the QR was not; the QR is tried once more where
/// it must then be.
RegistrationOutcome register_by_second_code(const GrayImage& image, const ReadRegion& region,
                                            const FoundCode& data_matrix);

/// Places a card by fiducials alone (no code was found), trying the ways in which two or three of
/// the `candidates` stand as the region's do. Only what the mark boxes confirm is believed. Codes
/// are read where they must then be.
RegistrationOutcome register_by_fiducials(const GrayImage& image, const ReadRegion& region,
                                          const std::vector<SquareCandidate>& candidates);

/// The region's four corners in the image, top left first as it stands upright.
std::array<PxPoint, 4> card_corners(const ReadRegion& region, const Homography& map);

}  // namespace verso::scanner
