// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/paper_outline.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "scanner/lab/bed.h"

namespace verso::scanner::lab {

namespace {

constexpr int kShift = 4;  // fraction bits of the outline

MmPoint toward(MmPoint from, MmPoint to, double share) {
    return {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
}

/// The edge that a torn-off corner leaves, from the side before it to the side after.
std::vector<MmPoint> torn_edge(MmPoint before, MmPoint corner, MmPoint after, MmPoint middle,
                               Rng& rng) {
    const double share = rng.in(0.08, 0.22);
    const MmPoint start = toward(corner, before, share),
                  end = toward(corner, after, share * rng.in(0.7, 1.3));
    if (rng.chance(0.5)) return {start, end};  // scissors
    const MmPoint inner = toward(corner, middle, share * rng.in(0.3, 0.7));
    std::vector<MmPoint> edge{start};
    constexpr int kJags = 6;
    for (int i = 1; i < 2 * kJags; ++i) {
        const MmPoint p = i <= kJags ? toward(start, inner, double(i) / kJags)
                                     : toward(inner, end, double(i - kJags) / kJags);
        edge.push_back(p + MmPoint{Mm{rng.normal() * 0.5}, Mm{rng.normal() * 0.5}});
    }
    edge.push_back(end);
    return edge;
}

std::vector<MmPoint> cut_outline(const MmBox& card, const Profile& profile, Rng& rng) {
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
        const auto edge =
            torn_edge(corners.at((i + 3) % 4), corner, corners.at((i + 1) % 4), card.center(), rng);
        outline.insert(outline.end(), edge.begin(), edge.end());
    }
    return outline;
}

/// Sides get points between their ends, so that a bent card has bent edges.
std::vector<cv::Point> seen_outline(const std::vector<MmPoint>& outline,
                                    const Placement& placement) {
    constexpr int kParts = 12;
    constexpr double kUnit = 1 << kShift;
    std::vector<cv::Point> out;
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const MmPoint from = outline[i], to = outline[(i + 1) % outline.size()];
        for (int k = 0; k < kParts; ++k) {
            const PxPoint at = placement.seen(toward(from, to, double(k) / kParts));
            out.emplace_back(static_cast<int>(std::lround((at.x.value - 0.5) * kUnit)),
                             static_cast<int>(std::lround((at.y.value - 0.5) * kUnit)));
        }
    }
    return out;
}

}  // namespace

void cut_and_lay_on_bed(GrayImage& paper, const Scene& scene, const Placement& placement,
                        const Profile& profile, Rng& rng) {
    const auto outline = seen_outline(cut_outline(scene.card, profile, rng), placement);
    const Bed kind = profile.beds.empty() ? Bed::White
                                          : profile.beds.at(static_cast<std::size_t>(
                                                rng.below(static_cast<int>(profile.beds.size()))));
    const BedTexture bed(kind, scene.px_per_mm, rng);
    cv::Mat mask = cv::Mat::zeros(paper.height, paper.width, CV_8UC1);
    cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{outline}, 255, cv::LINE_AA, kShift);
    cv::Mat shadow;
    const int soft = 2 * static_cast<int>(0.5 * scene.px_per_mm) + 1;
    cv::blur(mask, shadow, {soft, soft});
    const double depth = rng.in(0.1, 0.45);
    for (int y = 0; y < paper.height; ++y) {
        const auto* inside = mask.ptr<std::uint8_t>(y);
        const auto* dark =
            shadow.ptr<std::uint8_t>(std::max(0, y - static_cast<int>(0.3 * scene.px_per_mm)));
        std::uint8_t* row = paper.row(y);
        for (int x = 0; x < paper.width; ++x) {
            if (inside[x] == 255) continue;
            const double ground = bed.at(x, y) * (1 - depth * dark[x] / 255);
            row[x] =
                static_cast<std::uint8_t>((row[x] * inside[x] + ground * (255 - inside[x])) / 255);
        }
    }
}

}  // namespace verso::scanner::lab
