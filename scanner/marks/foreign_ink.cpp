// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/foreign_ink.h"

#include <algorithm>
#include <cmath>

#include "scanner/marks/box_shape.h"
#include "scanner/marks/ink_map.h"

namespace verso::scanner {

namespace {

constexpr double kPxPerMm = 5;
constexpr Mm kReach{12};
constexpr double kWayOut = 2.5;   // mm beyond the box that a line which passes through goes on
constexpr double kInk = 0.17;     // darkness: above bleed-through, below faint pencil's core
constexpr double kInside = 0.45;  // mm from the outline's centre line

double paper_of(const Patch& window) {
    std::vector<float> values = window.pixels;
    const auto at = values.begin() + std::ptrdiff_t(values.size() * 3 / 4);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// `darkness` is the mean of the strokes inside: what is half as dark is another ink.
InkMap ink_of(const Patch& window, const Tones& tones, double darkness) {
    const double edge = paper_of(window) - std::max(kInk, darkness / 2) * tones.contrast();
    InkMap ink{window.width, window.height, std::vector<std::uint8_t>(window.pixels.size())};
    for (std::size_t i = 0; i < ink.ink.size(); ++i) {
        ink.ink[i] = double(window.pixels[i]) < edge ? 1 : 0;
    }
    return ink;
}

/// Whether a piece of the band round the box spans it from the box outwards.
bool runs_out(const Stroke& way) { return way.diagonal() > (kWayOut - 0.5) * kPxPerMm * 0.9; }

/// Distance of a position from the box, 0 inside it.
double outside_by(const MmBox& box, MmPoint at) {
    const double x = std::max({(box.x - at.x).value, (at.x - box.right()).value, 0.0});
    const double y = std::max({(box.y - at.y).value, (at.y - box.bottom()).value, 0.0});
    return std::hypot(x, y);
}

}  // namespace

InkBeyond ink_beyond(const GrayImage& image, const Homography& map, const AlignedBox& box,
                     double darkness, const std::vector<CardLine>& lines, const Tones& tones) {
    const MarkOption& option = *box.option;
    Patch window = sample_patch(image, map, option.box.grown(kReach), kPxPerMm, 3);
    take_lines_away(window, lines, tones);
    const InkMap ink = ink_of(window, tones, darkness);
    const std::vector<std::uint8_t> everywhere(ink.ink.size(), 1);
    InkBeyond out;
    for (const auto& piece : find_strokes(ink, everywhere)) {
        bool inside = false;
        double far = 0;
        std::vector<std::uint8_t> band(ink.ink.size());
        for (int i : piece.members) {
            const MmPoint at = window.to_page(i % window.width, i / window.width);
            const MmPoint printed{at.x - Mm{box.shift_x}, at.y - Mm{box.shift_y}};
            inside = inside || outline_distance(option, printed) < -kInside;
            const double from = outside_by(option.box, printed);
            far = std::max(far, from);
            band[std::size_t(i)] = from > 0.5 && from < kWayOut ? 1 : 0;
        }
        if (!inside) continue;
        out.reach = std::max(out.reach, std::min(far, kReach.value));
        if (far < kWayOut) continue;
        for (const auto& way : find_strokes(ink, band)) out.ways_out += runs_out(way) ? 1 : 0;
    }
    return out;
}

}  // namespace verso::scanner
