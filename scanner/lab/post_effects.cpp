// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "scanner/lab/overlay.h"
#include "scanner/lab/paper_effects.h"

namespace verso::scanner::lab {

namespace {

constexpr double kPi = 3.141592653589793;

PxPoint beside(PxPoint from, double dx, double dy) { return from + PxPoint{Px{dx}, Px{dy}}; }

/// What offices stamp, in capitals that nearly every hand stamp has.
constexpr std::array kWords{"RECEIVED", "COPY", "PAID", "22 NOV 2026", "CHECKED", "No. 004711"};

}  // namespace

void add_postmark(GrayImage& image, const Scene& scene, Rng& rng) {
    const PxPoint middle = scene.somewhere(0.2, rng);
    const double mm = scene.px_per_mm, radius = rng.in(11, 14) * mm;
    const double thick = std::max(1.0, 0.5 * mm);
    Overlay overlay(image, middle, radius + 46 * mm);
    overlay.arc(middle, radius, radius, 0, 0, 360, thick);
    overlay.arc(middle, radius * 0.62, radius * 0.62, 0, 0, 360, thick);
    for (int i = 0; i < 9; ++i) {  // letters round the rim, and the date's bars
        const double angle = kPi * (0.1 + i * 0.2);
        const double cos = std::cos(angle) * radius, sin = std::sin(angle) * radius;
        overlay.line(beside(middle, cos * 0.72, sin * 0.72), beside(middle, cos * 0.9, sin * 0.9),
                     2 * thick);
    }
    for (int line = -1; line <= 1; ++line) {
        const PxPoint start = beside(middle, -radius * 0.45, line * 3 * mm);
        overlay.line(start, beside(start, radius * rng.in(0.6, 0.9), 0), 2 * thick);
    }
    for (int wave = 0; wave < 5; ++wave) {
        const double y = (wave - 2) * 4 * mm;
        PxPoint last = beside(middle, radius * 1.05, y);
        for (int step = 1; step <= 40; ++step) {
            const PxPoint next =
                beside(middle, radius * 1.05 + step * mm, y + std::sin(step * 0.6) * 1.2 * mm);
            overlay.line(last, next, thick);
            last = next;
        }
    }
    overlay.make_patchy(rng);
    overlay.soften(0.08 * mm);
    overlay.darken(rng.in(0.45, 0.8));
}

void add_stamp(GrayImage& image, const Scene& scene, Rng& rng) {
    const PxPoint middle = scene.somewhere(0.5, rng);
    const double mm = scene.px_per_mm, w = rng.in(15, 24) * mm, h = rng.in(4, 8) * mm;
    const double angle = rng.in(-0.4, 0.4), thick = rng.in(0.4, 1) * mm;
    Overlay overlay(image, middle, w * 1.3 + h);
    const auto at = [&](double x, double y) {
        return beside(middle, x * std::cos(angle) - y * std::sin(angle),
                      x * std::sin(angle) + y * std::cos(angle));
    };
    const std::array corners{at(-w, -h), at(w, -h), at(w, h), at(-w, h)};
    for (std::size_t i = 0; i < 4; ++i) overlay.line(corners.at(i), corners.at((i + 1) % 4), thick);
    const auto word = static_cast<std::size_t>(rng.below(static_cast<int>(kWords.size())));
    overlay.text(kWords.at(word), at(-w * 0.85, h * 0.5), h * 0.9, thick);
    overlay.make_patchy(rng);
    overlay.soften(0.06 * mm);
    overlay.darken(rng.in(0.4, 0.85));
}

}  // namespace verso::scanner::lab
