// SPDX-License-Identifier: Apache-2.0
#include "scanner/calibration/mark_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>

namespace verso::scanner {
namespace {

/// Longest side of the picture in which marks are searched: a mark of 9 mm on A4 has 60 px there.
constexpr double kSearchSide = 2000;
constexpr std::size_t kMostCandidates = 24;

// Areas of the light and of the inner dark square, in shares of the ring's: 0.7² and 0.4².
constexpr double kHoleShare = 0.49, kCoreShare = 0.16;

PxPoint middle_of(const cv::RotatedRect& box) { return {Px{box.center.x}, Px{box.center.y}}; }

double distance(PxPoint a, PxPoint b) {
    return std::hypot(a.x.value - b.x.value, a.y.value - b.y.value);
}

bool is_near(double value, double wanted, double slack) {
    return value > wanted / slack && value < wanted * slack;
}

// Four sides of about the same length, and nothing much missing from between them.
bool is_square(const std::vector<cv::Point>& contour, const cv::RotatedRect& box) {
    const double area = cv::contourArea(contour);
    return box.size.width > 0 && is_near(box.size.height / box.size.width, 1, 1.35) &&
           area > 0.75 * box.size.area();
}

std::optional<RingCandidate> ring_at(const std::vector<std::vector<cv::Point>>& contours,
                                     const std::vector<cv::Vec4i>& tree, std::size_t outer) {
    constexpr int kFirstChild = 2;
    const int hole = tree[outer][kFirstChild];
    if (hole < 0) return std::nullopt;
    const int core = tree[static_cast<std::size_t>(hole)][kFirstChild];
    if (core < 0) return std::nullopt;
    const auto& ring = contours[outer];
    const auto& light = contours[static_cast<std::size_t>(hole)];
    const auto& dark = contours[static_cast<std::size_t>(core)];
    const double area = cv::contourArea(ring);
    if (area < 100) return std::nullopt;
    const cv::RotatedRect outer_box = cv::minAreaRect(ring), inner_box = cv::minAreaRect(dark);
    if (!is_square(ring, outer_box) || !is_square(dark, inner_box)) return std::nullopt;
    if (!is_near(cv::contourArea(light) / area, kHoleShare, 1.45) ||
        !is_near(cv::contourArea(dark) / area, kCoreShare, 1.8))
        return std::nullopt;
    const double size = std::sqrt(outer_box.size.area());
    if (distance(middle_of(outer_box), middle_of(inner_box)) > 0.12 * size) return std::nullopt;
    return RingCandidate{middle_of(outer_box), size};
}

// How far six places are from the candidates nearest to them; the candidates in `found`.
double misfit(const Homography& map, const std::vector<RingCandidate>& rings,
              const CalibrationSheet& sheet, std::array<RingCandidate, 6>& found) {
    double worst = 0;
    for (std::size_t i = 0; i < sheet.marks.size(); ++i) {
        const PxPoint place = map.to_image(sheet.marks.at(i));
        const auto nearest =
            std::min_element(rings.begin(), rings.end(), [&](const auto& a, const auto& b) {
                return distance(a.middle, place) < distance(b.middle, place);
            });
        found.at(i) = *nearest;
        worst = std::max(worst, distance(nearest->middle, place) / nearest->size);
    }
    for (std::size_t i = 0; i < found.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (found.at(i).middle == found.at(j).middle) return std::numeric_limits<double>::max();
    return worst;
}

}  // namespace

std::vector<RingCandidate> find_rings(const GrayImage& image) {
    const cv::Mat whole(image.height, image.width, CV_8U,
                        const_cast<std::uint8_t*>(image.pixels.data()));
    const double shrink = std::max(1.0, std::max(image.width, image.height) / kSearchSide);
    cv::Mat small, dark;
    cv::resize(whole, small, {}, 1 / shrink, 1 / shrink, cv::INTER_AREA);
    // A mark is smaller than the window, so that each of its parts is seen against the others.
    const int window = std::max(small.cols, small.rows) / 20 | 1;
    cv::adaptiveThreshold(small, dark, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY_INV,
                          std::max(3, window), 12);
    std::vector<std::vector<cv::Point>> contours;
    std::vector<cv::Vec4i> tree;
    cv::findContours(dark, contours, tree, cv::RETR_TREE, cv::CHAIN_APPROX_NONE);
    std::vector<RingCandidate> out;
    for (std::size_t i = 0; i < contours.size(); ++i)
        if (const auto ring = ring_at(contours, tree, i))
            out.push_back({{(ring->middle.x + Px{0.5}) * shrink - Px{0.5},
                            (ring->middle.y + Px{0.5}) * shrink - Px{0.5}},
                           ring->size * shrink});
    return out;
}

std::optional<std::array<RingCandidate, 6>> match_marks(const std::vector<RingCandidate>& rings,
                                                        const CalibrationSheet& sheet) {
    if (rings.size() < sheet.marks.size() || rings.size() > kMostCandidates) return std::nullopt;
    constexpr double kPerspective = 0.9;  // of a mark's size: what a camera held askew does
    double best = kPerspective;
    std::optional<std::array<RingCandidate, 6>> out;
    for (const auto& a : rings)
        for (const auto& b : rings)
            for (const auto& c : rings) {
                const std::array<PointPair, 3> three{{{sheet.marks[0], a.middle},
                                                      {sheet.marks[1], b.middle},
                                                      {sheet.marks[3], c.middle}}};
                const auto map = fit_affine(three);
                if (!map) continue;
                const auto& m = map->matrix();
                if (m[0] * m[4] - m[1] * m[3] <= 0) continue;  // a mirrored page
                std::array<RingCandidate, 6> found;
                const double worst = misfit(*map, rings, sheet, found);
                if (worst >= best) continue;
                best = worst;
                out = found;
            }
    return out;
}

PxPoint refine_middle(const GrayImage& image, const RingCandidate& ring) {
    PxPoint middle = ring.middle;
    const double reach = ring.size * 0.85;
    for (int round = 0; round < 3; ++round) {
        const int left = std::max(0, static_cast<int>(std::floor(middle.x.value - reach)));
        const int right = std::min(image.width - 1, static_cast<int>(middle.x.value + reach) + 1);
        const int top = std::max(0, static_cast<int>(std::floor(middle.y.value - reach)));
        const int bottom = std::min(image.height - 1, static_cast<int>(middle.y.value + reach) + 1);
        std::vector<std::uint8_t> grays;
        const auto each = [&](auto&& use) {
            for (int y = top; y <= bottom; ++y)
                for (int x = left; x <= right; ++x)
                    if (distance({Px(x), Px(y)}, middle) <= reach) use(x, y, image.row(y)[x]);
        };
        each([&](int, int, std::uint8_t gray) { grays.push_back(gray); });
        if (grays.size() < 20) return middle;
        const auto tone = [&](double share) {
            const auto at = grays.begin() + static_cast<std::ptrdiff_t>(
                                                share * static_cast<double>(grays.size() - 1));
            std::nth_element(grays.begin(), at, grays.end());
            return static_cast<double>(*at);
        };
        // White is what is between the ink and half of the way to it: noise does not pull.
        const double ink = tone(0.05), paper = tone(0.8), limit = paper - (paper - ink) * 0.25;
        double sum = 0, sum_x = 0, sum_y = 0;
        each([&](int x, int y, std::uint8_t gray) {
            const double weight = std::max(0.0, std::min(limit - gray, paper - ink));
            sum += weight;
            sum_x += weight * x;
            sum_y += weight * y;
        });
        if (sum <= 0) return middle;
        middle = {Px{sum_x / sum}, Px{sum_y / sum}};
    }
    return middle;
}

}  // namespace verso::scanner
