// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scanner/marks/box_alignment.h"
#include "scanner/marks/box_paper.h"

namespace verso::scanner {

/// What is on one mark box beside its own print. Numbers only; what they mean is for
/// marks/mark_classifier.h. Darkness is 0 for this card's paper and 1 for its solid print.
struct MarkMeasures {
    double ink_share = 0;    ///< of the inside, covered by strokes (specks not counted)
    double speck_share = 0;  ///< of the inside, covered by anything dark
    double stroke_mm = 0;    ///< extent of the largest connected stroke inside
    double stroke_span = 0;  ///< the same, as a share of the height of the inside
    double darkness = 0;     ///< mean of the strokes inside
    /// Extent, as a share of the inside's height, of what hangs together at a much lower threshold:
    /// a mark too faint to be ink.
    double faint_span = 0;
    double wash = 0;        ///< mean darkness of the whole inside, noise and all
    double ring_share = 0;  ///< inked share of the ring 0.4 to 1.1 mm outside the outline
    int ring_sectors = 0;   ///< of the eight sectors of that ring, how many are inked
    /// Of twelve sectors of everything from 0.4 to 1.75 mm outside, how many are inked: someone
    /// drew round the box.
    int round_sectors = 0;
    int faint_round = 0;   ///< the same sectors, how many something very faint crosses
    double far_share = 0;  ///< inked share of what lies 1.1 to 1.75 mm outside
    double peak = 0;       ///< darkness of its darkest tenth: the pen's own
    double edge = 0;       ///< how sharply the strokes end, against the card's own print
    double beyond = 0;     ///< mm that the ink inside runs on beyond the box (marks/foreign_ink.h)
    int ways_out = 0;      ///< by which it leaves the box and goes on
    int loose_ways = 0;    ///< the same, paler ink counted too
    double hidden_share = 0;   ///< of the inside, hidden by streaks that were taken away
    double line = 0;           ///< longest straight line through the patch and beyond, inked share
    double noise = 0;          ///< standard deviation of the paper's darkness after smoothing
    double ink_threshold = 0;  ///< darkness from which a pixel counts as ink here
    double paper = 1;          ///< gray of the paper here against the card's
    double outline = 0;        ///< darkness of the printed outline against both its sides
    bool outline_in_place = false;  ///< found on this box, agreeing with its neighbours
    double off_image = 0;           ///< share of the patch that the image does not show
};

/// Measures every aligned box of a card, in the same order. `px_per_mm` is the scan's own scale.
std::vector<MarkMeasures> score_marks(const std::vector<AlignedBox>& boxes, const Tones& tones,
                                      double px_per_mm);
/// The same against papers that were measured before the patches were changed: what has been taken
/// away may leave the inside lighter than the paper. Requires: one paper for each box.
std::vector<MarkMeasures> score_marks(const std::vector<AlignedBox>& boxes,
                                      const std::vector<BoxPaper>& papers, const Tones& tones,
                                      double px_per_mm);

}  // namespace verso::scanner
