// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/mark_scorer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "scanner/marks/box_shape.h"
#include "scanner/marks/ink_map.h"

namespace verso::scanner {

namespace {

// Distances from the centre line of the outline, mm. The outline is 0.25 wide; blur, alignment to
// half a pixel and JPEG ringing spread it to about 0.35.
constexpr double kInside = -0.36;
constexpr double kRingFrom = 0.40, kRingTo = 1.10;
constexpr int kSectors = 8;

// What is smaller than this is a speck of dust or toner, no stroke: a slow dot of a pen is 0.7 mm.
constexpr double kSpeckExtent = 0.55;  // mm
// A pixel is ink from here on. 0.13: faint pencil on the lab's cards is 0.2 and more after
// smoothing, bleed-through and paper texture below 0.1. The noise term keeps specks of grain out.
constexpr double kFaintestInk = 0.13;
constexpr double kNoiseFactor = 4.5;

struct Zones {
    std::vector<std::uint8_t> inside;
    std::vector<std::int8_t> ring;  ///< sector 0..7, or -1
    int inside_count = 0;
    std::array<int, kSectors> ring_count{};
};

Zones zones_of(const AlignedBox& box) {
    Zones zones;
    const Patch& patch = box.patch;
    zones.inside.resize(patch.pixels.size());
    zones.ring.assign(patch.pixels.size(), -1);
    const MmPoint centre = box.option->box.center();
    for (int y = 0; y < patch.height; ++y) {
        for (int x = 0; x < patch.width; ++x) {
            const MmPoint at = box.to_page(x, y);
            const double distance = outline_distance(*box.option, at);
            const std::size_t i = std::size_t(y) * std::size_t(patch.width) + std::size_t(x);
            if (distance <= kInside) {
                zones.inside[i] = 1;
                ++zones.inside_count;
            } else if (distance >= kRingFrom && distance <= kRingTo) {
                const double angle =
                    std::atan2((at.y - centre.y).value, (at.x - centre.x).value) / std::numbers::pi;
                const int sector = std::clamp(int((angle + 1) * kSectors / 2), 0, kSectors - 1);
                zones.ring[i] = std::int8_t(sector);
                ++zones.ring_count[std::size_t(sector)];
            }
        }
    }
    return zones;
}

struct Paper {
    double gray, noise;  ///< noise in gray steps
};

/// The level and the grain of the bare paper round a box: the upper part of what the ring shows,
/// so that ink in the ring does not pull it down.
Paper local_paper(const Patch& patch, const Zones& zones, const Tones& tones) {
    std::vector<float> ring;
    for (std::size_t i = 0; i < patch.pixels.size(); ++i) {
        if (zones.ring[i] >= 0) ring.push_back(patch.pixels[i]);
    }
    if (ring.empty()) return {tones.paper, 0};
    const auto upper = ring.begin() + std::ptrdiff_t(ring.size() * 3 / 4);
    std::nth_element(ring.begin(), upper, ring.end());
    const double bare = *upper - 0.2 * tones.contrast();
    std::erase_if(ring, [&](float v) { return v < bare; });
    const auto middle = ring.begin() + std::ptrdiff_t(ring.size() / 2);
    std::nth_element(ring.begin(), middle, ring.end());
    const double gray = *middle;
    for (float& v : ring) v = std::abs(v - float(gray));
    std::nth_element(ring.begin(), middle, ring.end());
    constexpr double kMadToSigma = 1.4826;
    return {gray, *middle * kMadToSigma};
}

/// Darkness of each pixel against the paper here. Light falls on paper and ink alike, so the
/// contrast shrinks with the paper's own gray.
std::vector<float> darkness_of(const Patch& patch, double paper, const Tones& tones) {
    const double contrast = std::max(1.0, tones.contrast() * paper / tones.paper);
    std::vector<float> out(patch.pixels.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = std::clamp(float((paper - double(patch.pixels[i])) / contrast), -1.0f, 1.5f);
    }
    return smoothed(out, patch.width, patch.height);
}

void measure_inside(MarkMeasures& m, const std::vector<float>& darkness, const InkMap& ink,
                    const Zones& zones, const AlignedBox& box) {
    const double px = box.patch.px_per_mm;
    const double all = std::max(1, zones.inside_count);
    double sum = 0, stroke_sum = 0;
    int specks = 0, strokes = 0;
    for (std::size_t i = 0; i < darkness.size(); ++i) {
        if (zones.inside[i] == 0) continue;
        sum += darkness[i];
        specks += ink.ink[i] != 0 ? 1 : 0;
    }
    for (const auto& stroke : find_strokes(ink, zones.inside)) {
        const double extent = stroke.diagonal() / px;
        if (extent < kSpeckExtent) continue;
        strokes += stroke.pixels;
        for (int i : stroke.members) stroke_sum += darkness[std::size_t(i)];
        m.stroke_mm = std::max(m.stroke_mm, extent);
    }
    m.wash = sum / all;
    m.speck_share = specks / all;
    m.ink_share = strokes / all;
    m.darkness = strokes > 0 ? stroke_sum / strokes : 0;
    m.stroke_span = m.stroke_mm / (box.option->box.h.value + 2 * kInside);
}

void measure_ring(MarkMeasures& m, const InkMap& ink, const Zones& zones) {
    constexpr double kSectorInked = 0.06;
    std::array<int, kSectors> inked{};
    int all = 0, total = 0;
    for (std::size_t i = 0; i < ink.ink.size(); ++i) {
        if (zones.ring[i] >= 0 && ink.ink[i] != 0) ++inked[std::size_t(zones.ring[i])];
    }
    for (std::size_t s = 0; s < kSectors; ++s) {
        all += zones.ring_count[s];
        total += inked[s];
        if (inked[s] > kSectorInked * zones.ring_count[s]) ++m.ring_sectors;
    }
    m.ring_share = all > 0 ? double(total) / all : 0;
}

MarkMeasures score(const AlignedBox& box, const Tones& tones) {
    constexpr double kSmoothedNoise = 0.375;  // what the binomial kernel leaves of white noise
    MarkMeasures m;
    const Zones zones = zones_of(box);
    const Paper paper = local_paper(box.patch, zones, tones);
    const double contrast = std::max(1.0, tones.contrast() * paper.gray / tones.paper);
    m.paper = paper.gray / tones.paper;
    m.noise = paper.noise * kSmoothedNoise / contrast;
    m.ink_threshold = std::max(kFaintestInk, kNoiseFactor * m.noise);
    m.outline = box.outline;
    m.outline_in_place = box.own_shift;
    m.off_image = box.patch.off_image;
    const auto darkness = darkness_of(box.patch, paper.gray, tones);
    InkMap ink{box.patch.width, box.patch.height, std::vector<std::uint8_t>(darkness.size())};
    for (std::size_t i = 0; i < darkness.size(); ++i) ink.ink[i] = darkness[i] > m.ink_threshold;
    measure_inside(m, darkness, ink, zones, box);
    measure_ring(m, ink, zones);
    if (m.stroke_span > 0.5) m.line = longest_line(ink, zones.inside);
    return m;
}

}  // namespace

std::vector<MarkMeasures> score_marks(const std::vector<AlignedBox>& boxes, const Tones& tones) {
    std::vector<MarkMeasures> out;
    out.reserve(boxes.size());
    for (const auto& box : boxes) out.push_back(score(box, tones));
    return out;
}

}  // namespace verso::scanner
