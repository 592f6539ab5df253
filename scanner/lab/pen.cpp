// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/pen.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "scanner/lab/ink_canvas.h"

namespace verso::scanner::lab {

const std::array<Pen, 5>& pens() {
    static constexpr std::array<Pen, 5> kPens{{{"ballpoint", Mm{0.45}, 0.80, 0.15, 0.02},
                                               {"gel", Mm{0.55}, 0.92, 0.08, 0.00},
                                               {"felt", Mm{0.80}, 0.90, 0.10, 0.00},
                                               {"pencil", Mm{0.50}, 0.55, 0.25, 0.03},
                                               {"faint-ballpoint", Mm{0.35}, 0.60, 0.30, 0.10}}};
    return kPens;
}

const Pen& find_pen(std::string_view name) {
    const auto& all = pens();
    const auto it =
        std::find_if(all.begin(), all.end(), [&](const Pen& p) { return p.name == name; });
    assert(it != all.end());
    return *it;
}

std::string_view to_string(MarkStyle style) {
    switch (style) {
        case MarkStyle::Filled:
            return "filled";
        case MarkStyle::Scribble:
            return "scribble";
        case MarkStyle::Cross:
            return "cross";
        case MarkStyle::Tick:
            return "tick";
        case MarkStyle::Slash:
            return "slash";
        case MarkStyle::Loop:
            return "loop";
        case MarkStyle::Dot:
            return "dot";
    }
    return "";
}

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
        }
        return {};
    }

  private:
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
            // The oval's ends are lower than its middle.
            const double round = std::abs(x) > 0.5
                                     ? std::sqrt(1 - std::pow((std::abs(x) - 0.5) / 0.55, 2) * 0.8)
                                     : 1;
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

}  // namespace verso::scanner::lab
