// SPDX-License-Identifier: Apache-2.0
#include "scanner/codes/matrix_search.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "scanner/codes/image_treatment.h"

namespace verso::scanner {

namespace {

constexpr int kSearchSide = 750;  // px: 5 a mm on an A6 card, 2.5 on an A4 page
constexpr int kCropSide = 108;    // px of the symbol in the crop: 6 a module of 18
constexpr int kCropRim = 24;      // px round it

/// A dense patch: its corners in px of the full image, in no particular turn.
struct DensePatch {
    std::array<PxPoint, 4> corners;
    double squareness;
};

std::optional<DensePatch> as_patch(const cv::Mat& dense, const std::vector<cv::Point>& contour,
                                   int factor) {
    constexpr double kSmallest = 20,
                     kLargest = 130;  // px: 12 mm on a page of A4 and on half a card
    constexpr double kLeastAspect = 0.6, kLeastFill = 0.72, kSolid = 0.85;
    const cv::RotatedRect box = cv::minAreaRect(contour);
    const double longer = std::max(box.size.width, box.size.height) + 1;
    const double shorter = std::min(box.size.width, box.size.height) + 1;
    if (shorter < kSmallest || longer > kLargest || shorter / longer < kLeastAspect) {
        return std::nullopt;
    }
    const double area = cv::contourArea(contour) + cv::arcLength(contour, true) / 2;
    const double fill = area / (longer * shorter);
    if (fill < kLeastFill) return std::nullopt;
    const cv::Rect round = cv::boundingRect(contour);
    const cv::Rect middle(round.x + round.width / 4, round.y + round.height / 4,
                          std::max(1, round.width / 2), std::max(1, round.height / 2));
    if (cv::mean(dense(middle))[0] < kSolid * 255) return std::nullopt;
    DensePatch out{{}, fill * shorter / longer};
    cv::Point2f points[4];
    box.points(points);
    for (std::size_t i = 0; i < 4; ++i) {
        out.corners[i] = from_reduced({Px{double(points[i].x)}, Px{double(points[i].y)}}, factor);
    }
    return out;
}

/// Patches that are dense when gaps up to `gap` px (of the reduced image) are closed.
void add_patches(const cv::Mat& dark, int gap, int factor, std::vector<DensePatch>& out) {
    cv::Mat dense;
    cv::morphologyEx(dark, dense, cv::MORPH_CLOSE,
                     cv::getStructuringElement(cv::MORPH_RECT, cv::Size(gap, gap)));
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(dense, contours, cv::RETR_LIST, cv::CHAIN_APPROX_SIMPLE);
    for (const auto& contour : contours) {
        if (auto patch = as_patch(dense, contour, factor)) out.push_back(*patch);
    }
}

std::vector<DensePatch> dense_patches(const GrayImage& image) {
    const int longest = std::max(image.width, image.height);
    const int factor = std::max(1, longest / kSearchSide);
    const GrayImage small = reduced(image, factor);
    const cv::Mat gray(small.height, small.width, CV_8UC1,
                       const_cast<std::uint8_t*>(small.pixels.data()));
    cv::Mat dark;
    cv::adaptiveThreshold(gray, dark, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY_INV,
                          (std::max(small.width, small.height) / 8) | 1, 20);
    std::vector<DensePatch> out;
    for (int gap : {3, 5, 8}) add_patches(dark, gap, factor, out);
    std::stable_sort(out.begin(), out.end(), [](const DensePatch& a, const DensePatch& b) {
        return a.squareness > b.squareness;
    });
    return out;
}

PxPoint middle_of(const std::array<PxPoint, 4>& c) {
    const PxPoint sum = c[0] + c[1] + c[2] + c[3];
    return {sum.x / 4, sum.y / 4};
}

std::optional<FoundCode> decode_patch(const GrayImage& image, const DensePatch& patch) {
    constexpr float kNear = kCropRim, kFar = kCropRim + kCropSide;
    cv::Point2f from[4];
    for (std::size_t i = 0; i < 4; ++i) {
        from[i] = {float(patch.corners[i].x.value), float(patch.corners[i].y.value)};
    }
    const cv::Point2f to[4] = {{kNear, kFar}, {kNear, kNear}, {kFar, kNear}, {kFar, kFar}};
    const cv::Mat map = cv::getPerspectiveTransform(from, to);
    constexpr int kWhole = kCropSide + 2 * kCropRim;
    GrayImage crop{kWhole, kWhole, 0, {}};
    crop.pixels.resize(std::size_t(kWhole) * kWhole);
    cv::Mat target(kWhole, kWhole, CV_8UC1, crop.pixels.data());
    const cv::Mat source(image.height, image.width, CV_8UC1,
                         const_cast<std::uint8_t*>(image.pixels.data()));
    cv::warpPerspective(source, target, map, target.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    auto code = read_code(crop, {0, 0, kWhole, kWhole}, CodeKind::DataMatrix, true);
    if (!code) return std::nullopt;
    std::vector<cv::Point2f> inside, outside;
    for (const auto& corner : code->corners) {
        inside.emplace_back(float(corner.x.value), float(corner.y.value));
    }
    cv::perspectiveTransform(inside, outside, map.inv());
    for (std::size_t i = 0; i < 4; ++i) {
        code->corners[i] = {Px{double(outside[i].x)}, Px{double(outside[i].y)}};
    }
    return code;
}

}  // namespace

std::vector<FoundCode> find_data_matrices(const GrayImage& image,
                                          const std::function<bool(PxPoint)>& skip,
                                          int most_looks) {
    std::vector<FoundCode> out;
    std::vector<PxPoint> tried;  // the same patch comes out of several closings
    for (const auto& patch : dense_patches(image)) {
        if (int(tried.size()) >= most_looks) break;
        const PxPoint middle = middle_of(patch.corners);
        const double near = std::hypot((patch.corners[0].x - middle.x).value,
                                       (patch.corners[0].y - middle.y).value) /
                            2;
        const auto is_near = [&](PxPoint other) {
            return std::hypot((other.x - middle.x).value, (other.y - middle.y).value) < near;
        };
        const bool done = std::any_of(out.begin(), out.end(), [&](const FoundCode& code) {
            return is_near(middle_of(code.corners));
        });
        if (done || skip(middle)) continue;
        tried.push_back(middle);
        if (auto code = decode_patch(image, patch)) out.push_back(std::move(*code));
    }
    return out;
}

}  // namespace verso::scanner
