// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/paper_effects.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace verso::scanner::lab {

namespace {

constexpr double kPi = 3.141592653589793;

cv::Mat view(GrayImage& image) { return {image.height, image.width, CV_8UC1, image.pixels.data()}; }

/// Multiplies the picture by 1 - strength · mask, with the mask drawn in ink and softened.
void darken(GrayImage& image, cv::Mat mask, double strength, double soften_px) {
    if (soften_px > 0.1) cv::GaussianBlur(mask, mask, {}, soften_px);
    for (int y = 0; y < image.height; ++y) {
        const auto* m = mask.ptr<std::uint8_t>(y);
        std::uint8_t* row = image.row(y);
        for (int x = 0; x < image.width; ++x) {
            row[x] = static_cast<std::uint8_t>(row[x] * (1 - strength * m[x] / 255));
        }
    }
}

cv::Mat blank(const GrayImage& image) { return cv::Mat::zeros(image.height, image.width, CV_8UC1); }

cv::Point2d somewhere(const CardArea& card, Rng& rng) {
    return {card.x + card.w * rng.in(0.1, 0.9), card.y + card.h * rng.in(0.1, 0.9)};
}

}  // namespace

void fade_toner(GrayImage& image, double share, Rng& rng) {
    const double phase = rng.in(0, 2 * kPi), waves = rng.in(0.5, 2);
    for (int x = 0; x < image.width; ++x) {
        const double here =
            share + (1 - share) * 0.3 * std::sin(phase + waves * 2 * kPi * x / image.width);
        const double kept = std::clamp(here, 0.05, 1.0);
        for (int y = 0; y < image.height; ++y) {
            std::uint8_t& pixel = image.row(y)[x];
            pixel = static_cast<std::uint8_t>(255 - (255 - pixel) * kept);
        }
    }
}

void add_fold(GrayImage& image, const CardArea& card, Rng& rng) {
    const bool across = rng.chance(0.7);
    const double at = rng.in(0.2, 0.8), lean = rng.in(-0.02, 0.02);
    const double slope = lean * (across ? card.w : card.h) / (across ? image.width : image.height);
    const double start = across ? card.y + card.h * at : card.x + card.w * at;
    const double width = rng.in(0.25, 0.5) * card.px_per_mm, depth = rng.in(0.10, 0.35);
    const double broken = rng.in(0.2, 0.6);  // toner cracks off along the crease
    for (int y = 0; y < image.height; ++y) {
        std::uint8_t* row = image.row(y);
        for (int x = 0; x < image.width; ++x) {
            const double from = (across ? y - slope * x : x - slope * y) - start;
            if (std::abs(from) > 8 * width) continue;
            const double crease = std::exp(-from * from / (width * width));
            const double shade = from > 0 ? depth * std::exp(-from / (2.5 * width)) : 0;
            const double lifted = row[x] + (255 - row[x]) * broken * crease;
            row[x] = static_cast<std::uint8_t>(lifted * (1 - shade) * (1 - depth * 0.5 * crease));
        }
    }
}

void add_stain(GrayImage& image, const CardArea& card, Rng& rng) {
    cv::Mat mask = blank(image);
    const cv::Point2d middle = somewhere(card, rng);
    const double radius = rng.in(12, 35) * card.px_per_mm;
    const cv::Size axes(static_cast<int>(radius), static_cast<int>(radius * rng.in(0.85, 1)));
    const double start = rng.in(0, 360), angle = rng.in(0, 180);
    cv::ellipse(mask, middle, axes, angle, 0, 360, 60, cv::FILLED);
    cv::ellipse(mask, middle, axes, angle, start, start + rng.in(150, 360), 255,
                std::max(1, static_cast<int>(rng.in(0.8, 2.5) * card.px_per_mm)));
    darken(image, mask, rng.in(0.15, 0.35), 0.5 * card.px_per_mm);
}

void add_postmark(GrayImage& image, const CardArea& card, Rng& rng) {
    cv::Mat mask = blank(image);
    const cv::Point2d middle = somewhere(card, rng);
    const double mm = card.px_per_mm, radius = rng.in(11, 14) * mm;
    const int thick = std::max(1, static_cast<int>(0.5 * mm));
    cv::circle(mask, middle, static_cast<int>(radius), 255, thick, cv::LINE_AA);
    cv::circle(mask, middle, static_cast<int>(radius * 0.62), 255, thick, cv::LINE_AA);
    for (int i = 0; i < 9; ++i) {  // letters round the rim, and the date's bars
        const double angle = kPi * (0.1 + i * 0.2);
        const cv::Point2d out(std::cos(angle), std::sin(angle));
        cv::line(mask, middle + out * (radius * 0.72), middle + out * (radius * 0.9), 255,
                 2 * thick, cv::LINE_AA);
    }
    for (int line = -1; line <= 1; ++line) {
        const cv::Point2d start = middle + cv::Point2d(-radius * 0.45, line * 3 * mm);
        cv::line(mask, start, start + cv::Point2d(radius * rng.in(0.6, 0.9), 0), 255, 2 * thick,
                 cv::LINE_AA);
    }
    for (int wave = 0; wave < 5; ++wave) {
        cv::Point2d last = middle + cv::Point2d(radius * 1.05, (wave - 2) * 4 * mm);
        for (int step = 1; step <= 40; ++step) {
            const cv::Point2d next(
                middle.x + radius * 1.05 + step * mm,
                middle.y + (wave - 2) * 4 * mm + std::sin(step * 0.6) * 1.2 * mm);
            cv::line(mask, last, next, 255, thick, cv::LINE_AA);
            last = next;
        }
    }
    // Stamps print unevenly.
    cv::Mat patchy(8, 8, CV_8UC1);
    for (int i = 0; i < 64; ++i)
        patchy.at<std::uint8_t>(i / 8, i % 8) = static_cast<std::uint8_t>(rng.in(60, 255));
    cv::resize(patchy, patchy, mask.size(), 0, 0, cv::INTER_CUBIC);
    cv::multiply(mask, patchy, mask, 1.0 / 255);
    darken(image, mask, rng.in(0.45, 0.8), 0.08 * mm);
}

void add_specks(GrayImage& image, const CardArea& card, int count, Rng& rng) {
    for (int i = 0; i < count; ++i) {
        const cv::Point2d middle = somewhere(card, rng);
        const double radius = rng.in(0.05, 0.25) * card.px_per_mm;
        const double gray = rng.in(20, 150);
        cv::Mat picture = view(image);
        cv::ellipse(picture,
                    cv::RotatedRect(
                        middle, cv::Size2f(float(2 * radius), float(2 * radius * rng.in(0.5, 1))),
                        float(rng.in(0, 180))),
                    gray, cv::FILLED, cv::LINE_AA);
    }
}

}  // namespace verso::scanner::lab
