// SPDX-License-Identifier: Apache-2.0
#include "scanner/calibration/paper_edges.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace verso::scanner {
namespace {

constexpr int kPlaces = 80;            ///< along one edge
constexpr double kInside = 6;          ///< mm of paper that are looked at; no mark stands there
constexpr double kOutside = 8;         ///< mm beyond: what the largest offset moves, and some
constexpr double kLevel = 1;           ///< mm whose middle gray is the paper's or the ground's
constexpr double kLeastContrast = 24;  ///< gray steps
constexpr double kStays = 0.6;         ///< mm for which a change must last
constexpr double kAgrees = 0.35;       ///< mm from the line

std::optional<double> gray_at(const GrayImage& image, PxPoint at) {
    const double x = at.x.value, y = at.y.value;
    const int left = static_cast<int>(std::floor(x)), top = static_cast<int>(std::floor(y));
    if (left < 0 || top < 0 || left + 1 >= image.width || top + 1 >= image.height)
        return std::nullopt;
    const double right_share = x - left, low_share = y - top;
    const auto* upper = image.row(top) + left;
    const auto* lower = image.row(top + 1) + left;
    return (upper[0] * (1 - right_share) + upper[1] * right_share) * (1 - low_share) +
           (lower[0] * (1 - right_share) + lower[1] * right_share) * low_share;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// A place on the page's edge and the direction out of it.
struct Place {
    MmPoint at;
    double out_x = 0, out_y = 0;
};
Place place_on(PageSize page, PaperSide side, double share) {
    const Mm x = page.width * share, y = page.height * share;
    switch (side) {
        case PaperSide::Top:
            return {{x, Mm{0}}, 0, -1};
        case PaperSide::Bottom:
            return {{x, page.height}, 0, 1};
        case PaperSide::Left:
            return {{Mm{0}, y}, -1, 0};
        case PaperSide::Right:
            break;
    }
    return {{page.width, y}, 1, 0};
}

// Where the paper ends on the way out through one place.
std::optional<PxPoint> change_at(const GrayImage& image, const Homography& guess,
                                 const Place& place) {
    const double per_mm = guess.scale_at(place.at);
    const double step = 0.25 / per_mm;
    std::vector<double> grays;
    const auto spot = [&](double mm) {
        return guess.to_image(
            {place.at.x + Mm{place.out_x * mm}, place.at.y + Mm{place.out_y * mm}});
    };
    for (double mm = -kInside; mm <= kOutside; mm += step) {
        const auto gray = gray_at(image, spot(mm));
        if (!gray) break;
        grays.push_back(*gray);
    }
    const auto level = std::max<std::ptrdiff_t>(3, static_cast<std::ptrdiff_t>(kLevel / step));
    const auto lasts = std::max<std::ptrdiff_t>(2, static_cast<std::ptrdiff_t>(kStays / step));
    if (std::ssize(grays) < level * 3) return std::nullopt;
    const double paper = median({grays.begin(), grays.begin() + level});
    const double ground = median({grays.end() - level, grays.end()});
    if (std::abs(paper - ground) < kLeastContrast) return std::nullopt;
    const double half = (paper + ground) / 2;
    const auto is_ground = [&](double gray) { return (gray < half) == (ground < paper); };
    for (std::ptrdiff_t i = 1; i + lasts < std::ssize(grays); ++i) {
        const auto begin = grays.begin() + i;
        if (!std::all_of(begin, begin + lasts, is_ground)) continue;
        const double before = *(begin - 1), after = *begin;
        const double share = after == before ? 0 : (half - before) / (after - before);
        return spot(-kInside + (static_cast<double>(i - 1) + std::clamp(share, 0.0, 1.0)) * step);
    }
    return std::nullopt;
}

// Total least squares.
EdgeLine line_through(const std::vector<PxPoint>& points) {
    double mean_x = 0, mean_y = 0;
    for (const PxPoint& point : points) {
        mean_x += point.x.value;
        mean_y += point.y.value;
    }
    const auto count = static_cast<double>(points.size());
    mean_x /= count;
    mean_y /= count;
    double xx = 0, xy = 0, yy = 0;
    for (const PxPoint& point : points) {
        const double x = point.x.value - mean_x, y = point.y.value - mean_y;
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    const double along = std::atan2(2 * xy, xx - yy) / 2;
    EdgeLine out{-std::sin(along), std::cos(along), 0, 0};
    out.c = out.a * mean_x + out.b * mean_y;
    return out;
}

double off_line(const EdgeLine& line, PxPoint point) {
    return line.a * point.x.value + line.b * point.y.value - line.c;
}

// A first line that no stray place has pulled: the one of all pairs far apart that most agree with.
EdgeLine first_line(const std::vector<PxPoint>& points, double tolerance) {
    EdgeLine best;
    int most = -1;
    const std::size_t third = points.size() / 3;
    for (std::size_t i = 0; i < third; ++i)
        for (std::size_t j = points.size() - third; j < points.size(); ++j) {
            const EdgeLine line = line_through({points[i], points[j]});
            const auto agree = std::count_if(points.begin(), points.end(), [&](PxPoint point) {
                return std::abs(off_line(line, point)) < tolerance;
            });
            if (agree > most) {
                most = static_cast<int>(agree);
                best = line;
            }
        }
    return best;
}

}  // namespace

std::optional<EdgeLine> find_edge(const GrayImage& image, const Homography& guess, PageSize page,
                                  PaperSide side) {
    std::vector<PxPoint> points;
    for (int i = 0; i < kPlaces; ++i) {
        // Corners of paper are round or bent.
        const double share = 0.04 + 0.92 * i / (kPlaces - 1);
        if (const auto point = change_at(image, guess, place_on(page, side, share)))
            points.push_back(*point);
    }
    if (std::ssize(points) < kPlaces / 2) return std::nullopt;
    const double tolerance = kAgrees * guess.scale_at({page.width / 2, page.height / 2});
    EdgeLine line = first_line(points, tolerance);
    for (int round = 0; round < 3; ++round) {
        std::vector<PxPoint> agreeing;
        std::copy_if(points.begin(), points.end(), std::back_inserter(agreeing),
                     [&](PxPoint point) { return std::abs(off_line(line, point)) < tolerance; });
        if (std::ssize(agreeing) < kPlaces / 2) return std::nullopt;
        line = line_through(agreeing);
        double sum = 0;
        for (const PxPoint& point : agreeing) sum += std::pow(off_line(line, point), 2);
        line.deviation_px = std::sqrt(sum / static_cast<double>(agreeing.size()));
    }
    return line;
}

PxPoint meet(const EdgeLine& one, const EdgeLine& other) {
    const double area = one.a * other.b - other.a * one.b;
    return {Px{(one.c * other.b - other.c * one.b) / area},
            Px{(one.a * other.c - other.a * one.c) / area}};
}

}  // namespace verso::scanner
