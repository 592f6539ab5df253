// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/mark_scorer.h"

#include <algorithm>
#include <cmath>

#include "scanner/marks/box_zones.h"
#include "scanner/marks/ink_map.h"

namespace verso::scanner {

namespace {

// What is smaller than this is a speck of dust or toner, no stroke: a slow dot of a pen is 0.7 mm.
constexpr double kSpeckExtent = 0.55;  // mm
// A pixel is ink from here on. 0.13: faint pencil on the lab's cards is 0.2 and more after
// smoothing, bleed-through and paper texture below 0.1. The noise term keeps specks of grain out.
constexpr double kFaintestInk = 0.13;
constexpr double kNoiseFactor = 4.5;

// Faint marks are looked for down to here: half as dark as the faintest ink, so that grain of up to
// three deviations stays out.
constexpr double kFaintestTrace = 0.055;
constexpr double kTraceNoiseFactor = 3.2;

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

double upper_tenth(std::vector<float>& values) {
    if (values.empty()) return 0;
    const auto at = values.begin() + std::ptrdiff_t(values.size() * 9 / 10);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// The steepest tenth of the slopes over some pixels of a zone, per pixel, against how dark they
/// are: how sharply ink ends there.
struct Edge {
    double sharpness = 0, peak = 0;
};

Edge edge_over(const std::vector<float>& darkness, const BoxView& view,
               const std::vector<int>& zone, double from) {
    std::vector<float> slopes, darks;
    const std::size_t stride = std::size_t(view.box.patch.width);
    for (int zone_pixel : zone) {
        const std::size_t i = view.index(zone_pixel);
        if (double(darkness[i]) < from) continue;
        const float x = darkness[i + 1] - darkness[i - 1];
        const float y = darkness[i + stride] - darkness[i - stride];
        slopes.push_back(x * x + y * y);
        darks.push_back(darkness[i]);
    }
    const double dark = upper_tenth(darks);
    return {dark > 0 ? std::sqrt(upper_tenth(slopes)) / 2 / dark : 0, dark};
}

void measure_inside(MarkMeasures& m, const std::vector<float>& darkness, const InkMap& ink,
                    const BoxView& view) {
    const double px = view.box.patch.px_per_mm;
    const double all = double(std::max<std::size_t>(1, view.zones.inside.size()));
    double sum = 0, stroke_sum = 0;
    int specks = 0, strokes = 0;
    for (int i : view.zones.inside) {
        sum += darkness[view.index(i)];
        specks += ink.ink[view.index(i)];
    }
    m.wash = sum / all;
    m.speck_share = specks / all;
    if (specks == 0) return;
    for (const auto& stroke : find_strokes(ink, view.mask(view.zones.inside))) {
        const double extent = stroke.diagonal() / px;
        if (extent < kSpeckExtent) continue;
        strokes += stroke.pixels;
        for (int i : stroke.members) stroke_sum += darkness[std::size_t(i)];
        m.stroke_mm = std::max(m.stroke_mm, extent);
    }
    m.ink_share = strokes / all;
    m.darkness = strokes > 0 ? stroke_sum / strokes : 0;
    m.stroke_span = m.stroke_mm / view.inner_height();
    const Edge edge = edge_over(darkness, view, view.zones.inside, m.ink_threshold);
    m.edge = edge.sharpness;
    m.peak = edge.peak;
}

void measure_ring(MarkMeasures& m, const InkMap& ink, const BoxView& view) {
    constexpr double kSectorInked = 0.06;
    std::size_t all = 0, total = 0;
    for (const auto& sector : view.zones.ring) {
        std::size_t inked = 0;
        for (int i : sector) inked += ink.ink[view.index(i)];
        all += sector.size();
        total += inked;
        if (double(inked) > kSectorInked * double(sector.size())) ++m.ring_sectors;
    }
    m.ring_share = all > 0 ? double(total) / double(all) : 0;
    std::size_t far = 0;
    for (int i : view.zones.far) far += ink.ink[view.index(i)];
    m.far_share = double(far) / double(std::max<std::size_t>(1, view.zones.far.size()));
    constexpr double kRoundInked = 0.04;  // a stroke of 0.3 mm across the sector has 0.1
    for (const auto& sector : view.zones.round) {
        std::size_t inked = 0;
        for (int i : sector) inked += ink.ink[view.index(i)];
        if (double(inked) > kRoundInked * double(sector.size())) ++m.round_sectors;
    }
}

/// Of the sectors round the box, how many are crossed by something very faint.
int sectors_above(const std::vector<float>& darkness, double threshold, const BoxView& view) {
    constexpr double kCrossed = 0.1;
    int sectors = 0;
    for (const auto& sector : view.zones.round) {
        const auto dark = std::count_if(sector.begin(), sector.end(), [&](int i) {
            return double(darkness[view.index(i)]) > threshold;
        });
        if (double(dark) > kCrossed * double(sector.size())) ++sectors;
    }
    return sectors;
}

double hidden_share(const BoxView& view) {
    if (view.box.hidden.empty()) return 0;
    std::size_t hidden = 0;
    for (int i : view.zones.inside) hidden += view.box.hidden[view.index(i)];
    return double(hidden) / double(std::max<std::size_t>(1, view.zones.inside.size()));
}

InkMap ink_above(const std::vector<float>& darkness, double threshold, const Patch& patch) {
    InkMap ink{patch.width, patch.height, std::vector<std::uint8_t>(darkness.size())};
    const float edge = float(threshold);
    for (std::size_t i = 0; i < darkness.size(); ++i) ink.ink[i] = darkness[i] > edge ? 1 : 0;
    return ink;
}

/// How far the largest piece of faint ink in the core hangs together.
double faint_span(const std::vector<float>& darkness, double threshold, const BoxView& view) {
    const auto& core = view.zones.core;
    const bool any = std::any_of(core.begin(), core.end(), [&](int i) {
        return double(darkness[view.index(i)]) > threshold;
    });
    if (!any) return 0;
    const InkMap traces = ink_above(darkness, threshold, view.box.patch);
    double largest = 0;
    for (const auto& stroke : find_strokes(traces, view.mask(core))) {
        largest = std::max(largest, stroke.diagonal());
    }
    return largest / view.box.patch.px_per_mm / view.inner_height();
}

MarkMeasures score(const AlignedBox& box, const BoxZones& zones, const BoxPaper& paper,
                   const Tones& tones) {
    constexpr double kSmoothedNoise = 0.375;  // what the binomial kernel leaves of white noise
    MarkMeasures m;
    const BoxView view(box, zones);
    const double contrast = std::max(1.0, tones.contrast() * paper.gray / tones.paper);
    m.paper = paper.gray / tones.paper;
    m.noise = paper.noise * kSmoothedNoise / contrast;
    m.ink_threshold =
        std::max(kFaintestInk, kNoiseFactor * paper.grain * kSmoothedNoise / contrast);
    m.outline = box.outline;
    m.outline_in_place = box.own_shift;
    m.off_image = box.patch.off_image;
    const auto darkness = darkness_of(box.patch, paper.gray, tones);
    const InkMap ink = ink_above(darkness, m.ink_threshold, box.patch);
    const double grain = paper.grain * kSmoothedNoise / contrast;
    m.faint_round =
        sectors_above(darkness, std::max(kFaintestTrace, kTraceNoiseFactor * grain), view);
    measure_inside(m, darkness, ink, view);
    measure_ring(m, ink, view);
    m.faint_span =
        faint_span(darkness, std::max(kFaintestTrace, kTraceNoiseFactor * m.noise), view);
    m.hidden_share = hidden_share(view);
    if (m.stroke_span > 0.5) m.line = longest_line(ink, view.mask(zones.inside));
    return m;
}

/// How sharply the card's own print ends: the median over the clearest outlines.
double print_edge(const std::vector<AlignedBox>& boxes, const std::vector<BoxPaper>& papers,
                  ZoneTable& zones, const Tones& tones) {
    constexpr std::size_t kEnough = 5;
    std::vector<double> edges;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const AlignedBox& box = boxes[i];
        if (!box.own_shift || edges.size() == kEnough) continue;
        const BoxView view(box, zones.of(box));
        const auto darkness = darkness_of(box.patch, papers[i].gray, tones);
        edges.push_back(edge_over(darkness, view, view.zones.outline, kFaintestInk).sharpness);
    }
    if (edges.empty()) return 0;
    std::sort(edges.begin(), edges.end());
    return edges[edges.size() / 2];
}

}  // namespace

std::vector<MarkMeasures> score_marks(const std::vector<AlignedBox>& boxes, const Tones& tones,
                                      double px_per_mm) {
    return score_marks(boxes, papers_of(boxes, tones, px_per_mm), tones, px_per_mm);
}

std::vector<MarkMeasures> score_marks(const std::vector<AlignedBox>& boxes,
                                      const std::vector<BoxPaper>& papers, const Tones& tones,
                                      double px_per_mm) {
    ZoneTable zones(insets_for(boxes, px_per_mm));
    std::vector<MarkMeasures> out;
    out.reserve(boxes.size());
    for (std::size_t i = 0; i < boxes.size(); ++i)
        out.push_back(score(boxes[i], zones.of(boxes[i]), papers[i], tones));
    const bool inked =
        std::any_of(out.begin(), out.end(), [](const auto& m) { return m.edge > 0; });
    if (!inked) return out;
    const double print = print_edge(boxes, papers, zones, tones);
    for (auto& m : out) m.edge = print > 0 ? m.edge / print : 0;
    return out;
}

}  // namespace verso::scanner
