// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/foreign_ink.h"

#include <algorithm>
#include <cmath>

#include "scanner/marks/box_shape.h"
#include "scanner/marks/ink_map.h"

namespace verso::scanner {

namespace {

constexpr double kPxPerMm = 5;
constexpr Mm kReach{8};
constexpr double kWayOut = 2.5;   // mm beyond the box that a line which passes through goes on
constexpr double kInk = 0.17;     // darkness: above bleed-through, below faint pencil's core
constexpr double kInside = 0.45;  // mm from the outline's centre line

double paper_of(const Patch& window) {
    std::vector<float> values = window.pixels;
    const auto at = values.begin() + std::ptrdiff_t(values.size() * 3 / 4);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// `darkness` is the palest that counts as ink.
InkMap ink_of(const Patch& window, const Tones& tones, double darkness) {
    const double edge = paper_of(window) - std::max(kInk, darkness) * tones.contrast();
    InkMap ink{window.width, window.height, std::vector<std::uint8_t>(window.pixels.size())};
    for (std::size_t i = 0; i < ink.ink.size(); ++i) {
        ink.ink[i] = double(window.pixels[i]) < edge ? 1 : 0;
    }
    return ink;
}

/// The printed outlines of other boxes are no bridge from one mark to the next.
void leave_out_others(InkMap& ink, const Patch& window, const std::vector<AlignedBox>& boxes,
                      std::size_t index) {
    constexpr double kOutline = 0.3;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (i == index) continue;
        const AlignedBox& other = boxes[i];
        const MmBox reach = other.option->box.grown(Mm{1});
        const PxPoint from = window.to_pixel({reach.x, reach.y});
        const PxPoint to = window.to_pixel({reach.right(), reach.bottom()});
        for (int y = std::max(0, int(from.y.value)); y < std::min(window.height, int(to.y.value));
             ++y) {
            for (int x = std::max(0, int(from.x.value));
                 x < std::min(window.width, int(to.x.value)); ++x) {
                const MmPoint at = window.to_page(x, y);
                const MmPoint printed{at.x - Mm{other.shift_x}, at.y - Mm{other.shift_y}};
                if (std::abs(outline_distance(*other.option, printed)) < kOutline) {
                    ink.ink[std::size_t(y * window.width + x)] = 0;
                }
            }
        }
    }
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

InkBeyond ink_beyond(const GrayImage& image, const Homography& map,
                     const std::vector<AlignedBox>& boxes, std::size_t index, double darkness,
                     const std::vector<CardLine>& lines, const Tones& tones) {
    const AlignedBox& box = boxes.at(index);
    const MarkOption& option = *box.option;
    Patch window = sample_patch(image, map, option.box.grown(kReach), kPxPerMm, 3);
    take_lines_away(window, lines, tones);
    InkMap ink = ink_of(window, tones, darkness);
    leave_out_others(ink, window, boxes, index);
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
