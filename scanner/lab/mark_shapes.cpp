// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "scanner/lab/ink_canvas.h"
#include "scanner/lab/pen.h"

namespace verso::scanner::lab {

namespace {

constexpr double kTurn = 6.283185307179586;

/// Draws marks in coordinates of the box: (0, 0) its middle, ±1 its sides.
class Marker {
  public:
    Marker(const MmBox& box, const Pen& pen, Rng& rng) : box_(box), pen_(pen), rng_(rng) {
        // Writers miss the middle by a third of a millimetre, more across than down.
        shift_ = {Mm{rng.normal() * 0.35}, Mm{rng.normal() * 0.25}};
    }

    std::vector<Stroke> strokes(MarkStyle style) {
        switch (style) {
            case MarkStyle::Filled:
                return hatch(rng_.in(0.65, 0.95), rng_.in(0.78, 0.94));
            case MarkStyle::Scribble:
                return hatch(rng_.in(1.30, 1.90), rng_.in(0.72, 0.92));
            case MarkStyle::Cross:
                return cross();
            case MarkStyle::Tick:
                return tick();
            case MarkStyle::Slash:
                return slash();
            case MarkStyle::Loop:
                return loop();
            case MarkStyle::Dot:
                return dot();
            case MarkStyle::Circled:
                return circle();
            case MarkStyle::Overflow:
                return hatch(rng_.in(0.6, 0.9), beyond(rng_.in(0.3, 1.0)));
        }
        return {};
    }

    /// What goes over a mark that was a mistake.
    std::vector<Stroke> strike() {
        const double reach = beyond(rng_.in(0.4, 2.0));
        const int kind = rng_.below(5);
        if (kind == 4) return hatch(rng_.in(0.4, 0.65), rng_.in(0.9, 1.1));  // as cards tell them
        if (kind == 0) return hatch(rng_.in(0.8, 1.6), reach);
        if (kind == 1) return hatch(rng_.in(0.45, 0.8), std::min(reach, beyond(1)));
        std::vector<Stroke> lines;
        const int count = kind == 2 ? 3 + rng_.below(4) : 2 + rng_.below(2);
        for (int i = 0; i < count; ++i) {
            const double y = jitter(0.35);
            lines.push_back({at(-reach + jitter(0.1), y + jitter(0.15)), at(0, y + jitter(0.1)),
                             at(reach + jitter(0.1), y + jitter(0.15))});
        }
        for (int i = 0; i < 4 && kind == 3; ++i) {  // a large X, each line twice
            const double side = i % 2 == 0 ? 1 : -1;
            lines.push_back({at(-reach * 0.8 + jitter(0.1), -side * 1.2 + jitter(0.15)),
                             at(jitter(0.1), jitter(0.1)),
                             at(reach * 0.8 + jitter(0.1), side * 1.2 + jitter(0.15))});
        }
        return lines;
    }

  private:
    /// How many half widths reach `mm` over the side of the box.
    double beyond(double mm) const { return 1 + mm / (box_.w.value / 2); }

    MmPoint at(double x, double y) const {
        return box_.center() + shift_ + MmPoint{box_.w / 2 * x, box_.h / 2 * y};
    }
    double jitter(double size) { return rng_.normal() * size; }

    /// Slanted lines to and fro, `pitch` pen widths apart, over `extent` of the box.
    std::vector<Stroke> hatch(double pitch, double extent) {
        const double step = pen_.width.value * pitch / (box_.w.value / 2);
        const double slant = rng_.in(0.05, 0.35);
        Stroke stroke;
        bool up = rng_.chance(0.5);
        for (double x = -extent; x <= extent; x += step, up = !up) {
            // The oval's ends are lower than its middle; what runs over is an oval, too.
            const double out = std::abs(x) / std::max(1.0, extent);
            const double round =
                out > 0.5 ? std::sqrt(1 - std::pow((out - 0.5) / 0.55, 2) * 0.8) : 1;
            const double y = extent * round * (up ? -1 : 1);
            stroke.push_back(at(x + (up ? slant : -slant) * 0.5 + jitter(0.03), y + jitter(0.08)));
        }
        return {stroke};
    }

