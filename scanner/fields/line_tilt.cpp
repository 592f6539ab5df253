// SPDX-License-Identifier: Apache-2.0
#include "scanner/fields/line_tilt.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/geometry/shapes.h"

namespace verso::scanner {

namespace {

constexpr double kMostDegrees = 8;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

/// A dark place of the writing, in mm from the middle of the picture.
struct InkPoint {
    double x, y;
    float weight;
};

/// At most a few thousand points say as much as all pixels.
std::vector<InkPoint> points_of(const FieldInk& ink) {
    const int step = std::max(1, int(std::lround(ink.px_per_mm / 6)));
    std::vector<InkPoint> out;
    for (int y = step / 2; y < ink.height; y += step) {
        for (int x = step / 2; x < ink.width; x += step) {
            const float dark = ink.at(x, y);
            if (dark <= ink.edge()) continue;
            out.push_back(
                {(x - ink.width / 2.0) / ink.px_per_mm, (y - ink.height / 2.0) / ink.px_per_mm, 1});
        }
    }
    return out;
}

/// How unequal the sums along lines of that tilt are: the sum of their squares.
double sharpness(const std::vector<InkPoint>& points, double degrees, double half_height) {
    constexpr double kBinsPerMm = 4;
    const double c = std::cos(radians(degrees)), s = std::sin(radians(degrees));
    std::vector<double> bins(std::size_t(2 * half_height * kBinsPerMm) + 3);
    for (const auto& point : points) {
        const double at = (point.y * c - point.x * s + half_height) * kBinsPerMm;
        const auto bin = std::size_t(std::clamp(at, 0.0, double(bins.size() - 2)));
        const double share = std::clamp(at - double(bin), 0.0, 1.0);
        bins[bin] += double(point.weight) * (1 - share);
        bins[bin + 1] += double(point.weight) * share;
    }
    double sum = 0;
    for (const double bin : bins) sum += bin * bin;
    return sum;
}

double width_of(const std::vector<InkPoint>& points) {
    const auto [left, right] =
        std::minmax_element(points.begin(), points.end(),
                            [](const InkPoint& a, const InkPoint& b) { return a.x < b.x; });
    return right->x - left->x;
}

}  // namespace

std::optional<double> find_line_tilt(const FieldInk& ink) {
    constexpr double kShortestMm = 20, kClear = 1.15;
    constexpr std::size_t kFewest = 60;
    const auto points = points_of(ink);
    if (points.size() < kFewest || width_of(points) < kShortestMm) return std::nullopt;
    const double half = std::hypot(ink.width, ink.height) / 2 / ink.px_per_mm;
    double best = 0, most = 0;
    std::vector<double> all;
    for (double degrees = -kMostDegrees; degrees <= kMostDegrees; degrees += 1) {
        all.push_back(sharpness(points, degrees, half));
        if (all.back() > most) {
            most = all.back();
            best = degrees;
        }
    }
    std::nth_element(all.begin(), all.begin() + std::ptrdiff_t(all.size() / 2), all.end());
    const double usual = all[all.size() / 2];
    const double coarse = best;
    for (int tenth = -9; tenth <= 9; ++tenth) {
        const double degrees = coarse + tenth * 0.1;
        const double sharp = sharpness(points, degrees, half);
        if (sharp > most) {
            most = sharp;
            best = degrees;
        }
    }
    if (most < kClear * usual || std::abs(best) >= kMostDegrees) return std::nullopt;
    return best;
}

GrayImage turned_back(const GrayImage& picture, double degrees) {
    const double c = std::cos(radians(degrees)), s = std::sin(radians(degrees));
    GrayImage out{0, 0, picture.dpi, {}};
    out.width = int(std::ceil(picture.width * c + picture.height * std::abs(s)));
    out.height = int(std::ceil(picture.height * c + picture.width * std::abs(s)));
    out.pixels.assign(std::size_t(out.width) * std::size_t(out.height), 255);
    const auto gray = [&](int x, int y) {
        const bool inside = x >= 0 && y >= 0 && x < picture.width && y < picture.height;
        return inside ? double(picture.row(y)[x]) : 255.0;
    };
    for (int row = 0; row < out.height; ++row) {
        for (int column = 0; column < out.width; ++column) {
            const double dx = column - (out.width - 1) / 2.0, dy = row - (out.height - 1) / 2.0;
            const double x = dx * c - dy * s + (picture.width - 1) / 2.0;
            const double y = dx * s + dy * c + (picture.height - 1) / 2.0;
            const int left = int(std::floor(x)), top = int(std::floor(y));
            const double fx = x - left, fy = y - top;
            const double above = gray(left, top) * (1 - fx) + gray(left + 1, top) * fx;
            const double below = gray(left, top + 1) * (1 - fx) + gray(left + 1, top + 1) * fx;
            out.row(row)[column] = std::uint8_t(std::lround(above + fy * (below - above)));
        }
    }
    return out;
}

}  // namespace verso::scanner
