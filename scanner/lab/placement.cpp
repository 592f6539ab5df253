// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/placement.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace verso::scanner::lab {

namespace {

constexpr double kPi = 3.141592653589793;

cv::Mat view(const GrayImage& image) {
    // OpenCV has no view of constant pixels; this one is only read.
    return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}
cv::Mat view(GrayImage& image) { return {image.height, image.width, CV_8UC1, image.pixels.data()}; }

/// A camera that looks at the middle of the card from `distance` mm, tilted about an axis through
/// that middle.
struct Camera {
    double distance, tilt, axis;

    /// From mm about the middle of the card to mm about the middle of the picture.
    PxPoint project(MmPoint p) const {
        const double along = p.x.value * std::cos(axis) + p.y.value * std::sin(axis);
        const double across = -p.x.value * std::sin(axis) + p.y.value * std::cos(axis);
        const double nearer = distance / (distance + across * std::sin(tilt));
        const double u = along * nearer, v = across * std::cos(tilt) * nearer;
        return {Px{u * std::cos(axis) - v * std::sin(axis)},
                Px{u * std::sin(axis) + v * std::cos(axis)}};
    }
};

Camera draw_camera(const MmBox& card, const Profile& profile, Rng& rng) {
    const double diagonal = std::hypot(card.w.value, card.h.value);
    return {diagonal * rng.in(1.6, 3), rng.in(profile.tilt_degrees) * kPi / 180,
            rng.in(0, 2 * kPi)};
}

std::array<PxPoint, 4> place_corners(const MmBox& card, const Camera& camera,
                                     const Profile& profile, double px_per_mm, Rng& rng) {
    const double turn = rng.chance(profile.turned) ? 90.0 * (1 + rng.below(3)) : 0;
    const double angle = (turn + rng.in(profile.rotation_degrees)) * kPi / 180;
    const double zoom = px_per_mm * rng.in(profile.print_scale);
    const double sx = zoom * rng.in(profile.scale), sy = zoom * rng.in(profile.scale);
    std::array<PxPoint, 4> corners;
    for (std::size_t i = 0; i < 4; ++i) {
        const PxPoint p = camera.project(card.corners().at(i) - card.center());
        const double x = p.x.value * sx, y = p.y.value * sy;
        corners.at(i) = {Px{x * std::cos(angle) - y * std::sin(angle)},
                         Px{x * std::sin(angle) + y * std::cos(angle)}};
    }
    return corners;
}

Homography fit(const MmBox& card, const std::array<PxPoint, 4>& corners, PxPoint shift) {
    std::array<PointPair, 4> pairs;
    for (std::size_t i = 0; i < 4; ++i) pairs.at(i) = {card.corners().at(i), corners.at(i) + shift};
    const auto map = fit_homography(pairs);
    assert(map.has_value());
    return *map;
}

/// Least and most of where a grid over the card shows, curled.
struct Extent {
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
};

Extent extent_of(const MmBox& card, const Homography& map, const Curl& curl) {
    constexpr int kParts = 8;
    Extent extent;
    for (int i = 0; i < (kParts + 1) * (kParts + 1); ++i) {
        const double u = double(i % (kParts + 1)) / kParts, v = double(i / (kParts + 1)) / kParts;
        const PxPoint p = map.to_image(curl.seen({card.x + card.w * u, card.y + card.h * v}));
        extent.left = std::min(extent.left, p.x.value);
        extent.top = std::min(extent.top, p.y.value);
        extent.right = std::max(extent.right, p.x.value);
        extent.bottom = std::max(extent.bottom, p.y.value);
    }
    return extent;
}

cv::Matx33d matrix_of(const Homography& map) { return cv::Matx33d(map.matrix().data()); }

/// A page and how it was rastered; much finer ones averaged down, else thin lines would flicker.
struct Source {
    cv::Mat picture;
    cv::Matx33d raster;
};

Source make_source(const GrayImage& page, const Homography& page_to_raster, double wanted,
                   MmPoint middle) {
    Source source{view(page), matrix_of(page_to_raster)};
    const double ratio = page_to_raster.scale_at(middle) / wanted;
    if (ratio <= 1.4) return source;
    cv::Mat smaller;
    cv::resize(source.picture, smaller, {}, 1 / ratio, 1 / ratio, cv::INTER_AREA);
    const double fx = double(smaller.cols) / source.picture.cols,
                 fy = double(smaller.rows) / source.picture.rows;
    source.raster = cv::Matx33d(fx, 0, 0, 0, fy, 0, 0, 0, 1) * source.raster;
    source.picture = smaller;
    return source;
}

/// Where each pixel comes from, worked out on a grid and interpolated: bends are slow.
cv::Mat bent_origins(const Placement& placement, const Homography& raster) {
    constexpr int kCell = 8;
    const int columns = placement.width / kCell + 2, rows = placement.height / kCell + 2;
    cv::Mat grid(rows, columns, CV_32FC2);
    for (int row = 0; row < rows; ++row) {
        const double y = placement.feed.steady((row + 0.5) * kCell);
        for (int column = 0; column < columns; ++column) {
            const MmPoint seen =
                placement.page_to_image.to_page({Px{(column + 0.5) * kCell}, Px{y}});
            const PxPoint from = raster.to_image(placement.curl.flat(seen));
            grid.at<cv::Vec2f>(row, column) = {float(from.x.value - 0.5),
                                               float(from.y.value - 0.5)};
        }
    }
    cv::Mat origins;
    cv::resize(grid, origins, {columns * kCell, rows * kCell}, 0, 0, cv::INTER_LINEAR);
    return origins(cv::Rect(0, 0, placement.width, placement.height));
}

}  // namespace