    std::vector<Stroke> cross() {
        const double reach_x = rng_.in(0.31, 0.45), reach_y = rng_.in(0.54, 0.84);
        Stroke down{at(-reach_x + jitter(0.06), -reach_y), at(jitter(0.05), jitter(0.08)),
                    at(reach_x + jitter(0.06), reach_y + jitter(0.1))};
        Stroke up{at(reach_x + jitter(0.06), -reach_y + jitter(0.1)),
                  at(jitter(0.05), jitter(0.08)), at(-reach_x + jitter(0.06), reach_y)};
        return {down, up};
    }

    std::vector<Stroke> tick() {
        const double foot_x = rng_.in(-0.25, 0.05), foot_y = rng_.in(0.45, 0.95);
        const double tip = rng_.in(0.7, 1.5);  // overshoots up to the right
        return {{at(foot_x - rng_.in(0.25, 0.45), foot_y - rng_.in(0.5, 1.0)),
                 at(foot_x - 0.03, foot_y - 0.05), at(foot_x + 0.03, foot_y - 0.05),
                 at(foot_x + 0.55 * tip, foot_y - 1.2 * tip + jitter(0.1))}};
    }

    std::vector<Stroke> slash() {
        const double lean = rng_.in(0.1, 0.6), reach = rng_.in(0.65, 1.2);
        return {{at(-lean + jitter(0.06), reach), at(jitter(0.05), jitter(0.1)),
                 at(lean + jitter(0.06), -reach)}};
    }

    /// Round and round on the printed outline or a little inside.
    std::vector<Stroke> loop() {
        const double turns = rng_.in(1.5, 3.2), start = rng_.in(0, kTurn);
        const double wide = rng_.in(0.55, 0.85), high = rng_.in(0.50, 0.90);
        const double drift = rng_.in(-0.16, 0.08);
        Stroke stroke;
        for (double angle = 0; angle < turns * kTurn; angle += kTurn / 14) {
            const double r = 1 + drift * angle / kTurn + jitter(0.03);
            stroke.push_back(
                at(wide * r * std::cos(start + angle), high * r * std::sin(start + angle)));
        }
        return {stroke};
    }

    /// Once or twice round the box, not quite closed or overlapping.
    std::vector<Stroke> circle() {
        const double turns = rng_.in(0.95, 2.1), start = rng_.in(0, kTurn);
        const double wide = beyond(rng_.in(0.5, 1.1)),
                     high = 1 + rng_.in(0.6, 1.6) / (box_.h.value / 2);
        const double drift = rng_.in(-0.05, 0.05);
        Stroke stroke;
        for (double angle = 0; angle < turns * kTurn; angle += kTurn / 14) {
            const double r = 1 + drift * angle / kTurn + jitter(0.015);
            stroke.push_back(
                at(wide * r * std::cos(start + angle), high * r * std::sin(start + angle)));
        }
        return {stroke};
    }

    std::vector<Stroke> dot() {
        const double x = jitter(0.3), y = jitter(0.3);
        return {{at(x, y), at(x + 0.04, y + 0.03)}};
    }

    MmBox box_;
    const Pen& pen_;
    Rng& rng_;
    MmPoint shift_;
};

}  // namespace

void draw_mark(GrayImage& image, const Homography& page_to_image, const MarkOption& option,
               MarkStyle style, const Pen& pen, std::uint64_t seed) {
    constexpr Mm kReach{5};  // how far a mark may run out of its box
    Rng rng(seed);
    InkCanvas canvas(image, page_to_image, option.box.grown(kReach));
    for (const Stroke& stroke : Marker(option.box, pen, rng).strokes(style))
        canvas.draw(stroke, pen, rng);
    canvas.lay_down(pen);
}

void draw_strike(GrayImage& image, const Homography& page_to_image, const MarkOption& option,
                 const Pen& pen, std::uint64_t seed) {
    constexpr Mm kReach{5};
    Rng rng(seed);
    InkCanvas canvas(image, page_to_image, option.box.grown(kReach));
    for (const Stroke& stroke : Marker(option.box, pen, rng).strike())
        canvas.draw(stroke, pen, rng);
    canvas.lay_down(pen);
}

}  // namespace verso::scanner::lab
