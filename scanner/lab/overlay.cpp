// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/overlay.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace verso::scanner::lab {

namespace {

constexpr int kShift = 4;  // fraction bits of positions

cv::Mat view(GrayImage& image) { return {image.height, image.width, CV_8UC1, image.pixels.data()}; }

cv::Point fixed(PxPoint at, int left, int top) {
    constexpr double kUnit = 1 << kShift;
    const auto round = [](double v) { return static_cast<int>(std::lround(v * kUnit)); };
    return {round(at.x.value - left - 0.5), round(at.y.value - top - 0.5)};
}

int whole(double thick) { return std::max(1, static_cast<int>(std::lround(thick))); }

}  // namespace

Overlay::Overlay(GrayImage& image, PxPoint middle, double radius) : image_(image) {
    const auto clip = [](double v, int most) { return std::clamp(static_cast<int>(v), 0, most); };
    left_ = clip(middle.x.value - radius, image.width);
    top_ = clip(middle.y.value - radius, image.height);
    mask_.width = clip(middle.x.value + radius + 1, image.width) - left_;
    mask_.height = clip(middle.y.value + radius + 1, image.height) - top_;
    if (mask_.width <= 0 || mask_.height <= 0) mask_.width = mask_.height = 0;
    mask_.pixels.assign(
        static_cast<std::size_t>(mask_.width) * static_cast<std::size_t>(mask_.height), 0);
}

void Overlay::line(PxPoint from, PxPoint to, double thick, int level) {
    if (mask_.empty()) return;
    cv::line(view(mask_), fixed(from, left_, top_), fixed(to, left_, top_), level, whole(thick),
             cv::LINE_AA, kShift);
}

void Overlay::polygon(const std::vector<PxPoint>& corners, int level) {
    if (mask_.empty() || corners.empty()) return;
    std::vector<cv::Point> points;
    for (const PxPoint& p : corners) points.push_back(fixed(p, left_, top_));
    cv::fillPoly(view(mask_), std::vector<std::vector<cv::Point>>{points}, level, cv::LINE_AA,
                 kShift);
}

void Overlay::arc(PxPoint middle, double rx, double ry, double tilt, double from, double to,
                  double thick, int level) {
    if (mask_.empty()) return;
    const cv::Point axes = fixed({Px{rx + 0.5}, Px{ry + 0.5}}, 0, 0);
    cv::ellipse(view(mask_), fixed(middle, left_, top_), cv::Size(axes.x, axes.y), tilt, from, to,
                level, thick < 0 ? cv::FILLED : whole(thick), cv::LINE_AA, kShift);
}

void Overlay::text(const std::string& letters, PxPoint at, double height, double thick) {
    if (mask_.empty()) return;
    constexpr double kCapHeight = 21;  // of OpenCV's plain face at size 1, in px
    const cv::Point foot(static_cast<int>(at.x.value) - left_, static_cast<int>(at.y.value) - top_);
    cv::putText(view(mask_), letters, foot, cv::FONT_HERSHEY_SIMPLEX, height / kCapHeight, 255,
                whole(thick), cv::LINE_AA);
}

void Overlay::copy_darkness(const GrayImage& picture) {
    for (int y = 0; y < mask_.height; ++y) {
        const std::uint8_t* from = picture.row(top_ + y) + left_;
        for (int x = 0; x < mask_.width; ++x)
            mask_.row(y)[x] = static_cast<std::uint8_t>(255 - from[x]);
    }
}

void Overlay::soften(double deviation) {
    if (mask_.empty() || deviation < 0.1) return;
    const cv::Mat mask = view(mask_);
    constexpr double kWide = 6;  // from here on three boxes look the same and cost a tenth
    if (deviation < kWide) return cv::GaussianBlur(mask, mask, {}, deviation);
    const int side =
        2 * static_cast<int>(deviation) + 1;  // deviation side / sqrt(12), times sqrt(3)
    for (int i = 0; i < 3; ++i) cv::blur(mask, mask, {side, side});
}

void Overlay::make_patchy(Rng& rng) {
    if (mask_.empty()) return;
    constexpr int kPatches = 8;
    cv::Mat patchy(kPatches, kPatches, CV_8UC1);
    for (int i = 0; i < kPatches * kPatches; ++i) {
        patchy.at<std::uint8_t>(i / kPatches, i % kPatches) =
            static_cast<std::uint8_t>(rng.in(60, 255));
    }
    cv::Mat mask = view(mask_);
    cv::resize(patchy, patchy, mask.size(), 0, 0, cv::INTER_CUBIC);
    cv::multiply(mask, patchy, mask, 1.0 / 255);
}

void Overlay::darken(double strength) const {
    for (int y = 0; y < mask_.height; ++y) {
        const std::uint8_t* level = mask_.row(y);
        std::uint8_t* row = image_.row(top_ + y) + left_;
        for (int x = 0; x < mask_.width; ++x) {
            if (level[x] != 0)
                row[x] = static_cast<std::uint8_t>(row[x] * (1 - strength * level[x] / 255));
        }
    }
}

void Overlay::cover(double gray, double strength) const {
    for (int y = 0; y < mask_.height; ++y) {
        const std::uint8_t* level = mask_.row(y);
        std::uint8_t* row = image_.row(top_ + y) + left_;
        for (int x = 0; x < mask_.width; ++x) {
            if (level[x] == 0) continue;
            const double share = strength * level[x] / 255;
            row[x] = static_cast<std::uint8_t>(row[x] * (1 - share) + gray * share);
        }
    }
}

}  // namespace verso::scanner::lab
