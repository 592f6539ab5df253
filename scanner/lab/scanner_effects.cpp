// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/scanner_effects.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace verso::scanner::lab {

namespace {

constexpr double kPi = 3.141592653589793;

cv::Mat view(GrayImage& image) { return {image.height, image.width, CV_8UC1, image.pixels.data()}; }

std::uint8_t to_byte(double value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0) + 0.5);
}

void blur(GrayImage& image, const Profile& profile, Rng& rng) {
    cv::Mat picture = view(image);
    const double sigma = rng.in(profile.blur_px);
    if (sigma > 0.05) cv::GaussianBlur(picture, picture, {}, sigma);
    const double length = rng.in(profile.motion_px), angle = rng.in(0, kPi);
    if (length < 0.3) return;
    constexpr int kSide = 7;  // holds 4 px of movement
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

/// Dust on the glass of a feeder draws a line down the whole picture: half of them on the card's
/// boxes, the others anywhere.
void add_streaks(GrayImage& image, const Scene& scene, const Profile& profile, Rng& rng) {
    const int count = static_cast<int>(rng.in(profile.streaks));
    for (int i = 0; i < count; ++i) {
        const int anywhere = rng.below(image.width),
                  wide = static_cast<int>(rng.in(profile.streak_px));
        const int aimed = static_cast<int>(scene.somewhere(1, rng).x.value);
        const int left = std::clamp(rng.chance(0.5) ? aimed : anywhere, 0, image.width - 1);
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

void see(GrayImage& image, const Scene& scene, const Profile& profile, Rng& rng) {
    if (rng.chance(profile.photocopied)) photocopy(image, rng);
    light(image, profile, rng);
    blur(image, profile, rng);
    set_tone(image, profile, rng);
    add_streaks(image, scene, profile, rng);
    add_noise(image, profile, rng);
    if (profile.is_bilevel()) make_bilevel(image, profile, rng);
}

}  // namespace verso::scanner::lab
