// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/degrade.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "scanner/lab/paper_effects.h"
#include "scanner/lab/scanner_effects.h"

namespace verso::scanner::lab {

namespace {

constexpr double kPi = 3.141592653589793;
using Corners = std::array<cv::Point2d, 4>;

cv::Mat view(const GrayImage& image) {
    // OpenCV has no view of constant pixels; this one is only read.
    return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}
cv::Mat view(GrayImage& image) { return {image.height, image.width, CV_8UC1, image.pixels.data()}; }

/// Where the four corners of the card go, in px about its middle.
Corners place_corners(const MmBox& card, const Profile& profile, double px_per_mm, Rng& rng) {
    const double turn = rng.chance(profile.turned) ? 90.0 * (1 + rng.below(3)) : 0;
    const double angle = (turn + rng.in(profile.rotation_degrees)) * kPi / 180;
    const double sx = px_per_mm * rng.in(profile.scale), sy = px_per_mm * rng.in(profile.scale);
    Corners corners;
    for (std::size_t i = 0; i < 4; ++i) {
        const MmPoint from = card.corners().at(i) - card.center();
        const double tilt_x = profile.perspective * rng.in(-1, 1),
                     tilt_y = profile.perspective * rng.in(-1, 1);
        const double x = (from.x.value + tilt_x * card.w.value) * sx;
        const double y = (from.y.value + tilt_y * card.h.value) * sy;
        corners.at(i) = {x * std::cos(angle) - y * std::sin(angle),
                         x * std::sin(angle) + y * std::cos(angle)};
    }
    return corners;
}

struct Placement {
    Homography page_to_image;
    int width = 0, height = 0;
};

Placement place(const MmBox& card, const Profile& profile, double out_dpi, Rng& rng) {
    const double px_per_mm = out_dpi / kMmPerInch;
    Corners corners = place_corners(card, profile, px_per_mm, rng);
    double left = 0, top = 0, right = 0, bottom = 0;
    for (const auto& c : corners) {
        left = std::min(left, c.x), right = std::max(right, c.x);
        top = std::min(top, c.y), bottom = std::max(bottom, c.y);
    }
    const auto margin = [&] { return rng.in(profile.margin_mm) * px_per_mm; };
    const double shift_x = margin() - left, shift_y = margin() - top;
    std::array<PointPair, 4> pairs;
    for (std::size_t i = 0; i < 4; ++i) {
        pairs.at(i) = {card.corners().at(i),
                       {Px{corners.at(i).x + shift_x}, Px{corners.at(i).y + shift_y}}};
    }
    const auto map = fit_homography(pairs);
    assert(map.has_value());
    return {*map, static_cast<int>(right + shift_x + margin()),
            static_cast<int>(bottom + shift_y + margin())};
}

cv::Matx33d matrix_of(const Homography& map) { return cv::Matx33d(map.matrix().data()); }

/// The page resampled into the output, white beyond its edges. A page rastered much finer is first
/// averaged down, else thin lines would flicker.
GrayImage resample(const GrayImage& page, const Homography& page_to_raster,
                   const Placement& placement, MmPoint middle) {
    cv::Mat source = view(page);
    cv::Matx33d raster = matrix_of(page_to_raster);
    const double ratio = page_to_raster.scale_at(middle) / placement.page_to_image.scale_at(middle);
    if (ratio > 1.4) {
        cv::Mat smaller;
        cv::resize(source, smaller, {}, 1 / ratio, 1 / ratio, cv::INTER_AREA);
        const double fx = double(smaller.cols) / source.cols,
                     fy = double(smaller.rows) / source.rows;
        raster = cv::Matx33d(fx, 0, 0, 0, fy, 0, 0, 0, 1) * raster;
        source = smaller;
    }
    // Maps here put the corner of the first pixel at 0, OpenCV puts its middle there.
    const cv::Matx33d to_corner(1, 0, 0.5, 0, 1, 0.5, 0, 0, 1),
        to_middle(1, 0, -0.5, 0, 1, -0.5, 0, 0, 1);
    const cv::Matx33d whole =
        to_middle * matrix_of(placement.page_to_image) * raster.inv() * to_corner;
    GrayImage out{placement.width, placement.height, 0, {}};
    out.pixels.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
    cv::Mat picture = view(out);
    cv::warpPerspective(source, picture, whole, picture.size(), cv::INTER_LINEAR,
                        cv::BORDER_CONSTANT, 255);
    return out;
}

/// The outline of the piece of paper: cut beside the card's edges, perhaps with a corner torn off.
std::vector<cv::Point> cut_outline(const MmBox& card, const Profile& profile, const Homography& map,
                                   int shift, Rng& rng) {
    std::vector<MmPoint> outline;
    const bool torn = rng.chance(profile.torn_corner);
    const std::size_t torn_corner = static_cast<std::size_t>(rng.below(4));
    const auto corners = card.corners();
    for (std::size_t i = 0; i < 4; ++i) {
        const auto slip = [&] { return Mm{rng.in(-profile.cut_mm, profile.cut_mm)}; };
        const MmPoint corner = corners.at(i) + MmPoint{slip(), slip()};
        if (!torn || i != torn_corner) {
            outline.push_back(corner);
            continue;
        }
        const MmPoint before = corners.at((i + 3) % 4), after = corners.at((i + 1) % 4);
        const double share = rng.in(0.08, 0.22);
        const auto toward = [&](MmPoint to, double k) {
            return MmPoint{corner.x + (to.x - corner.x) * k, corner.y + (to.y - corner.y) * k};
        };
        outline.push_back(toward(before, share));
        const MmPoint inner = toward(card.center(), share * rng.in(0.3, 0.7));
        outline.push_back({inner.x + Mm{rng.normal()}, inner.y + Mm{rng.normal()}});
        outline.push_back(toward(after, share * rng.in(0.7, 1.3)));
    }
    std::vector<cv::Point> out;
    const double unit = 1 << shift;
    for (const MmPoint& p : outline) {
        const PxPoint at = map.to_image(p);
        out.emplace_back(static_cast<int>(std::lround((at.x.value - 0.5) * unit)),
                         static_cast<int>(std::lround((at.y.value - 0.5) * unit)));
    }
    return out;
}

/// Lays the paper on the bed, with the thin shadow of its edge.
void lay_on_bed(GrayImage& paper, GrayImage bed, const std::vector<cv::Point>& outline, int shift,
                double px_per_mm, Rng& rng) {
    cv::Mat mask = cv::Mat::zeros(paper.height, paper.width, CV_8UC1);
    cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{outline}, 255, cv::LINE_AA, shift);
    cv::Mat shadow;
    cv::GaussianBlur(mask, shadow, {}, 0.35 * px_per_mm);
    const double depth = rng.in(0.1, 0.45);
    for (int y = 0; y < paper.height; ++y) {
        const auto* inside = mask.ptr<std::uint8_t>(y);
        const auto* dark =
            shadow.ptr<std::uint8_t>(std::max(0, y - static_cast<int>(0.3 * px_per_mm)));
        std::uint8_t* row = paper.row(y);
        for (int x = 0; x < paper.width; ++x) {
            const double ground = bed.row(y)[x] * (1 - depth * dark[x] / 255);
            row[x] =
                static_cast<std::uint8_t>((row[x] * inside[x] + ground * (255 - inside[x])) / 255);
        }
    }
}

CardArea area_of(const MmBox& card, const Homography& map) {
    CardArea area{1e9, 1e9, 0, 0, map.scale_at(card.center())};
    double right = 0, bottom = 0;
    for (const MmPoint& corner : card.corners()) {
        const PxPoint p = map.to_image(corner);
        area.x = std::min(area.x, p.x.value), right = std::max(right, p.x.value);
        area.y = std::min(area.y, p.y.value), bottom = std::max(bottom, p.y.value);
    }
    area.w = right - area.x;
    area.h = bottom - area.y;
    return area;
}

void wear(GrayImage& image, const CardArea& card, const Profile& profile, Rng& rng) {
    if (const double toner = rng.in(profile.toner); toner < 1) fade_toner(image, toner, rng);
    if (rng.chance(profile.fold)) add_fold(image, card, rng);
    if (rng.chance(profile.stain)) add_stain(image, card, rng);
    if (rng.chance(profile.postmark)) add_postmark(image, card, rng);
    add_specks(image, card, static_cast<int>(rng.in(profile.specks)), rng);
}

}  // namespace

