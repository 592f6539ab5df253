// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/card_builder.h"

#include <algorithm>
#include <cmath>

#include "scanner/registration/fiducial_finder.h"
#include "scanner/registration/outline_points.h"
#include "scanner/registration/registration_verdict.h"

namespace verso::scanner {

namespace {

using Kind = RegisteredPoint::Kind;

double distance(MmPoint a, MmPoint b) { return std::hypot((a.x - b.x).value, (a.y - b.y).value); }

MmPoint mean_page(const std::vector<PointPair>& pairs) {
    MmPoint sum{};
    for (const auto& pair : pairs) sum = sum + pair.page;
    return {sum.x / double(pairs.size()), sum.y / double(pairs.size())};
}

}  // namespace

RegistrationOutcome refused(RejectionCode code, std::string detail) {
    return {std::nullopt, Rejection{code, "", std::move(detail)}};
}

std::optional<CodePlace> place_of(const ReadRegion& region, CodeKind kind) {
    const CodeRegion* code = region.find_code(kind);
    if (code == nullptr) return std::nullopt;
    return CodePlace{kind, code->box, region.rotation / 90 % 4};
}

void CardBuilder::add(Kind kind, int landmark, const std::vector<PointPair>& pairs) {
    // the four corners of a code lie close together: what bends the paper there, bends them all
    const double weight = kind == Kind::Fiducial ? 1.0 : 0.4;
    for (auto pair : pairs) {
        pair.weight *= weight;
        points_.push_back({kind, pair, 0, true});
        pairs_.push_back(pair);
        landmarks_.push_back(landmark);
    }
}

bool CardBuilder::has(int landmark) const {
    return std::find(landmarks_.begin(), landmarks_.end(), landmark) != landmarks_.end();
}

std::optional<CardBuilder::Forecast> CardBuilder::forecast_at(MmPoint page) const {
    constexpr double kGuideError = 0.3;
    if (guide_) return Forecast{*guide_, kGuideError};
    const auto plane = fit_plane(pairs_);
    if (!plane) return std::nullopt;
    return Forecast{plane->map(), plane->error_mm(page)};
}

/// From the nearest to the farthest, each found one making the forecast of the next better, as far
/// round that place as the forecast may be off.
void CardBuilder::look_for_fiducials() {
    constexpr double kLeastReach = 1.2, kMostReach = 7, kDeviations = 3;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < region_.fiducials.size(); ++i) {
        if (!has(kFirstFiducialLandmark + int(i))) order.push_back(i);
    }
    const MmPoint from = mean_page(pairs_);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return distance(region_.fiducials[a].center(), from) <
               distance(region_.fiducials[b].center(), from);
    });
    for (std::size_t i : order) {
        const MmBox& box = region_.fiducials[i];
        const auto forecast = forecast_at(box.center());
        if (!forecast) return;
        const double error = forecast->error_mm * kDeviations;
        const double reach = std::clamp(kLeastReach + error, kLeastReach, kMostReach);
        const double wide = std::min(kMostReach, 2 * reach + 1);
        auto found = find_fiducial(image_, forecast->map, tones_, box, Mm{reach});
        if (!found) found = find_fiducial(image_, forecast->map, tones_, box, Mm{wide});
        if (found) add(Kind::Fiducial, kFirstFiducialLandmark + int(i), {found->centre});
    }
}

int CardBuilder::fiducials() const {
    return int(std::count_if(landmarks_.begin(), landmarks_.end(),
                             [](int landmark) { return landmark >= kFirstFiducialLandmark; }));
}

