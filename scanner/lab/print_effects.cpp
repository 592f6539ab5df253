// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/print_effects.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "scanner/lab/overlay.h"
#include "scanner/lab/pen.h"
#include "scanner/lab/scene.h"

namespace verso::scanner::lab {

namespace {

constexpr double kTurn = 6.283185307179586;

/// `share` of the print's darkness remains, unevenly along the page as an empty cartridge does.
void fade_toner(GrayImage& image, double share, Rng& rng) {
    const double phase = rng.in(0, kTurn), waves = rng.in(0.5, 2);
    std::vector<int> kept;  // of 256
    for (int x = 0; x < image.width; ++x) {
        const double here =
            share + (1 - share) * 0.3 * std::sin(phase + waves * kTurn * x / image.width);
        kept.push_back(static_cast<int>(256 * std::clamp(here, 0.05, 1.0)));
    }
    for (int y = 0; y < image.height; ++y) {
        std::uint8_t* row = image.row(y);
        for (int x = 0; x < image.width; ++x) {
            const int dark = (255 - row[x]) * kept[static_cast<std::size_t>(x)] / 256;
            row[x] = static_cast<std::uint8_t>(255 - dark);
        }
    }
}

/// An uneven patch: what toner, drops and fingers leave.
std::vector<PxPoint> blob(PxPoint middle, double radius, Rng& rng) {
    constexpr int kCorners = 14;
    std::vector<PxPoint> outline;
    const double flat = rng.in(0.55, 1);
    for (int i = 0; i < kCorners; ++i) {
        const double angle = kTurn * i / kCorners, r = radius * rng.in(0.7, 1.15);
        outline.push_back(middle +
                          PxPoint{Px{r * std::cos(angle)}, Px{r * flat * std::sin(angle)}});
    }
    return outline;
}

void add_toner_blobs(GrayImage& image, const Scene& scene, int count, Rng& rng) {
    for (int i = 0; i < count; ++i) {
        const PxPoint middle = scene.somewhere(0.4, rng);
        const double size = rng.unit();  // small ones are many
        const double radius = (0.15 + 1.2 * size * size) * scene.px_per_mm;
        Overlay overlay(image, middle, 2 * radius + 3);
        overlay.polygon(blob(middle, radius, rng));
        overlay.soften(0.05 * scene.px_per_mm);
        overlay.darken(rng.in(0.7, 0.97));
    }
}

/// The place of a box on the other side, which is printed from the other edge.
MmBox mirrored(const MmBox& box, const MmBox& card) {
    return {card.right() - (box.right() - card.x), box.y, box.w, box.h};
}

/// Print and pen of the other side, as far as the paper lets them through.
void add_bleed(GrayImage& image, const Homography& map, const ReadRegion& card, const Scene& scene,
               Rng& rng) {
    GrayImage back = image;
    std::fill(back.pixels.begin(), back.pixels.end(), std::uint8_t{255});
    const Pen& pen = find_pen(rng.chance(0.5) ? "felt" : "marker");
    for (const Question& question : card.questions) {
        for (const MarkOption& option : question.options) {
            MarkOption other = option;
            other.box = mirrored(option.box, card.box);
            const auto kind = static_cast<std::size_t>(rng.below(4));
            const std::uint64_t seed = rng.bits();
            if (rng.chance(0.4)) draw_mark(back, map, other, kMarkStyles.at(kind), pen, seed);
        }
    }
    const int blobs = rng.below(4);
    for (int i = 0; i < blobs; ++i) {
        const PxPoint middle = scene.somewhere(0.5, rng);
        const double radius = rng.in(2, 9) * scene.px_per_mm;
        Overlay overlay(back, middle, 2 * radius);
        overlay.polygon(blob(middle, radius, rng));
        overlay.darken(0.9);
    }
    const double through = rng.in(0.08, 0.28);
    const PxPoint middle{Px{image.width / 2.0}, Px{image.height / 2.0}};
    Overlay shine(image, middle, std::hypot(image.width, image.height));
    shine.copy_darkness(back);
    shine.soften(rng.in(0.1, 0.3) * scene.px_per_mm);
    shine.darken(through);
}

}  // namespace

void age_print(GrayImage& page, const Homography& page_to_image, const ReadRegion& card,
               const Profile& profile, std::uint64_t seed) {
    Rng rng(seed ^ 0x70726E74);  // other draws than the marks', which often have the same seed
    std::vector<MmPoint> boxes;
    for (const Question& question : card.questions)
        for (const MarkOption& option : question.options) boxes.push_back(option.box.center());
    const Scene scene = make_scene(page_to_image, card.box, std::move(boxes));
    if (const double toner = rng.in(profile.toner); toner < 1) fade_toner(page, toner, rng);
    add_toner_blobs(page, scene, static_cast<int>(rng.in(profile.toner_blobs)), rng);
    if (rng.chance(profile.bleed)) add_bleed(page, page_to_image, card, scene, rng);
}

}  // namespace verso::scanner::lab