Homography raster_map(double dpi) {
    const double k = dpi / kMmPerInch;
    return Homography({k, 0, 0, 0, k, 0, 0, 0, 1});
}

Degraded degrade(const GrayImage& page, const Homography& page_to_image, const MmBox& card,
                 const Profile& profile, double out_dpi, std::uint64_t seed) {
    assert(!page.empty() && out_dpi >= 50 && out_dpi <= 1200);
    constexpr int kShift = 4;  // fraction bits of the outline
    Rng rng(seed);
    const Placement placement = place(card, profile, out_dpi, rng);
    const CardArea area = area_of(card, placement.page_to_image);
    GrayImage image = resample(page, page_to_image, placement, card.center());
    wear(image, area, profile, rng);
    const auto outline = cut_outline(card, profile, placement.page_to_image, kShift, rng);
    const Bed bed = profile.beds.empty() ? Bed::White
                                         : profile.beds.at(static_cast<std::size_t>(
                                               rng.below(static_cast<int>(profile.beds.size()))));
    lay_on_bed(image, make_bed(image.width, image.height, bed, rng), outline, kShift,
               area.px_per_mm, rng);
    see(image, profile, rng);
    image.dpi = out_dpi;
    return {std::move(image), placement.page_to_image};
}

}  // namespace verso::scanner::lab