bool CardBuilder::try_fiducial(std::size_t index, const SquareCandidate& square) {
    constexpr double kDeviations = 4, kLeast = 3, kMost = 50, kSideTolerance = 0.4;
    constexpr double kLight = 0.1;  // its weight until it is measured
    const MmBox& box = region_.fiducials.at(index);
    const auto forecast = forecast_at(box.center());
    if (!forecast || has(kFirstFiducialLandmark + int(index))) return false;
    const double off = distance(forecast->map.to_page(square.centre), box.center());
    if (!(off <= std::clamp(kDeviations * forecast->error_mm, kLeast, kMost))) return false;
    auto with = pairs_;
    with.push_back({box.center(), square.centre, kLight});
    const auto there = fit_plane(with);
    if (!there) return false;
    const double side = there->map().scale_at(box.center()) * box.w.value;
    if (std::abs(square.side / side - 1) > kSideTolerance) return false;
    const auto found = find_fiducial(image_, there->map(), tones_, box, Mm{1.5});
    if (!found) return false;
    add(Kind::Fiducial, kFirstFiducialLandmark + int(index), {found->centre});
    return true;
}

void CardBuilder::look_for_second_code() {
    constexpr Mm kSlack{2.5};
    const auto place = place_of(region_, CodeKind::DataMatrix);
    if (!place || has(kDataMatrixLandmark)) return;
    const auto forecast = forecast_at(place->box.center());
    if (!forecast) return;
    auto found = read_code_at(image_, forecast->map, *place, kSlack, Effort::Usual);
    if (!found) return;
    second_code_ = std::move(found->code);
    if (!found->grid) return;
    add(Kind::DataMatrix, kDataMatrixLandmark,
        {found->grid->corners.begin(), found->grid->corners.end()});
    if (blur_mm_ <= 0) blur_mm_ = found->grid->blur_mm;
}

void CardBuilder::look_for_first_code() {
    constexpr Mm kSlack{3.5};
    const auto place = place_of(region_, CodeKind::Qr);
    if (!place || has(kQrLandmark)) return;
    const auto forecast = forecast_at(place->box.center());
    if (!forecast) return;
    auto found = read_code_at(image_, forecast->map, *place, kSlack, Effort::Thorough);
    if (!found) return;
    first_code_ = std::move(found->code);
    const auto rough = map_by_corners(*place, first_code_->corners);
    if (!rough) return;
    if (const auto measured = measure_qr(image_, *rough, place->box, place->turn)) {
        add(Kind::QrCorner, kQrLandmark, measured->points);
    }
}

Registration CardBuilder::registration(const RobustFit& fit) const {
    Registration out;
    out.map = fit.map;
    out.tones = tones_;
    out.points = points_;
    out.worst_mm = fit.worst_mm;
    out.px_per_mm = fit.map.scale_at(region_.box.center());
    out.blur_mm = blur_mm_;
    out.outlines = outlines_;
    out.first_code = first_code_;
    out.second_code = second_code_;
    for (std::size_t i = 0; i < out.points.size(); ++i) {
        auto& point = out.points[i];
        point.residual_mm = fit.residual_mm.at(i);
        point.used = fit.used.at(i);
        if (point.used && point.kind == Kind::Fiducial) ++out.fiducials;
    }
    return out;
}

/// How far off the map may be at the worst mark box, by the points that it uses.
double CardBuilder::worst_forecast(const RobustFit& fit) const {
    constexpr double kUnknown = 1e9;
    std::vector<PointPair> used;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
        if (fit.used.at(i)) used.push_back(pairs_[i]);
    }
    const auto forecast = fit_plane(used);
    if (!forecast) return kUnknown;
    double worst = 0;
    for (const auto& question : region_.questions) {
        for (const auto& option : question.options) {
            worst = std::max(worst, forecast->error_mm(option.box.center()));
        }
    }
    return worst;
}

