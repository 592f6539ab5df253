// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/fiducial_match.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "scanner/codes/image_treatment.h"
#include "scanner/registration/patch.h"

namespace verso::scanner {

namespace {

constexpr int kSearchSide = 900;  // px: 6 a mm on an A6 card, 3 on an A4 page: a fiducial has 13
constexpr std::size_t kMostCandidates = 40;

struct Blob {
    SquareCandidate square;
    double squareness;
};

double gap(PxPoint a, PxPoint b) { return std::hypot((a.x - b.x).value, (a.y - b.y).value); }
double gap(MmPoint a, MmPoint b) { return std::hypot((a.x - b.x).value, (a.y - b.y).value); }

/// A contour's minimal rectangle, when it is square and full enough.
std::optional<Blob> as_square(const std::vector<cv::Point>& contour, double smallest,
                              double largest) {
    const cv::RotatedRect box = cv::minAreaRect(contour);
    const double longer = std::max(box.size.width, box.size.height) + 1;
    const double shorter = std::min(box.size.width, box.size.height) + 1;
    if (shorter < smallest || longer > largest || shorter / longer < 0.7) return std::nullopt;
    // contours run through pixel centres: half a pixel is missing all round
    const double area = cv::contourArea(contour) + cv::arcLength(contour, true) / 2;
    const double fill = area / (longer * shorter);
    if (fill < 0.75) return std::nullopt;
    return Blob{{{Px{box.center.x}, Px{box.center.y}}, std::sqrt(area), box.angle},
                fill * shorter / longer};
}

/// Whether the middle of a square is dark too: an empty or crossed mark box is as square as one.
bool is_solid(const cv::Mat& dark, const std::vector<cv::Point>& contour) {
    constexpr double kSolid = 0.85;  // a scratch or a fold through it does not count
    const cv::Rect box = cv::boundingRect(contour);
    const cv::Rect middle(box.x + box.width / 4, box.y + box.height / 4, std::max(1, box.width / 2),
                          std::max(1, box.height / 2));
    return cv::mean(dark(middle))[0] >= kSolid * 255;
}

struct Match {
    std::vector<PointPair> pairs;
    double error;
};

/// How far two candidates are from standing as two fiducials, turned and scaled: by the length and
/// the direction of their sides. Nothing when it cannot be.
std::optional<double> pair_error(const std::array<MmBox, 2>& page, const SquareCandidate& a,
                                 const SquareCandidate& b, double tolerance) {
    const double scale = gap(a.centre, b.centre) / gap(page[0].center(), page[1].center());
    const double off_a = std::abs(a.side / (page[0].w.value * scale) - 1);
    const double off_b = std::abs(b.side / (page[1].w.value * scale) - 1);
    if (std::max(off_a, off_b) > tolerance) return std::nullopt;
    return std::max(off_a, off_b);
}

/// By how many degrees the candidate's sides are turned against the direction that the pair gives.
double turn_error(const std::array<MmBox, 2>& page, const SquareCandidate& a,
                  const SquareCandidate& b) {
    const auto direction = [](auto from, auto to) {
        return std::atan2((to.y - from.y).value, (to.x - from.x).value) * 180 / CV_PI;
    };
    const double turn =
        direction(a.centre, b.centre) - direction(page[0].center(), page[1].center());
    const double off = std::fmod(std::fmod(a.degrees - turn, 90) + 90, 90);
    return std::min(off, 90 - off);
}

/// How far three are from standing as three fiducials on a tilted page; nothing when it cannot be.
std::optional<double> triple_error(const std::array<MmBox, 3>& page,
                                   const std::array<SquareCandidate, 3>& seen) {
    // A tilt of 35 degrees shortens one way to 0.82, and its perspective makes the nearer squares
    // larger than the farther ones by a third.
    constexpr double kMostSquashed = 1.6, kSideTolerance = 0.4;
    std::array<PointPair, 3> pairs{};
    for (std::size_t i = 0; i < 3; ++i) pairs[i] = {page[i].center(), seen[i].centre, 1.0};
    const auto map = fit_affine(pairs);
    if (!map) return std::nullopt;
    const auto& m = map->matrix();
    const double det = m[0] * m[4] - m[1] * m[3];
    if (det <= 0) return std::nullopt;  // mirrored
    const double sum = (m[0] * m[0] + m[1] * m[1] + m[3] * m[3] + m[4] * m[4]) / 2;
    const double root = std::sqrt(std::max(0.0, sum * sum - det * det));
    const double squashed = std::sqrt((sum + root) / std::max(1e-9, sum - root));
    if (squashed > kMostSquashed) return std::nullopt;
    double worst = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        worst = std::max(worst, std::abs(seen[i].side / (page[i].w.value * std::sqrt(det)) - 1));
    }
    if (worst > kSideTolerance) return std::nullopt;
    return worst / 2 + (squashed - 1);
}

void add_triples(const std::array<MmBox, 3>& page, const std::vector<SquareCandidate>& candidates,
                 std::vector<Match>& out) {
    constexpr double kLoose = 0.7;  // for two of three on a tilted page
    const std::size_t n = candidates.size();
    for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = 0; b < n; ++b) {
            if (a == b || !pair_error({page[0], page[1]}, candidates[a], candidates[b], kLoose)) {
                continue;
            }
            for (std::size_t c = 0; c < n; ++c) {
                if (c == a || c == b) continue;
                const auto error =
                    triple_error(page, {candidates[a], candidates[b], candidates[c]});
                if (!error) continue;
                out.push_back({{{page[0].center(), candidates[a].centre, 1.0},
                                {page[1].center(), candidates[b].centre, 1.0},
                                {page[2].center(), candidates[c].centre, 1.0}},
                               *error});
            }
        }
    }
}

