// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/box_paper.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace verso::scanner {

namespace {

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
BoxPaper paper_among(const Histogram& pixels, const Tones& tones) {
    const double bare = pixels.quantile(0.75, 0, 255) - 0.2 * tones.contrast();
    const int lowest = std::clamp(int(bare), 0, 255);
    const double gray = pixels.quantile(0.5, lowest, 255);
    constexpr double kOneSigmaBelow = 0.1587;  // share of a normal distribution
    const double noise = gray - pixels.quantile(kOneSigmaBelow, lowest, 255);
    return {std::min(gray, 255.0), std::max(0.0, noise)};
}

/// The bare paper round a box. Where the inside is clearly lighter, the ring is covered, by a pale
/// wide line drawn round the box: then the inside is the paper.
BoxPaper local_paper(const BoxView& view, const Tones& tones) {
    constexpr double kLighter = 0.02;  // of the contrast; unmarked they differ by 0.005
    Histogram ring, core;
    for (const auto& sector : view.zones.ring) {
        for (int i : sector) ring.add(view.box.patch.pixels[view.index(i)]);
    }
    for (int i : view.zones.core) core.add(view.box.patch.pixels[view.index(i)]);
    if (ring.total == 0) return {tones.paper, 0};
    const BoxPaper round = paper_among(ring, tones);
    if (core.total == 0) return round;
    const BoxPaper inside = paper_among(core, tones);
    return inside.gray > round.gray + kLighter * tones.contrast() ? inside : round;
}

}  // namespace

std::vector<BoxPaper> papers_of(const std::vector<AlignedBox>& boxes, ZoneTable& zones,
                                const Tones& tones) {
    constexpr double kUneven = 1.5, kGrayStep = 1;
    std::vector<BoxPaper> papers;
    std::vector<double> noise;
    for (const auto& box : boxes) {
        papers.push_back(local_paper(BoxView(box, zones.of(box)), tones));
        noise.push_back(papers.back().noise);
    }
    if (noise.empty()) return papers;
    const auto middle = noise.begin() + std::ptrdiff_t((noise.size() - 1) / 2);
    std::nth_element(noise.begin(), middle, noise.end());
    const double most = kUneven * *middle + kGrayStep;
    for (auto& paper : papers) paper.grain = std::min(paper.noise, most);
    return papers;
}

std::vector<BoxPaper> papers_of(const std::vector<AlignedBox>& boxes, const Tones& tones,
                                double px_per_mm) {
    ZoneTable zones(insets_for(boxes, px_per_mm));
    return papers_of(boxes, zones, tones);
}

}  // namespace verso::scanner
