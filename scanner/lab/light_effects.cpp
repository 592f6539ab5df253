// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <vector>

#include "scanner/lab/overlay.h"
#include "scanner/lab/scanner_effects.h"

namespace verso::scanner::lab {

namespace {

constexpr double kPi = 3.141592653589793;

/// A share of light for each multiple of 1/256 along the way from one end to the other.
using Falloff = std::vector<int>;

/// Multiplies each pixel by the share that `falloff` has for its place along `angle`.
void shade(GrayImage& image, double angle, const Falloff& falloff) {
    const double wx = std::cos(angle) / image.width, wy = std::sin(angle) / image.height;
    const double reach = std::abs(std::cos(angle)) + std::abs(std::sin(angle));
    const double steps = double(falloff.size() - 1) / reach;
    for (int y = 0; y < image.height; ++y) {
        std::uint8_t* row = image.row(y);
        double at = (0.5 * reach + (y - image.height / 2.0) * wy - image.width / 2.0 * wx) * steps;
        for (int x = 0; x < image.width; ++x, at += wx * steps) {
            const auto k =
                static_cast<std::size_t>(std::clamp(at, 0.0, double(falloff.size() - 1)));
            row[x] = static_cast<std::uint8_t>((row[x] * falloff[k] + 128) >> 8);
        }
    }
}

template <class Share>
Falloff tabulate(Share share) {
    constexpr int kSteps = 1024;
    Falloff falloff;
    for (int i = 0; i <= kSteps; ++i)
        falloff.push_back(static_cast<int>(std::lround(256 * share(double(i) / kSteps))));
    return falloff;
}

void add_glare(GrayImage& image, Rng& rng) {
    const PxPoint middle{Px{image.width * rng.in(0.15, 0.85)},
                         Px{image.height * rng.in(0.15, 0.85)}};
    const double size = std::min(image.width, image.height) * rng.in(0.06, 0.2);
    Overlay lamp(image, middle, size * 3);
    lamp.arc(middle, size, size * rng.in(0.3, 0.9), rng.in(0, 180), 0, 360, -1);
    lamp.soften(size * rng.in(0.2, 0.5));
    lamp.cover(255, rng.in(0.5, 1));
}

}  // namespace

void light(GrayImage& image, const Profile& profile, Rng& rng) {
    const double lost = rng.in(profile.shading), angle = rng.in(0, 2 * kPi);
    const bool shadow = rng.chance(profile.shadow);
    const double edge = rng.in(0.2, 0.8), depth = rng.in(0.15, 0.4), soft = rng.in(0.02, 0.12);
    const double shadow_angle = rng.in(0, 2 * kPi);
    if (lost > 0) shade(image, angle, tabulate([&](double at) { return 1 - lost * at; }));
    if (shadow) {
        shade(image, shadow_angle,
              tabulate([&](double at) { return 1 - depth / (1 + std::exp((edge - at) / soft)); }));
    }
    if (rng.chance(profile.glare)) add_glare(image, rng);
}

}  // namespace verso::scanner::lab