void add_pairs(const std::array<MmBox, 2>& page, const std::vector<SquareCandidate>& candidates,
               std::vector<Match>& out) {
    constexpr double kSideTolerance = 0.15, kTurnTolerance = 6;  // degrees
    for (const auto& a : candidates) {
        for (const auto& b : candidates) {
            if (&a == &b) continue;
            const auto error = pair_error(page, a, b, kSideTolerance);
            if (!error || turn_error(page, a, b) > kTurnTolerance ||
                turn_error(page, b, a) > kTurnTolerance) {
                continue;
            }
            out.push_back(
                {{{page[0].center(), a.centre, 1.0}, {page[1].center(), b.centre, 1.0}}, *error});
        }
    }
}

void append_best(std::vector<Match> matches, std::size_t most,
                 std::vector<std::vector<PointPair>>& out) {
    std::sort(matches.begin(), matches.end(),
              [](const Match& a, const Match& b) { return a.error < b.error; });
    if (matches.size() > most) matches.resize(most);
    for (auto& match : matches) out.push_back(std::move(match.pairs));
}

}  // namespace

std::vector<SquareCandidate> fiducial_candidates(const GrayImage& image) {
    const int factor = std::max(1, std::max(image.width, image.height) / kSearchSide);
    GrayImage small = reduced(image, factor);
    const cv::Mat gray(small.height, small.width, CV_8UC1, small.pixels.data());
    cv::Mat dark;
    const int longest = std::max(small.width, small.height);
    cv::adaptiveThreshold(gray, dark, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY_INV,
                          (longest / 12) | 1, 25);
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(dark, contours, cv::RETR_LIST, cv::CHAIN_APPROX_SIMPLE);
    // 4.5 of 148.5 mm when the card fills the image; a third of that for a card on a large page
    const double smallest = std::max(5.0, longest * 4.5 / 148.5 / 3.5);
    const double largest = longest * 4.5 / 105.0 * 1.6;
    std::vector<Blob> blobs;
    for (const auto& contour : contours) {
        const auto blob = as_square(contour, smallest, largest);
        if (blob && is_solid(dark, contour)) blobs.push_back(*blob);
    }
    std::sort(blobs.begin(), blobs.end(),
              [](const Blob& a, const Blob& b) { return a.squareness > b.squareness; });
    if (blobs.size() > kMostCandidates) blobs.resize(kMostCandidates);
    std::vector<SquareCandidate> out;
    for (const auto& blob : blobs) {
        out.push_back({from_reduced(blob.square.centre, factor), blob.square.side * factor,
                       blob.square.degrees});
    }
    return out;
}

std::vector<std::vector<PointPair>> match_fiducials(
    const std::vector<MmBox>& fiducials, const std::vector<SquareCandidate>& candidates) {
    constexpr std::size_t kMostTriples = 12,
                          kMostPairs = 12;  // each costs a look at all mark boxes
    std::vector<Match> triples, pairs;
    const std::size_t n = fiducials.size();
    for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = a + 1; b < n; ++b) {
            add_pairs({fiducials[a], fiducials[b]}, candidates, pairs);
            for (std::size_t c = b + 1; c < n; ++c) {
                add_triples({fiducials[a], fiducials[b], fiducials[c]}, candidates, triples);
            }
        }
    }
    std::vector<std::vector<PointPair>> out;
    append_best(std::move(triples), kMostTriples, out);
    append_best(std::move(pairs), kMostPairs, out);
    return out;
}

std::optional<Homography> map_of_match(const std::vector<PointPair>& match) {
    if (match.size() != 2) return fit_affine(match);
    // a third point that makes the similarity: the first turned about the second by a quarter
    const MmPoint p = match[0].page, q = match[1].page;
    const PxPoint u = match[0].image, v = match[1].image;
    const std::array<PointPair, 3> three{
        match[0], match[1],
        PointPair{
            {q.x - (q.y - p.y), q.y + (q.x - p.x)}, {v.x - (v.y - u.y), v.y + (v.x - u.x)}, 1}};
    return fit_affine(three);
}

Tones estimate_tones(const GrayImage& image, const Homography& map,
                     const std::vector<PointPair>& match, const ReadRegion& region) {
    constexpr double kPxPerMm = 4;
    std::vector<float> darks, lights;
    for (const auto& pair : match) {
        const Mm side = region.fiducials.front().w;
        const MmBox box{pair.page.x - side / 2, pair.page.y - side / 2, side, side};
        const Patch core = sample_patch(image, map, box.grown(-side / 4), kPxPerMm);
        const Patch around = sample_patch(image, map, box.grown(Mm{1.2}), kPxPerMm);
        darks.insert(darks.end(), core.pixels.begin(), core.pixels.end());
        lights.insert(lights.end(), around.pixels.begin(), around.pixels.end());
    }
    const auto dark_at = darks.begin() + std::ptrdiff_t(darks.size() / 2);
    std::nth_element(darks.begin(), dark_at, darks.end());
    const auto light_at = lights.begin() + std::ptrdiff_t(lights.size() * 9 / 10);
    std::nth_element(lights.begin(), light_at, lights.end());
    const double black = *dark_at, paper = *light_at;
    return paper - black > 10 ? Tones{paper, black} : Tones{};
}

}  // namespace verso::scanner
