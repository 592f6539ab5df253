// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/mark_scorer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

#include "scanner/marks/box_shape.h"
#include "scanner/marks/ink_map.h"

namespace verso::scanner {

namespace {

// Distances from the centre line of the outline, mm. The outline is 0.25 wide; blur, alignment to
// half a pixel and JPEG ringing spread it to about 0.35.
constexpr double kInside = 0.36;
constexpr double kOutlineHalf = 0.3;
constexpr double kRingFrom = 0.40, kRingTo = 1.10;
constexpr int kSectors = 8;
// A circle drawn round a box keeps this near; the next box begins at 2 mm.
constexpr double kRoundTo = 1.75;
constexpr int kRoundSectors = 12;

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

/// Which pixels of a patch belong to what, as indices. Made once per shape and size of box for the
/// place where the layout has it; a box that is found a few pixels away uses the same, moved.
struct Zones {
    std::vector<int> inside, core, outline, far;
    std::array<std::vector<int>, kSectors> ring;
    std::array<std::vector<int>, kRoundSectors> round;
    double inset = 0;  ///< mm from the outline's centre line to the inside
};

/// How far inside the outline ink and faint traces are believed, mm.
struct Insets {
    double ink, traces;
};

Zones zones_of(const MarkOption& option, const Patch& patch, const Insets& insets) {
    Zones zones;
    zones.inset = insets.ink;
    const MmPoint centre = option.box.center();
    for (int y = 0; y < patch.height; ++y) {
        for (int x = 0; x < patch.width; ++x) {
            const MmPoint at = patch.to_page(x, y);
            const double distance = outline_distance(option, at);
            const int i = y * patch.width + x;
            if (distance <= -insets.ink) zones.inside.push_back(i);
            if (distance <= -insets.traces) zones.core.push_back(i);
            if (std::abs(distance) <= kOutlineHalf) zones.outline.push_back(i);
            if (distance < kRingFrom || distance > kRoundTo) continue;
            const double turn = std::atan2((at.y - centre.y).value, (at.x - centre.x).value) /
                                    (2 * std::numbers::pi) +
                                0.5;
            const auto sector = [&](int count) {
                return std::size_t(std::clamp(int(turn * count), 0, count - 1));
            };
            zones.round[sector(kRoundSectors)].push_back(i);
            if (distance > kRingTo) zones.far.push_back(i);
            if (distance <= kRingTo) zones.ring[sector(kSectors)].push_back(i);
        }
    }
    return zones;
}

/// The zones of each size of box on one card.
class ZoneTable {
  public:
    explicit ZoneTable(const Insets& insets) : insets_(insets) {}
    const Zones& of(const AlignedBox& box) {
        const MmBox& b = box.option->box;
        const Key key{int(box.option->shape), b.w.value, b.h.value, box.patch.width,
                      box.patch.height};
        const auto it = zones_.find(key);
        if (it != zones_.end()) return it->second;
        return zones_.emplace(key, zones_of(*box.option, box.patch, insets_)).first->second;
    }

  private:
    using Key = std::tuple<int, double, double, int, int>;
    Insets insets_;
    std::map<Key, Zones> zones_;
};

/// One box with its zones, moved to where its print was found. The patch has room for the ring at
/// every shift that the alignment can give.
struct View {
    const AlignedBox& box;
    const Zones& zones;
    int move;

    View(const AlignedBox& b, const Zones& z) : box(b), zones(z) {
        const double px = b.patch.px_per_mm;
        move = int(std::lround(b.shift_y * px)) * b.patch.width + int(std::lround(b.shift_x * px));
    }
    std::size_t index(int zone_pixel) const { return std::size_t(zone_pixel + move); }
    std::vector<std::uint8_t> mask(const std::vector<int>& zone) const {
        std::vector<std::uint8_t> out(box.patch.pixels.size());
        for (int i : zone) out[index(i)] = 1;
        return out;
    }
    double inner_height() const { return box.option->box.h.value - 2 * zones.inset; }
};

struct Paper {
    double gray, noise;  ///< noise in gray steps
    double grain = 0;    ///< what of the noise is believed to be the paper's own
};

/// How many pixels have each gray; much quicker than sorting them.
struct Histogram {
    std::array<int, 256> counts{};
    int total = 0;

