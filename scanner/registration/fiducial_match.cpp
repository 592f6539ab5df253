// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/fiducial_match.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "scanner/codes/image_treatment.h"
#include "scanner/registration/patch.h"

namespace verso::scanner {

namespace {

constexpr int kSearchSide = 900;  // px: 6 a mm on an A6 card, 3 on an A4 page: a fiducial has 13
constexpr std::size_t kMostCandidates = 40;

struct Blob {
    PxPoint centre;
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
    return Blob{{Px{box.center.x}, Px{box.center.y}}, fill * shorter / longer};
}

/// Whether the middle of a square is dark too: an empty or crossed mark box is as square as one.
bool is_solid(const cv::Mat& dark, const std::vector<cv::Point>& contour) {
    constexpr double kSolid = 0.85;  // a scratch or a fold through it does not count
    const cv::Rect box = cv::boundingRect(contour);
    const cv::Rect middle(box.x + box.width / 4, box.y + box.height / 4, std::max(1, box.width / 2),
                          std::max(1, box.height / 2));
    return cv::mean(dark(middle))[0] >= kSolid * 255;
}

struct Triple {
    std::vector<PointPair> pairs;
    double error;
};

/// How far a triangle of pixels is from being the triangle of mm, turned and scaled: the largest
/// relative difference of a side. Mirrored ones are refused.
std::optional<double> similarity_error(const std::array<MmPoint, 3>& page,
                                       const std::array<PxPoint, 3>& image) {
    const auto cross = [](auto a, auto b, auto c) {
        return (b.x - a.x).value * (c.y - a.y).value - (b.y - a.y).value * (c.x - a.x).value;
    };
    const double page_turn = cross(page[0], page[1], page[2]);
    const double image_turn = cross(image[0], image[1], image[2]);
    if (page_turn * image_turn <= 0) return std::nullopt;
    const double scale = std::sqrt(image_turn / page_turn);
    double worst = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const double expected = gap(page[i], page[(i + 1) % 3]) * scale;
        worst = std::max(worst, std::abs(gap(image[i], image[(i + 1) % 3]) / expected - 1));
    }
    return worst;
}

}  // namespace

std::vector<PxPoint> fiducial_candidates(const GrayImage& image) {
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
    std::vector<PxPoint> out;
    for (const auto& blob : blobs) out.push_back(from_reduced(blob.centre, factor));
    return out;
}

std::vector<std::vector<PointPair>> match_fiducials(const std::vector<MmBox>& fiducials,
                                                    const std::vector<PxPoint>& candidates) {
    constexpr double kTolerance = 0.06;  // feed stretch of 2 % and 1 px at 3 px a mm; no photos
    std::vector<Triple> found;
    if (fiducials.size() < 3) return {};
    const std::array<MmPoint, 3> page{fiducials[0].center(), fiducials[1].center(),
                                      fiducials[2].center()};
    const std::size_t n = candidates.size();
    for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = 0; b < n; ++b) {
            for (std::size_t c = 0; c < n && b != a; ++c) {
                if (c == a || c == b) continue;
                const std::array<PxPoint, 3> seen{candidates[a], candidates[b], candidates[c]};
                const auto error = similarity_error(page, seen);
                if (!error || *error > kTolerance) continue;
                Triple triple{{}, *error};
                for (std::size_t i = 0; i < 3; ++i) triple.pairs.push_back({page[i], seen[i], 1.0});
                found.push_back(std::move(triple));
            }
        }
    }
    std::sort(found.begin(), found.end(),
              [](const Triple& a, const Triple& b) { return a.error < b.error; });
    std::vector<std::vector<PointPair>> out;
    for (auto& triple : found) out.push_back(std::move(triple.pairs));
    return out;
}

Tones estimate_tones(const GrayImage& image, const std::vector<PointPair>& match,
                     const ReadRegion& region) {
    constexpr double kPxPerMm = 4;
    const auto map = fit_affine(match);
    if (!map) return {};
    std::vector<float> darks, lights;
    for (const auto& box : region.fiducials) {
        const Patch core = sample_patch(image, *map, box.grown(-box.w / 4), kPxPerMm);
        const Patch around = sample_patch(image, *map, box.grown(Mm{1.2}), kPxPerMm);
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
