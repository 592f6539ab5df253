// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/scanner_effects.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "scanner/image/decoders.h"
#include "scanner/lab/encode.h"

namespace verso::scanner::lab {

namespace {

constexpr double kPi = 3.141592653589793;

cv::Mat view(GrayImage& image) { return {image.height, image.width, CV_8UC1, image.pixels.data()}; }

std::uint8_t to_byte(double value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0) + 0.5);
}

/// Falls off along one direction, and under a shadow with a soft edge.
void shade(GrayImage& image, const Profile& profile, Rng& rng) {
    const double lost = rng.in(profile.shading), angle = rng.in(0, 2 * kPi);
    const bool shadow = rng.chance(profile.shadow);
    const double edge = rng.in(0.2, 0.8), depth = rng.in(0.15, 0.4), soft = rng.in(0.02, 0.12);
    const double shadow_angle = rng.in(0, 2 * kPi);
    if (lost <= 0 && !shadow) return;
    const double wx = std::cos(angle) / image.width, wy = std::sin(angle) / image.height;
    const double sx = std::cos(shadow_angle) / image.width,
                 sy = std::sin(shadow_angle) / image.height;
    for (int y = 0; y < image.height; ++y) {
        std::uint8_t* row = image.row(y);
        for (int x = 0; x < image.width; ++x) {
            const double dx = x - image.width / 2.0, dy = y - image.height / 2.0;
            double light = 1 - lost * (0.5 + dx * wx + dy * wy);
            if (shadow)
                light *= 1 - depth / (1 + std::exp((edge - 0.5 - dx * sx - dy * sy) / soft));
            row[x] = to_byte(row[x] * light);
        }
    }
}

void blur(GrayImage& image, const Profile& profile, Rng& rng) {
    cv::Mat picture = view(image);
    const double sigma = rng.in(profile.blur_px);
    if (sigma > 0.05) cv::GaussianBlur(picture, picture, {}, sigma);
    const double length = rng.in(profile.motion_px), angle = rng.in(0, kPi);
    if (length < 0.3) return;
    constexpr int kSide = 9;
    cv::Mat kernel = cv::Mat::zeros(kSide, kSide, CV_32FC1);
    constexpr int kSteps = 32;
    for (int i = 0; i <= kSteps; ++i) {  // the path of the hand, spread over the taps around it
        const double along = (double(i) / kSteps - 0.5) * length;
        const double x = kSide / 2 + along * std::cos(angle),
                     y = kSide / 2 + along * std::sin(angle);
        const int left = static_cast<int>(x), top = static_cast<int>(y);
        for (int k = 0; k < 4; ++k) {
            const int u = left + k % 2, v = top + k / 2;
            kernel.at<float>(v, u) += float((1 - std::abs(x - u)) * (1 - std::abs(y - v)));
        }
    }
    kernel /= cv::sum(kernel)[0];
    cv::filter2D(picture, picture, -1, kernel, {-1, -1}, 0, cv::BORDER_REPLICATE);
}

void set_tone(GrayImage& image, const Profile& profile, Rng& rng) {
    const double gamma = rng.in(profile.gamma), contrast = rng.in(profile.contrast);
    const double brightness = rng.in(profile.brightness);
    std::array<std::uint8_t, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double curved = 255 * std::pow(double(i) / 255, gamma);
        table.at(i) = to_byte((curved - 128) * contrast + 128 + brightness);
    }
    for (auto& pixel : image.pixels) pixel = table[pixel];
}

/// Dust on the glass of a feeder draws a line down the whole picture.
void add_streaks(GrayImage& image, const Profile& profile, Rng& rng) {
    const int count = static_cast<int>(rng.in(profile.streaks));
    for (int i = 0; i < count; ++i) {
        const int left = rng.below(image.width), wide = 1 + rng.below(3);
        const double gray = rng.chance(0.8) ? rng.in(20, 130) : 255;
        const double strength = rng.in(0.5, 1);
        for (int y = 0; y < image.height; ++y) {
            for (int x = left; x < std::min(left + wide, image.width); ++x) {
                std::uint8_t& pixel = image.row(y)[x];
                pixel = to_byte(pixel * (1 - strength) + gray * strength);
            }
        }
    }
}

/// Four bytes of one draw summed are near enough to normal for a sensor, and cheap.
void add_noise(GrayImage& image, const Profile& profile, Rng& rng) {
    const double sigma = rng.in(profile.noise);
    if (sigma <= 0) return;
    constexpr double kDeviation = 147.8;  // of the sum of four bytes
    const double scale = sigma / kDeviation;
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        if (i % 2 == 0) bits = rng.bits();
        const unsigned sum =
            (bits & 255) + (bits >> 8 & 255) + (bits >> 16 & 255) + (bits >> 24 & 255);
        image.pixels[i] = to_byte(image.pixels[i] + (double(sum) - 510) * scale);
        bits >>= 32;
    }
}

}  // namespace

GrayImage make_bed(int width, int height, Bed bed, Rng& rng) {
    GrayImage image{width, height, 0, {}};
    image.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    const std::array<Range, 4> kBeds{{{245, 254}, {165, 215}, {10, 45}, {70, 170}}};
    const double base = rng.in(kBeds.at(static_cast<std::size_t>(bed)));
    std::fill(image.pixels.begin(), image.pixels.end(), to_byte(base));
    if (bed != Bed::Cloth) return image;
    // Warp, weft and a print of wide stripes.
    const double thread = rng.in(4, 9), stripe = rng.in(30, 120), slant = rng.in(-0.4, 0.4);
    const double depth = rng.in(8, 22), print = rng.in(0, 35);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const double u = x + slant * y, v = y - slant * x;
            const double weave = std::sin(u * 2 * kPi / thread) * std::sin(v * 2 * kPi / thread);
            const double bands = std::sin(u * 2 * kPi / stripe) > 0.3 ? print : 0;
            image.row(y)[x] = to_byte(base + depth * weave + bands);
        }
    }
    return image;
}

void see(GrayImage& image, const Profile& profile, Rng& rng) {
    shade(image, profile, rng);
    blur(image, profile, rng);
    set_tone(image, profile, rng);
    add_streaks(image, profile, rng);
    add_noise(image, profile, rng);
    const double threshold = rng.in(profile.threshold);
    if (threshold > 0) {
        for (auto& pixel : image.pixels) pixel = pixel > threshold ? 255 : 0;
    }
    const int quality = static_cast<int>(rng.in(profile.jpeg_quality));
    if (quality <= 0) return;
    auto decoded = decode_jpeg(encode_jpeg(image, quality), "lab", LoadLimits{});
    if (decoded) image.pixels = std::move(decoded->pixels);
}

}  // namespace verso::scanner::lab
