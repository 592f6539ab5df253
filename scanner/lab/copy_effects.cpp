// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "scanner/lab/scanner_effects.h"

namespace verso::scanner::lab {

namespace {

cv::Mat view(GrayImage& image) { return {image.height, image.width, CV_8UC1, image.pixels.data()}; }

/// Black slivers where the lid stood open, along some of the edges.
void darken_edges(GrayImage& image, Rng& rng) {
    cv::Mat picture = view(image);
    const std::array<cv::Rect, 4> edges{
        cv::Rect(0, 0, image.width, static_cast<int>(rng.in(0, 0.02) * image.height)),
        cv::Rect(0, 0, static_cast<int>(rng.in(0, 0.02) * image.width), image.height),
        cv::Rect(image.width - 1 - static_cast<int>(rng.in(0, 0.02) * image.width), 0, 1,
                 image.height),
        cv::Rect(0, image.height - 1, image.width, 1)};
    for (const cv::Rect& edge : edges)
        if (rng.chance(0.4) && edge.area() > 0) picture(edge).setTo(rng.in(0, 40));
}

/// Rounds to black or white and hands the error to the neighbours (Floyd and Steinberg 1976).
void diffuse(GrayImage& image) {
    const auto width = static_cast<std::size_t>(image.width);
    std::vector<int> here(width + 2, 0), below(width + 2, 0);
    for (int y = 0; y < image.height; ++y) {
        std::uint8_t* row = image.row(y);
        for (std::size_t x = 0; x < width; ++x) {
            const int wanted = row[x] + here[x + 1] / 16;
            row[x] = wanted > 127 ? 255 : 0;
            const int error = wanted - row[x];
            here[x + 2] += 7 * error;
            below[x] += 3 * error;
            below[x + 1] += 5 * error;
            below[x + 2] += error;
        }
        here.swap(below);
        std::fill(below.begin(), below.end(), 0);
    }
}

/// Ordered dither by Bayer's 4 x 4 matrix (1973).
void order(GrayImage& image) {
    constexpr std::array<int, 16> kBayer{0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};
    for (int y = 0; y < image.height; ++y) {
        std::uint8_t* row = image.row(y);
        for (int x = 0; x < image.width; ++x) {
            const auto cell = static_cast<std::size_t>(y % 4 * 4 + x % 4);
            row[x] = row[x] > kBayer.at(cell) * 16 + 8 ? 255 : 0;
        }
    }
}

}  // namespace

void photocopy(GrayImage& image, Rng& rng) {
    cv::Mat picture = view(image), soft;
    cv::GaussianBlur(picture, soft, {}, rng.in(0.5, 1));
    const double sharp = rng.in(0.3, 1);
    cv::addWeighted(picture, 1 + sharp, soft, -sharp, 0, picture);
    cv::GaussianBlur(picture, picture, {}, 0.6);
    const double contrast = rng.in(1.4, 2.2), middle = rng.in(120, 185);
    picture.convertTo(picture, -1, contrast, 128 - middle * contrast + rng.in(0, 40));
    const int pepper = static_cast<int>(rng.in(0, 4e-4) * double(image.pixels.size()));
    for (int i = 0; i < pepper; ++i) {
        const int x = rng.below(image.width), y = rng.below(image.height);
        image.row(y)[x] = static_cast<std::uint8_t>(rng.in(0, 160));
    }
    darken_edges(image, rng);
}

void make_bilevel(GrayImage& image, const Profile& profile, Rng& rng) {
    const double threshold = rng.in(profile.threshold);
    const int kinds = static_cast<int>(profile.halftones.size());
    const Halftone halftone = profile.halftones.at(static_cast<std::size_t>(rng.below(kinds)));
    if (halftone == Halftone::Diffused) return diffuse(image);
    if (halftone == Halftone::Ordered) return order(image);
    for (auto& pixel : image.pixels) pixel = pixel > threshold ? 255 : 0;
}

}  // namespace verso::scanner::lab
