// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "core/card/card_layout.h"
#include "core/domain/answer.h"
#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"
#include "scanner/lab/pen.h"

namespace verso::scanner::lab {

/// What a buyer means to say: the truth that a reading is held against.
struct FilledCard {
    Answers answers;       ///< a question left blank is absent; a tick set is 1
    bool comment = false;  ///< something stands in every field for handwriting
    Answers struck;        ///< what was marked first and then struck out; `answers` has the second
    Answers dots;          ///< boxes that a pen only rested on
};

struct AnswerOptions {
    double blank_question = 0.04;  ///< chance that a question of one is left out; default .04
    double blank_overall = 0.0;    ///< the same for the overall rating; default 0
    double tick = 0.3;             ///< chance that a lone tick box is ticked; default .3
    double comment = 0.4;          ///< chance of a comment; default .4
    double correction = 0.0;       ///< chance that one answer was struck out first; default 0
    double dot = 0.0;              ///< chance that the pen rested on a box; default 0
};

/// Answers as happy customers give them: high values more often. The same seed, the same answers.
FilledCard random_answers(const ReadRegion& card, std::uint64_t seed,
                          const AnswerOptions& options = {});

/// How often each of kMarkStyles is used; the sum need not be 1.
using StyleMix = std::array<double, kMarkStyles.size()>;

/// Mostly crosses, ticks and fills, as people mark cards without instructions.
StyleMix usual_styles();
/// Only that style.
StyleMix only(MarkStyle style);

/// Marks the card and writes the comment: first marks, the strokes through them, then the answers
/// that count. A writer keeps to one style, nearly always.
void fill_card(GrayImage& image, const Homography& page_to_image, const ReadRegion& card,
               const FilledCard& filled, const StyleMix& styles, const Pen& pen,
               std::uint64_t seed);

}  // namespace verso::scanner::lab