PxPoint Placement::seen(MmPoint page) const {
    const PxPoint p = page_to_image.to_image(curl.seen(page));
    return {p.x, Px{feed.seen(p.y.value)}};
}

Placement place(const MmBox& card, const Profile& profile, double out_dpi, Rng& rng) {
    const double px_per_mm = out_dpi / kMmPerInch;
    const Camera camera = draw_camera(card, profile, rng);
    const auto corners = place_corners(card, camera, profile, px_per_mm, rng);
    Placement placement;
    const double lean = std::tan(camera.tilt);
    placement.curl = draw_curl(profile, card, camera.distance, -lean * std::sin(camera.axis),
                               lean * std::cos(camera.axis), rng);
    const Extent extent = extent_of(card, fit(card, corners, {}), placement.curl);
    const auto margin = [&] { return rng.in(profile.margin_mm) * px_per_mm; };
    const PxPoint shift{Px{margin() - extent.left}, Px{margin() - extent.top}};
    placement.page_to_image = fit(card, corners, shift);
    placement.width = static_cast<int>(extent.right + shift.x.value + margin());
    const double height = extent.bottom + shift.y.value + margin();
    placement.feed = draw_feed(profile, height, px_per_mm, rng);
    placement.height = static_cast<int>(placement.feed.seen(height));
    return placement;
}

GrayImage resample(const GrayImage& page, const Homography& page_to_raster,
                   const Placement& placement, MmPoint middle) {
    const Source source =
        make_source(page, page_to_raster, placement.page_to_image.scale_at(middle), middle);
    GrayImage out{placement.width, placement.height, 0, {}};
    out.pixels.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
    cv::Mat picture = view(out);
    if (!placement.is_straight()) {
        std::array<double, 9> raster{};
        std::copy_n(source.raster.val, raster.size(), raster.begin());
        cv::remap(source.picture, picture, bent_origins(placement, Homography(raster)),
                  cv::noArray(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, 255);
        return out;
    }
    // Maps here put the corner of the first pixel at 0, OpenCV puts its middle there.
    const cv::Matx33d to_corner(1, 0, 0.5, 0, 1, 0.5, 0, 0, 1),
        to_middle(1, 0, -0.5, 0, 1, -0.5, 0, 0, 1);
    const cv::Matx33d whole =
        to_middle * matrix_of(placement.page_to_image) * source.raster.inv() * to_corner;
    cv::warpPerspective(source.picture, picture, whole, picture.size(), cv::INTER_LINEAR,
                        cv::BORDER_CONSTANT, 255);
    return out;
}

}  // namespace verso::scanner::lab
