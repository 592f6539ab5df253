// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scanner/registration/card_registration.h"
#include "scanner/registration/code_at_place.h"
#include "scanner/registration/plane_fit.h"
#include "scanner/registration/robust_fit.h"

namespace verso::scanner {

// Landmarks as fit_robustly counts them: codes, then fiducials.
inline constexpr int kQrLandmark = 0, kDataMatrixLandmark = 1, kFirstFiducialLandmark = 2;

/// An outcome without a registration.
RegistrationOutcome refused(RejectionCode code, std::string detail);

/// Where the region has its code of a kind.
std::optional<CodePlace> place_of(const ReadRegion& region, CodeKind kind);

/// Gathers the points of one card, from those that are known to those that must then be there, and
/// fits them. Image and region must outlive it.
class CardBuilder {
  public:
    CardBuilder(const GrayImage& image, const ReadRegion& region, const Tones& tones)
        : image_(image), region_(region), tones_(tones) {}

    /// Points of one landmark that were measured outside.
    void add(RegisteredPoint::Kind kind, int landmark, const std::vector<PointPair>& pairs);
    /// Deviation of the blur that printed edges show.
    void set_blur(double mm) { blur_mm_ = mm; }
    /// The Data Matrix that was read before.
    void set_second_code(const FoundCode& code) { second_code_ = code; }
    /// A map that the mark boxes have confirmed: used instead of the points' own while they are
    /// few.
    void set_guide(const Homography& map) { guide_ = map; }

    void look_for_fiducials();
    /// Takes a dark square for one of the fiducials, where the points so far say little about
    /// places as far away. False when it cannot be it by its place and size.
    bool try_fiducial(std::size_t index, const SquareCandidate& square);
    /// How many fiducials it has points of.
    int fiducials() const;
    void look_for_second_code();
    void look_for_first_code();
    /// The robust fit and its judgement; asks the mark boxes where the points leave doubt.
    RegistrationOutcome finish();

  private:
    struct Forecast {
        Homography map;
        double error_mm;  ///< one deviation
    };
    bool has(int landmark) const;
    std::optional<Forecast> forecast_at(MmPoint page) const;
    std::optional<RobustFit> first_fit() const;
    bool ask_outlines(RobustFit& fit);
    Homography grown_map(const Homography& start) const;
    int landmarks_used(const RobustFit& fit) const;
    Registration registration(const RobustFit& fit) const;
    double worst_forecast(const RobustFit& fit) const;

    const GrayImage& image_;
    const ReadRegion& region_;
    Tones tones_;
    double blur_mm_ = 0;
    std::optional<Homography> guide_;
    std::vector<RegisteredPoint> points_;
    std::vector<PointPair> pairs_;  ///< of points_
    std::vector<int> landmarks_;    ///< of points_
    std::optional<FoundCode> first_code_, second_code_;
    std::optional<double> outlines_;
};

}  // namespace verso::scanner