    void add(float gray) {
        ++counts[std::size_t(std::clamp(int(gray + 0.5F), 0, 255))];
        ++total;
    }
    /// The gray below which `share` of the pixels from `lowest` to `highest` lie, inside its bin
    /// by proportion.
    double quantile(double share, int lowest, int highest) const {
        int all = 0;
        for (int g = lowest; g <= highest; ++g) all += counts[std::size_t(g)];
        const double wanted = share * all;
        double seen = 0;
        for (int g = lowest; g <= highest; ++g) {
            const double here = counts[std::size_t(g)];
            if (here > 0 && seen + here >= wanted) return g - 0.5 + (wanted - seen) / here;
            seen += here;
        }
        return highest;
    }
};

/// The level and the grain of the bare paper among some pixels: the upper part of what they show,
/// so that ink among them does not pull it down. Only the darker half tells the grain, as the
/// lighter one may be clipped at white.
Paper paper_among(const Histogram& pixels, const Tones& tones) {
    const double bare = pixels.quantile(0.75, 0, 255) - 0.2 * tones.contrast();
    const int lowest = std::clamp(int(bare), 0, 255);
    const double gray = pixels.quantile(0.5, lowest, 255);
    constexpr double kOneSigmaBelow = 0.1587;  // share of a normal distribution
    const double noise = gray - pixels.quantile(kOneSigmaBelow, lowest, 255);
    return {std::min(gray, 255.0), std::max(0.0, noise)};
}

/// The bare paper round a box. Where the inside is clearly lighter, the ring is covered, by a pale
/// wide line drawn round the box: then the inside is the paper.
Paper local_paper(const View& view, const Tones& tones) {
    constexpr double kLighter = 0.02;  // of the contrast; unmarked they differ by 0.005
    Histogram ring, core;
    for (const auto& sector : view.zones.ring) {
        for (int i : sector) ring.add(view.box.patch.pixels[view.index(i)]);
    }
    for (int i : view.zones.core) core.add(view.box.patch.pixels[view.index(i)]);
    if (ring.total == 0) return {tones.paper, 0};
    const Paper round = paper_among(ring, tones);
    if (core.total == 0) return round;
    const Paper inside = paper_among(core, tones);
    return inside.gray > round.gray + kLighter * tones.contrast() ? inside : round;
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

Edge edge_over(const std::vector<float>& darkness, const View& view, const std::vector<int>& zone,
               double from) {
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
                    const View& view) {
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

void measure_ring(MarkMeasures& m, const InkMap& ink, const View& view) {
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
int sectors_above(const std::vector<float>& darkness, double threshold, const View& view) {
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

double hidden_share(const View& view) {
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
double faint_span(const std::vector<float>& darkness, double threshold, const View& view) {
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

MarkMeasures score(const AlignedBox& box, const Zones& zones, const Paper& paper,
                   const Tones& tones) {
    constexpr double kSmoothedNoise = 0.375;  // what the binomial kernel leaves of white noise
    MarkMeasures m;
    const View view(box, zones);
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

/// Blur carries the outline's own darkness inwards by about a pixel of the scan, more when the
/// outline itself is soft: phone photos of the lab with motion blur read half of their empty boxes
/// as doubtful without that.
Insets insets_for(const std::vector<AlignedBox>& boxes, double px_per_mm) {
    double sharpest = 0;
    for (const auto& box : boxes) sharpest = std::max(sharpest, box.outline);
    const double soft = 1 - std::min(1.0, sharpest);
    return {kInside + 0.35 * soft, 0.42 + 1.2 / std::max(1.0, px_per_mm) + 0.35 * soft};
}

/// The paper round each box. Grain is the same all over the card, but a faint line drawn round one
/// box passes for grain there and would hide itself: no box has much more than half of them have.
std::vector<Paper> papers_of(const std::vector<AlignedBox>& boxes, ZoneTable& zones,
                             const Tones& tones) {
    constexpr double kUneven = 1.5, kGrayStep = 1;
    std::vector<Paper> papers;
    std::vector<double> noise;
    for (const auto& box : boxes) {
        papers.push_back(local_paper(View(box, zones.of(box)), tones));
        noise.push_back(papers.back().noise);
    }
    if (noise.empty()) return papers;
    const auto middle = noise.begin() + std::ptrdiff_t((noise.size() - 1) / 2);
    std::nth_element(noise.begin(), middle, noise.end());
    const double most = kUneven * *middle + kGrayStep;
    for (auto& paper : papers) paper.grain = std::min(paper.noise, most);
    return papers;
}

/// How sharply the card's own print ends: the median over the clearest outlines.
double print_edge(const std::vector<AlignedBox>& boxes, const std::vector<Paper>& papers,
                  ZoneTable& zones, const Tones& tones) {
    constexpr std::size_t kEnough = 5;
    std::vector<double> edges;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const AlignedBox& box = boxes[i];
        if (!box.own_shift || edges.size() == kEnough) continue;
        const View view(box, zones.of(box));
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
    ZoneTable zones(insets_for(boxes, px_per_mm));
    std::vector<MarkMeasures> out;
    out.reserve(boxes.size());
    const std::vector<Paper> papers = papers_of(boxes, zones, tones);
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
