// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/card_registration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scanner/registration/fiducial_finder.h"
#include "scanner/registration/fiducial_match.h"
#include "scanner/registration/robust_fit.h"
#include "scanner/registration/second_code.h"

namespace verso::scanner {

namespace {

using Kind = RegisteredPoint::Kind;

// The largest residual, in mm, of a map that marks are judged by. Boxes are then found within
// 0.6 mm by their own outlines (marks/box_alignment.h), which leaves a margin of two.
constexpr double kWorstResidual = 0.6;
constexpr Mm kCodeSlack{2.5};

RegistrationOutcome refused(RejectionCode code, std::string detail) {
    return {std::nullopt, Rejection{code, "", std::move(detail)}};
}

struct Builder {
    const GrayImage& image;
    const ReadRegion& region;
    std::vector<RegisteredPoint> points;
    Tones tones;
    std::optional<FoundCode> second_code;

    std::vector<PointPair> pairs() const {
        std::vector<PointPair> out;
        for (const auto& point : points) out.push_back(point.pair);
        return out;
    }
    void add(Kind kind, const PointPair& pair) { points.push_back({kind, pair, 0, true}); }
    void look_for_fiducials(const Homography& tilted);
    void look_for_second_code(const Homography& map);
    RegistrationOutcome finish() const;
    Registration fitted(const RobustFit& fit) const;
};

double distance(MmPoint a, MmPoint b) { return std::hypot((a.x - b.x).value, (a.y - b.y).value); }

MmPoint mean_page(const std::vector<RegisteredPoint>& points) {
    MmPoint sum{};
    for (const auto& point : points) sum = sum + point.pair.page;
    return {sum.x / double(points.size()), sum.y / double(points.size())};
}

/// From the nearest to the farthest, each found one making the forecast of the next better.
/// `tilted` is the map by the QR's four corners alone: coarser, but it knows about perspective.
void Builder::look_for_fiducials(const Homography& tilted) {
    constexpr Mm kReachFlat{3.0}, kReachTilted{6.0};
    std::vector<MmBox> boxes = region.fiducials;
    const MmPoint from = mean_page(points);
    std::sort(boxes.begin(), boxes.end(), [&](const MmBox& a, const MmBox& b) {
        return distance(a.center(), from) < distance(b.center(), from);
    });
    for (const auto& box : boxes) {
        const auto flat = fit_robustly(pairs());
        std::optional<PointPair> found;
        if (flat) found = find_fiducial(image, flat->map, tones, box, kReachFlat);
        if (!found) found = find_fiducial(image, tilted, tones, box, kReachTilted);
        if (found) add(Kind::Fiducial, *found);
    }
}

void Builder::look_for_second_code(const Homography& map) {
    constexpr double kCoarse = 0.2;  // weight: its corners are whole pixels of a crop
    const CodeRegion* code = region.find_code(CodeKind::DataMatrix);
    if (code == nullptr) return;
    second_code = read_second_code(image, map, code->box, kCodeSlack);
    if (!second_code) return;
    PxPoint centre{};
    for (const auto& corner : second_code->corners) centre = centre + corner;
    add(Kind::DataMatrix, {code->box.center(), {centre.x / 4, centre.y / 4}, kCoarse});
}

Registration Builder::fitted(const RobustFit& fit) const {
    Registration out{fit.map, tones, points, fit.worst_mm, 0, 0, second_code};
    out.px_per_mm = fit.map.scale_at(region.box.center());
    for (std::size_t i = 0; i < out.points.size(); ++i) {
        auto& point = out.points[i];
        point.residual_mm = fit.residual_mm.at(i);
        point.used = fit.left_out != i;
        if (point.used && point.kind == Kind::Fiducial) ++out.fiducials;
    }
    return out;
}

RegistrationOutcome Builder::finish() const {
    const auto fit = fit_robustly(pairs());
    if (!fit) return refused(RejectionCode::Registration, "the points found do not place the card");
    RegistrationOutcome out{fitted(*fit), std::nullopt};
    const int far_points = out.registration->fiducials + (second_code ? 1 : 0);
    constexpr int kLeastFarPoints = 2;  // with the code's own they pin all of the card down
    if (far_points < kLeastFarPoints) {
        out.fault = Rejection{RejectionCode::CornerMissing, "",
                              fmt::format("{} of {} fiducials found", out.registration->fiducials,
                                          region.fiducials.size())};
    } else if (fit->worst_mm > kWorstResidual) {
        out.fault = Rejection{
            RejectionCode::Registration, "",
            fmt::format("printed points are {:.2f} mm off their places, the limit is {} mm",
                        fit->worst_mm, kWorstResidual)};
    }
    return out;
}

/// The page-to-image map by the four corners that the decoder gave.
std::optional<Homography> rough_map(const MmBox& box, const FoundCode& code, int turn) {
    std::vector<PointPair> pairs;
    const auto corners = box.corners();
    for (std::size_t i = 0; i < 4; ++i) {
        pairs.push_back({corners[(i + std::size_t(turn)) % 4], code.corners[i], 1.0});
    }
    return fit_homography(pairs);
}

RegistrationOutcome register_turned(const GrayImage& image, const ReadRegion& region,
                                    const MmBox& box, const FoundCode& qr, int turn) {
    const auto rough = rough_map(box, qr, turn);
    if (!rough) return refused(RejectionCode::Registration, "the QR is squashed to a line");
    const auto measured = measure_qr(image, *rough, box, turn);
    if (!measured)
        return refused(RejectionCode::Registration, "the QR's finder patterns are damaged");
    Builder builder{image, region, {}, measured->tones, std::nullopt};
    for (const auto& pair : measured->finders) builder.add(Kind::QrFinder, pair);
    builder.look_for_fiducials(*rough);
    if (const auto fit = fit_robustly(builder.pairs())) {
        builder.look_for_second_code(fit->map);
    }
    return builder.finish();
}

int far_points(const RegistrationOutcome& outcome) {
    if (!outcome.registration) return -1;
    return outcome.registration->fiducials + (outcome.registration->second_code ? 1 : 0);
}

}  // namespace

RegistrationOutcome register_by_qr(const GrayImage& image, const ReadRegion& region,
                                   const FoundCode& qr) {
    const CodeRegion* code = region.find_code(CodeKind::Qr);
    if (code == nullptr)
        return refused(RejectionCode::Registration, "the layout has no QR on this region");
    // The symbol stands as the region does; other turns are tried in case a template turned it.
    auto best = refused(RejectionCode::Registration, "the QR could not be placed");
    for (int quarter = 0; quarter < 4; ++quarter) {
        const int turn = (region.rotation / 90 + quarter) % 4;
        auto outcome = register_turned(image, region, code->box, qr, turn);
        if (!outcome.fault) return outcome;
        if (quarter == 0 || far_points(outcome) > far_points(best)) best = std::move(outcome);
    }
    return best;
}

RegistrationOutcome register_by_fiducials(const GrayImage& image, const ReadRegion& region,
                                          const std::vector<PxPoint>& candidates) {
    for (const auto& match : match_fiducials(region.fiducials, candidates)) {
        Builder builder{image, region, {}, estimate_tones(image, match, region), std::nullopt};
        const auto rough = fit_affine(match);
        if (!rough) continue;
        for (const auto& box : region.fiducials) {
            const auto found = find_fiducial(image, *rough, builder.tones, box, Mm{1.5});
            if (found) builder.add(Kind::Fiducial, *found);
        }
        if (builder.points.size() < 3) continue;
        const auto fit = fit_robustly(builder.pairs());
        if (!fit) continue;
        builder.look_for_second_code(fit->map);
        return builder.finish();
    }
    return refused(RejectionCode::Registration,
                   "no three dark squares stand as the fiducials of this layout");
}

std::array<PxPoint, 4> card_corners(const ReadRegion& region, const Homography& map) {
    const auto corners = region.box.corners();
    std::array<PxPoint, 4> out{};
    for (std::size_t i = 0; i < 4; ++i) {
        out[i] = map.to_image(corners[(i + std::size_t(region.rotation / 90)) % 4]);
    }
    return out;
}

}  // namespace verso::scanner
