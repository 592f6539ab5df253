// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/card_registration.h"

#include <algorithm>
#include <utility>

#include "scanner/registration/card_builder.h"
#include "scanner/registration/fiducial_finder.h"
#include "scanner/registration/image_probe.h"
#include "scanner/registration/outline_points.h"

namespace verso::scanner {

namespace {

using Kind = RegisteredPoint::Kind;

RegistrationOutcome register_turned(const GrayImage& image, const ReadRegion& region,
                                    const CodePlace& place, const FoundCode& qr) {
    const auto rough = map_by_corners(place, qr.corners);
    if (!rough) return refused(RejectionCode::Registration, "the QR is squashed to a line");
    const auto measured = measure_qr(image, *rough, place.box, place.turn);
    if (!measured) {
        return refused(RejectionCode::Registration, "the QR's finder patterns are damaged");
    }
    CardBuilder builder(image, region, measured->tones);
    builder.set_blur(measured->blur_mm);
    builder.add(Kind::QrCorner, kQrLandmark, measured->points);
    builder.look_for_fiducials();
    builder.look_for_second_code();
    builder.look_for_fiducials();
    return builder.finish();
}

int far_points(const RegistrationOutcome& outcome) {
    if (!outcome.registration) return -1;
    return outcome.registration->fiducials + (outcome.registration->second_code ? 1 : 0);
}

/// Paper and print of a Data Matrix: its solid left bar and the quiet zone beside it.
Tones tones_of(const GrayImage& image, const CodePlace& place, const SymbolGrid& grid) {
    const auto map = fit_homography(grid.corners);
    if (!map) return {};
    const MmBox& box = place.box;
    const Mm pitch{box.w.value / grid.modules};
    std::vector<float> darks, lights;
    for (int i = 0; i < grid.modules * grid.modules; ++i) {
        const Mm x = box.x + pitch * (i % grid.modules + 0.5);
        const Mm y = box.y + pitch * (i / grid.modules + 0.5);
        darks.push_back(probe(image, map->to_image({x, y})));
    }
    for (const MmBox& round : {box.grown(Mm{1.0}), box.grown(Mm{1.4})}) {
        for (double k = 0; k < 1; k += 0.05) {
            lights.push_back(probe(image, map->to_image({round.x + round.w * k, round.y})));
            lights.push_back(probe(image, map->to_image({round.right(), round.y + round.h * k})));
            lights.push_back(probe(image, map->to_image({round.x + round.w * k, round.bottom()})));
            lights.push_back(probe(image, map->to_image({round.x, round.y + round.h * k})));
        }
    }
    // half of the modules are dark: the median of those is the lower quarter of all
    std::sort(darks.begin(), darks.end());
    std::sort(lights.begin(), lights.end());
    return {lights[lights.size() / 2], darks[darks.size() / 5]};
}

/// The fiducials that a match takes for its own, measured.
struct MatchedSquares {
    Tones tones;
    std::vector<std::pair<int, FoundFiducial>> fiducials;  ///< with their index in the region
};

std::optional<MatchedSquares> measure_match(const GrayImage& image, const ReadRegion& region,
                                            const std::vector<PointPair>& match) {
    constexpr Mm kReach{1.5};
    constexpr double kTolerance = 0.4;  // an affine map shows no perspective yet
    const auto rough = map_of_match(match);
    if (!rough) return std::nullopt;
    MatchedSquares out{estimate_tones(image, *rough, match, region), {}};
    for (std::size_t i = 0; i < region.fiducials.size(); ++i) {
        const MmBox& box = region.fiducials[i];
        const bool matched = std::any_of(match.begin(), match.end(), [&](const PointPair& pair) {
            return pair.page == box.center();
        });
        if (!matched) continue;
        const auto found = find_fiducial(image, *rough, out.tones, box, kReach, kTolerance);
        if (!found) return std::nullopt;
        out.fiducials.emplace_back(int(i), *found);
    }
    return out;
}

/// The squares' own corners say how the card is turned and tilted; then half of the mark boxes must
/// be where that puts them.
std::optional<Homography> confirm_by_boxes(const GrayImage& image, const ReadRegion& region,
                                           const MatchedSquares& squares) {
    constexpr double kCornerWeight = 0.05, kFits = 0.6;  // mm
    constexpr double kBelieved = 0.65;                   // share of the boxes
    constexpr std::size_t kPointsOfSquare = 5;
    constexpr Mm kReach{3.8};
    std::vector<PointPair> points;
    for (const auto& [index, found] : squares.fiducials) {
        points.push_back(found.centre);
        for (auto corner : found.corners) {
            corner.weight = kCornerWeight;
            points.push_back(corner);
        }
    }
    const auto tilted = fit_plane(points);
    if (!tilted) return std::nullopt;
    const auto outlines = find_outlines(image, tilted->map(), region, squares.tones, kReach, {});
    if (double(outlines.size()) < kBelieved * box_count(region)) return std::nullopt;
    points.insert(points.end(), outlines.begin(), outlines.end());
    const auto fit = fit_many(points, tilted->map(), kFits);
    if (!fit) return std::nullopt;
    const auto first = fit->used.end() - std::ptrdiff_t(outlines.size());
    if (double(std::count(first, fit->used.end(), true)) < kBelieved * box_count(region)) {
        return std::nullopt;
    }
    // the squares' middles must agree, else the boxes may be a row off
    for (std::size_t i = 0; i < squares.fiducials.size() * kPointsOfSquare; i += kPointsOfSquare) {
        if (!fit->used[i]) return std::nullopt;
    }
    return fit->map;
}

RegistrationOutcome gather_and_finish(CardBuilder builder) {
    builder.look_for_fiducials();
    builder.look_for_first_code();
    builder.look_for_fiducials();
    return builder.finish();
}

/// A Data Matrix says little about the far end of a tilted card: there the dark squares of the
/// image are tried one by one as the next fiducial, until all fits.
RegistrationOutcome finish_by_second_code(const GrayImage& image, const ReadRegion& region,
                                          CardBuilder builder) {
    constexpr int kMostTries = 12;
    auto first = gather_and_finish(builder);
    if (!first.fault) return first;
    builder.look_for_fiducials();
    int tries = 0;
    for (const auto& square : fiducial_candidates(image)) {
        for (std::size_t i = 0; i < region.fiducials.size() && tries < kMostTries; ++i) {
            CardBuilder with = builder;
            if (!with.try_fiducial(i, square)) continue;
            ++tries;
            auto outcome = gather_and_finish(std::move(with));
            if (!outcome.fault) return outcome;
        }
    }
    return first;
}

}  // namespace

RegistrationOutcome register_by_qr(const GrayImage& image, const ReadRegion& region,
                                   const FoundCode& qr) {
    auto place = place_of(region, CodeKind::Qr);
    if (!place) {
        return refused(RejectionCode::Registration, "the layout has no QR on this region");
    }
    // The symbol stands as the region does; other turns are tried in case a template turned it.
    auto best = refused(RejectionCode::Registration, "the QR could not be placed");
    for (int quarter = 0; quarter < 4; ++quarter) {
        auto outcome = register_turned(image, region, *place, qr);
        if (!outcome.fault) return outcome;
        if (quarter == 0 || far_points(outcome) > far_points(best)) best = std::move(outcome);
        if (far_points(best) >= 2) return best;  // turned wrongly it would have none
        place->turn = (place->turn + 1) % 4;
    }
    return best;
}

RegistrationOutcome register_by_second_code(const GrayImage& image, const ReadRegion& region,
                                            const FoundCode& data_matrix) {
    const auto place = place_of(region, CodeKind::DataMatrix);
    if (!place) {
        return refused(RejectionCode::Registration, "the layout has no second code on this region");
    }
    std::optional<SymbolGrid> grid;
    FoundCode code = data_matrix;
    for (int quarter = 0; quarter < 4 && !grid; ++quarter) {
        const auto rough = map_by_corners(*place, code.corners);
        if (rough) grid = measure_matrix(image, *rough, *place);
        std::rotate(code.corners.begin(), code.corners.begin() + 1, code.corners.end());
    }
    if (!grid) {
        return refused(RejectionCode::Registration, "the second code is too damaged to place by");
    }
    CardBuilder builder(image, region, tones_of(image, *place, *grid));
    builder.set_blur(grid->blur_mm);
    builder.add(Kind::DataMatrix, kDataMatrixLandmark,
                {grid->corners.begin(), grid->corners.end()});
    builder.set_second_code(data_matrix);
    return finish_by_second_code(image, region, std::move(builder));
}

RegistrationOutcome register_by_fiducials(const GrayImage& image, const ReadRegion& region,
                                          const std::vector<SquareCandidate>& candidates) {
    for (const auto& match : match_fiducials(region.fiducials, candidates)) {
        const auto squares = measure_match(image, region, match);
        if (!squares) continue;
        const auto guide = confirm_by_boxes(image, region, *squares);
        if (prints_all_boxes(region) ? !guide : squares->fiducials.size() < 3) continue;
        CardBuilder builder(image, region, squares->tones);
        for (const auto& [index, found] : squares->fiducials) {
            builder.add(Kind::Fiducial, kFirstFiducialLandmark + index, {found.centre});
        }
        if (guide && prints_all_boxes(region)) builder.set_guide(*guide);
        builder.look_for_fiducials();
        builder.look_for_second_code();
        builder.look_for_first_code();
        return builder.finish();
    }
    return refused(RejectionCode::Registration,
                   "no dark squares stand as the fiducials of this layout");
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
