// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scanner/marks/box_alignment.h"

namespace verso::scanner {

/// A straight line that runs over the whole card and is no print of ours: a streak of a dirty
/// scanner, a fold, the edge of another paper. It lies within 9 degrees of upright or level.
struct CardLine {
    bool upright = true;
    /// Its place across (x when upright, y when level, page mm) is `start` + `lean` · the other
    /// coordinate.
    double start = 0, lean = 0;
    /// Mean darkness (0 paper, 1 solid print) every kProfileStep mm across it, from -kProfileReach
    /// on: what the line itself adds to the paper.
    std::vector<double> profile;
    static constexpr double kProfileStep = 0.125, kProfileReach = 2.0;

    /// Distance of a page position from the line, mm; positive on the right or below.
    double offset(MmPoint at) const {
        const double x = at.x.value, y = at.y.value;
        return upright ? x - start - lean * y : y - start - lean * x;
    }
    /// Darkness that it adds at that distance; 0 beyond its reach.
    double darkness(double offset) const;
    /// A streak rather than a fold.
    bool is_thin() const;
};

/// Searches the whole region; costs a few ms, so for cards on which something is doubtful.
std::vector<CardLine> find_card_lines(const GrayImage& image, const Homography& map,
                                      const MmBox& region, const Tones& tones);

/// Takes what the lines add out of a patch: a soft shade is subtracted; where a line is so dark
/// that nothing can be seen under it, the paper's gray is put. Gives one byte a pixel, 1 where that
/// was done; empty when no line comes near.
std::vector<std::uint8_t> take_lines_away(Patch& patch, const std::vector<CardLine>& lines,
                                          const Tones& tones);

}  // namespace verso::scanner
