// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "scanner/lab/ink_canvas.h"
#include "scanner/lab/pen.h"

namespace verso::scanner::lab {

namespace {

/// One writer's habits, in mm.
struct Hand {
    double x_height, advance, slant, line_gap;
};

/// A word of joined arches, some with ascenders and descenders, from `at` on the baseline.
Stroke write_word(MmPoint at, int letters, const Hand& hand, Rng& rng) {
    Stroke stroke{at};
    const auto to = [&](double along, double up) {
        stroke.push_back(at + MmPoint{Mm{along + up * hand.slant}, Mm{-up}});
    };
    double x = 0;
    for (int i = 0; i < letters; ++i) {
        const double kind = rng.unit();
        const double top = hand.x_height * (kind < 0.2 ? rng.in(1.9, 2.4) : rng.in(0.8, 1.15));
        const double width = hand.advance * rng.in(0.7, 1.3);
        to(x + width * 0.35, top);
        to(x + width * 0.15, top * 0.9);  // the loop back at the top
        to(x + width * 0.45, kind > 0.88 ? -hand.x_height * 1.1 : rng.in(-0.1, 0.15));
        to(x + width * 0.8, hand.x_height * rng.in(0.05, 0.3));
        x += width;
    }
    return stroke;
}

}  // namespace

void draw_handwriting(GrayImage& image, const Homography& page_to_image, const MmBox& box,
                      const Pen& pen, std::uint64_t seed) {
    Rng rng(seed);
    const Hand hand{rng.in(1.5, 2.3), rng.in(1.5, 2.4), rng.in(-0.05, 0.45), rng.in(6.5, 8.5)};
    InkCanvas canvas(image, page_to_image, box.grown(Mm{1}));
    const int fitting = std::max(1, static_cast<int>(box.h.value / hand.line_gap));
    const int lines = 1 + rng.below(fitting);
    const double climb = rng.in(-0.03, 0.02);  // lines rise or sink towards the right
    for (int line = 0; line < lines; ++line) {
        double x = box.x.value + rng.in(1, 4);
        const double baseline = box.y.value + hand.line_gap * (line + 0.75);
        const bool last = line + 1 == lines;
        const double end =
            box.x.value + box.w.value * (last ? rng.in(0.3, 0.9) : rng.in(0.85, 0.97));
        while (x < end) {
            const int letters = 2 + rng.below(6);
            if (x + letters * hand.advance * 1.2 > box.right().value) break;
            const MmPoint at{Mm{x}, Mm{baseline + climb * (x - box.x.value)}};
            const Stroke word = write_word(at, letters, hand, rng);
            canvas.draw(word, pen, rng);
            x = word.back().x.value + hand.advance * rng.in(0.9, 1.6);
        }
    }
    canvas.lay_down(pen);
}

}  // namespace verso::scanner::lab