/// Where points are only on one side of the card, boxes near them are taken first, then those that
/// the better map foresees well enough. No box is looked for where the next one might be found.
Homography CardBuilder::grown_map(const Homography& start) const {
    constexpr int kRounds = 5;
    constexpr double kReach = 3.8, kDeviations = 3, kFits = 0.6;  // mm
    std::vector<PointPair> points = pairs_;
    Homography map = start;
    std::size_t known = 0;
    for (int round = 0; round < kRounds; ++round) {
        const auto plane = fit_plane(points);
        if (!plane) return map;
        const auto wanted = [&](MmPoint at) { return plane->error_mm(at) * kDeviations < kReach; };
        auto outlines = find_outlines(image_, plane->map(), region_, tones_, Mm{kReach}, wanted);
        if (outlines.size() <= known) return map;
        known = outlines.size();
        points = pairs_;
        points.insert(points.end(), outlines.begin(), outlines.end());
        const auto fit = fit_many(points, plane->map(), kFits);
        if (!fit) return map;
        map = fit->map;
        for (std::size_t i = points.size(); i-- > pairs_.size();) {
            if (!fit->used[i]) points.erase(points.begin() + std::ptrdiff_t(i));
        }
    }
    return map;
}

/// Takes the printed boxes as points too, in two steps: from as far as the map may be off, and
/// close. False, and the fit as it was, when too few of them are there.
bool CardBuilder::ask_outlines(RobustFit& fit) {
    constexpr double kFar = 3.8, kClose = 1.2, kFits = 0.45;  // mm
    constexpr double kBelieved = 0.65;  // share of the boxes; a row off, half of them fit too
    if (!prints_all_boxes(region_)) return false;
    constexpr int kLeastLandmarks = 2;  // that agree: boxes alone may be a row off
    Homography map = guide_ ? *guide_ : grown_map(fit.map);
    for (double reach : {kFar, kClose}) {
        const auto outlines = find_outlines(image_, map, region_, tones_, Mm{reach}, {});
        std::vector<PointPair> all = pairs_;
        all.insert(all.end(), outlines.begin(), outlines.end());
        const auto refined = fit_many(all, map, kFits);
        if (!refined) return false;
        map = refined->map;
        if (reach == kFar) continue;
        const auto first = refined->used.begin() + std::ptrdiff_t(pairs_.size());
        outlines_ =
            double(std::count(first, refined->used.end(), true)) / std::max(1, box_count(region_));
        if (*outlines_ < kBelieved || landmarks_used(*refined) < kLeastLandmarks) return false;
        fit = *refined;
        pairs_ = std::move(all);
        for (const auto& outline : outlines) points_.push_back({Kind::Outline, outline, 0, true});
    }
    return true;
}

/// How many codes and fiducials agree with a fit.
int CardBuilder::landmarks_used(const RobustFit& fit) const {
    std::vector<int> seen;
    for (std::size_t i = 0; i < landmarks_.size(); ++i) {
        const bool known = std::find(seen.begin(), seen.end(), landmarks_[i]) != seen.end();
        if (fit.used.at(i) && !known) seen.push_back(landmarks_[i]);
    }
    return int(seen.size());
}

std::optional<RobustFit> CardBuilder::first_fit() const {
    if (!guide_) return fit_robustly(pairs_, landmarks_);
    RobustFit out{*guide_, {}, {}, 0};
    out.residual_mm.assign(pairs_.size(), 0);
    out.used.assign(pairs_.size(), true);
    return out;
}

RegistrationOutcome CardBuilder::finish() {
    constexpr double kDoubtfulFit = 0.3, kDoubtfulForecast = 0.2;  // mm
    auto fit = first_fit();
    if (!fit) {
        return refused(RejectionCode::CornerMissing, "the points found do not place the card");
    }
    if (guide_ || fit->worst_mm > kDoubtfulFit || worst_forecast(*fit) > kDoubtfulForecast) {
        ask_outlines(*fit);
    }
    RegistrationOutcome out{registration(*fit), std::nullopt};
    out.registration->forecast_mm = worst_forecast(*fit);
    out.fault = judge_registration(*out.registration, region_, image_.dpi);
    return out;
}

}  // namespace verso::scanner
