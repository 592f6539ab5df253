// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/paper_effects.h"

#include <algorithm>
#include <cmath>

#include "scanner/lab/overlay.h"

namespace verso::scanner::lab {

namespace {
constexpr double kTurn = 6.283185307179586;

PxPoint beside(PxPoint from, double angle, double distance) {
    return from + PxPoint{Px{std::cos(angle) * distance}, Px{std::sin(angle) * distance}};
}
}  // namespace

void add_fold(GrayImage& image, const Scene& scene, Rng& rng) {
    const bool across = rng.chance(0.7);
    const double at = rng.in(0.2, 0.8), lean = rng.in(-0.02, 0.02);
    const double slope =
        lean * (across ? scene.w : scene.h) / (across ? image.width : image.height);
    const double start = across ? scene.y + scene.h * at : scene.x + scene.w * at;
    const double width = rng.in(0.25, 0.5) * scene.px_per_mm, depth = rng.in(0.10, 0.35);
    const double broken = rng.in(0.2, 0.6);  // toner cracks off along the crease
    const auto crease_at = [&](std::uint8_t& pixel, double from) {
        if (std::abs(from) > 8 * width) return;
        const double crease = std::exp(-from * from / (width * width));
        const double shade = from > 0 ? depth * std::exp(-from / (2.5 * width)) : 0;
        const double lifted = pixel + (255 - pixel) * broken * crease;
        pixel = static_cast<std::uint8_t>(lifted * (1 - shade) * (1 - depth * 0.5 * crease));
    };
    for (int y = 0; y < image.height; ++y) {
        std::uint8_t* row = image.row(y);
        for (int x = 0; x < image.width; ++x)
            crease_at(row[x], (across ? y - slope * x : x - slope * y) - start);
    }
}

void add_stain(GrayImage& image, const Scene& scene, Rng& rng) {
    const PxPoint middle = scene.somewhere(0.3, rng);
    const double radius = rng.in(12, 35) * scene.px_per_mm, flat = radius * rng.in(0.85, 1);
    const double start = rng.in(0, 360), tilt = rng.in(0, 180);
    Overlay overlay(image, middle, radius * 1.2);
    overlay.arc(middle, radius, flat, tilt, 0, 360, -1, 60);
    overlay.arc(middle, radius, flat, tilt, start, start + rng.in(150, 360),
                rng.in(0.8, 2.5) * scene.px_per_mm);
    overlay.soften(0.5 * scene.px_per_mm);
    overlay.darken(rng.in(0.15, 0.35));
}

void add_smudge(GrayImage& image, const Scene& scene, Rng& rng) {
    const int count = 1 + rng.below(2);
    for (int i = 0; i < count; ++i) {
        const PxPoint middle = scene.somewhere(0.6, rng);
        const double mm = scene.px_per_mm, long_side = rng.in(4, 11) * mm;
        const double angle = rng.in(0, 360), direction = angle / 360 * kTurn;
        Overlay overlay(image, middle, long_side * 1.6);
        overlay.arc(middle, long_side, rng.in(2.5, 6) * mm, angle, 0, 360, -1,
                    static_cast<int>(rng.in(60, 200)));
        const int grooves = rng.below(7);  // a finger's ridges, or the drag of a sleeve
        for (int k = 0; k < grooves; ++k) {
            const PxPoint start = beside(middle, direction + kTurn / 4, rng.in(-3, 3) * mm);
            overlay.line(beside(start, direction, -long_side * rng.in(0.3, 0.9)),
                         beside(start, direction, long_side * rng.in(0.3, 0.9)),
                         rng.in(0.3, 1) * mm);
        }
        overlay.soften(rng.in(0.6, 1.6) * mm);
        overlay.darken(rng.in(0.08, 0.30));
    }
}

void add_erasure(GrayImage& image, const Scene& scene, Rng& rng) {
    const PxPoint middle = scene.somewhere(1, rng);
    const double mm = scene.px_per_mm;
    Overlay ghost(image, middle, 8 * mm);
    const double angle = rng.in(0, kTurn);
    for (int i = 0; i < 2; ++i) {  // the pencil's cross, nearly gone
        const double direction = angle + i * rng.in(1, 2);
        ghost.line(beside(middle, direction, -2 * mm), beside(middle, direction, 2 * mm), 0.5 * mm);
    }
    ghost.soften(0.15 * mm);
    ghost.darken(rng.in(0.03, 0.12));
    Overlay rubbed(image, middle, 12 * mm);
    const double along = rng.in(0, kTurn);
    for (int i = 0; i < 6; ++i) {
        const PxPoint start = beside(middle, along + kTurn / 4, rng.in(-2.5, 2.5) * mm);
        rubbed.line(beside(start, along, -rng.in(3, 7) * mm),
                    beside(start, along, rng.in(3, 7) * mm), rng.in(0.8, 2) * mm,
                    static_cast<int>(rng.in(60, 255)));
    }
    rubbed.soften(0.5 * mm);
    rubbed.darken(rng.in(0.03, 0.12));
}

void add_staple(GrayImage& image, const Scene& scene, Rng& rng) {
    const MmBox inner = scene.card.grown(Mm{-rng.in(5, 14)});
    const MmPoint corner = inner.corners().at(static_cast<std::size_t>(rng.below(4)));
    const PxPoint middle = scene.page_to_image.to_image(corner);
    const double mm = scene.px_per_mm, angle = rng.in(0, kTurn), half = rng.in(5, 6.5) * mm;
    const PxPoint from = beside(middle, angle, -half), to = beside(middle, angle, half);
    const bool pulled = rng.chance(0.4);  // two holes are left
    Overlay shadow(image, middle, 2 * half);
    for (const PxPoint& end : {from, to}) shadow.arc(end, 0.5 * mm, 0.4 * mm, 0, 0, 360, -1);
    if (!pulled)
        shadow.line(beside(from, angle + 1.5, 0.4 * mm), beside(to, angle + 1.5, 0.4 * mm),
                    0.9 * mm);
    shadow.soften(0.15 * mm);
    shadow.darken(rng.in(0.5, 0.9));
    if (pulled) return;
    Overlay wire(image, middle, 2 * half);
    wire.line(from, to, 0.55 * mm);
    wire.cover(rng.in(90, 240), 0.95);
}

void add_specks(GrayImage& image, const Scene& scene, int count, Rng& rng) {
    for (int i = 0; i < count; ++i) {
        const PxPoint middle = scene.somewhere(0, rng);
        const double radius = rng.in(0.05, 0.25) * scene.px_per_mm;
        const double gray = rng.in(20, 150);
        Overlay overlay(image, middle, radius + 3);
        overlay.arc(middle, radius, radius * rng.in(0.5, 1), rng.in(0, 180), 0, 360, -1);
        overlay.cover(gray, 1);
    }
}

void wear(GrayImage& image, const Scene& scene, const Profile& profile, Rng& rng) {
    if (rng.chance(profile.fold)) add_fold(image, scene, rng);
    if (rng.chance(profile.stain)) add_stain(image, scene, rng);
    if (rng.chance(profile.smudge)) add_smudge(image, scene, rng);
    if (rng.chance(profile.erased)) add_erasure(image, scene, rng);
    if (rng.chance(profile.staple)) add_staple(image, scene, rng);
    if (rng.chance(profile.postmark)) add_postmark(image, scene, rng);
    if (rng.chance(profile.stamp)) add_stamp(image, scene, rng);
    add_specks(image, scene, static_cast<int>(rng.in(profile.specks)), rng);
}

}  // namespace verso::scanner::lab
