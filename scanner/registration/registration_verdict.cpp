// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/registration_verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "scanner/registration/outline_points.h"

namespace verso::scanner {

namespace {

// Limits at which a part of the quality is 0. Boxes are found within 0.6 mm by their own outlines
// (marks/box_alignment.h): neither a residual nor a forecast beyond that can be made good there.
constexpr double kWorstResidual = 0.6;  // mm
constexpr double kWorstForecast = 0.5;  // mm, one deviation
constexpr double kLeastContrast = 20;   // gray steps between paper and print
constexpr double kFullContrast = 100;   // from here on toner is no concern
constexpr double kWorstBlur = 0.5;      // mm, deviation: a pen stroke of 0.4 mm keeps a third
constexpr double kLeastQuality = 0.1;
constexpr double kLeastOutlines = 0.65;  // share of the boxes, where they had to be asked

struct Part {
    double quality;
    RejectionCode code;
    std::string detail;
};

/// The ratio of the longest to the shortest millimetre in the image, at the middle of the card.
double squashed(const Homography& map, MmPoint at) {
    const PxPoint o = map.to_image(at);
    const PxPoint x = map.to_image({at.x + Mm{1}, at.y}) - o;
    const PxPoint y = map.to_image({at.x, at.y + Mm{1}}) - o;
    const double a = x.x.value, b = y.x.value, c = x.y.value, d = y.y.value;
    const double det = std::abs(a * d - b * c), sum = (a * a + b * b + c * c + d * d) / 2;
    const double root = std::sqrt(std::max(0.0, sum * sum - det * det));
    return std::sqrt((sum + root) / std::max(1e-9, sum - root));
}

/// Points that do not fit have a cause that may show elsewhere: the size or the stretch.
Part fit_part(const Registration& r, const ReadRegion& region, double image_dpi) {
    constexpr double kSmallest = 0.9, kLargest = 1.06, kStretched = 1.03;
    Part part{1 - r.worst_mm / kWorstResidual, RejectionCode::Registration, ""};
    const double size = image_dpi > 0 ? r.px_per_mm * kMmPerInch / image_dpi : 1;
    const double stretch = squashed(r.map, region.box.center());
    const std::string off =
        fmt::format("printed points are {:.2f} mm off their places, the limit is {} mm", r.worst_mm,
                    kWorstResidual);
    // half or double is a file that does not know its resolution
    if ((size < kSmallest && size > 0.5) || (size > kLargest && size < 2)) {
        part.code = RejectionCode::Scale;
        part.detail = fmt::format("{}; by the file's {:.0f} dpi the card is {:.0f} % of its size",
                                  off, image_dpi, size * 100);
    } else if (stretch > kStretched) {
        part.code = RejectionCode::Stretch;
        part.detail = fmt::format("{}; one direction is {:.1f} % longer than the other", off,
                                  (stretch - 1) * 100);
    } else {
        part.detail = off;
    }
    return part;
}

Part forecast_part(const Registration& r, const ReadRegion& region) {
    const bool has_qr = std::any_of(r.points.begin(), r.points.end(), [](const auto& p) {
        return p.used && p.kind == RegisteredPoint::Kind::QrCorner;
    });
    // Three fiducials cannot tell a slight tilt from a flat sheet. Without boxes to ask, a page
    // that is as wide as it should be is believed to be flat: the judge of marks asks those it
    // finds.
    constexpr double kFlat = 1.03;
    const bool flat = !prints_all_boxes(region) && r.fiducials >= 3 &&
                      squashed(r.map, region.box.center()) < kFlat;
    const double forecast = flat ? 0 : r.forecast_mm;
    return {1 - forecast / kWorstForecast, RejectionCode::CornerMissing,
            fmt::format("found: {} of {} fiducials, {}, {}; boxes could be {:.1f} mm off, the "
                        "limit is {} mm",
                        r.fiducials, region.fiducials.size(), has_qr ? "the QR" : "no QR",
                        r.second_code ? "the second code" : "no second code", r.forecast_mm,
                        kWorstForecast)};
}

}  // namespace

std::optional<Rejection> judge_registration(Registration& r, const ReadRegion& region,
                                            double image_dpi) {
    const double contrast = r.tones.contrast();
    const std::array parts{
        fit_part(r, region, image_dpi), forecast_part(r, region),
        Part{(contrast - kLeastContrast) / (kFullContrast - kLeastContrast), RejectionCode::Toner,
             fmt::format("print is {:.0f} of 255 gray steps darker than paper, marks need {:.0f}",
                         contrast,
                         kLeastContrast + kLeastQuality * (kFullContrast - kLeastContrast))},
        Part{1 - r.blur_mm / kWorstBlur, RejectionCode::Blur,
             fmt::format("edges are blurred over {:.2f} mm, the limit is {:.2f} mm", r.blur_mm,
                         kWorstBlur * (1 - kLeastQuality))}};
    const Part& weakest =
        *std::min_element(parts.begin(), parts.end(),
                          [](const Part& a, const Part& b) { return a.quality < b.quality; });
    r.quality = std::clamp(weakest.quality, 0.0, 1.0);
    if (!(weakest.quality >= kLeastQuality)) return Rejection{weakest.code, "", weakest.detail};
    if (r.outlines && *r.outlines < kLeastOutlines) {
        return Rejection{
            RejectionCode::Registration, "",
            fmt::format("{:.0f} % of the printed boxes are where they should be, {:.0f} % are "
                        "needed",
                        *r.outlines * 100, kLeastOutlines * 100)};
    }
    return std::nullopt;
}

}  // namespace verso::scanner
