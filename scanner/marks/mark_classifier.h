// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/card/card_layout.h"
#include "core/domain/reading.h"
#include "scanner/marks/mark_scorer.h"

namespace verso::scanner {

enum class MarkClass { Empty, Marked, Doubtful };

/// What one box is taken for.
struct MarkJudgement {
    MarkClass mark = MarkClass::Empty;
    double score = 0;       ///< 0 surely empty, 1 surely marked
    double confidence = 0;  ///< 0..1, that `mark` is right; at most 0.5 for Doubtful
    std::string doubt;      ///< why it is doubtful: a half sentence
    bool speck = false;     ///< doubtful only for a dot too small to be a mark beside a clear one
};

/// All measures of one box in one number, 0..1: how much it looks like a pen stroke.
double mark_score(const MarkMeasures& measures);

/// Judges one box. Knows thresholds and no pixels.
MarkJudgement classify_mark(const MarkMeasures& measures);

/// Puts the judgements of one question's boxes, in its order, together. A speck counts as dirt when
/// another box of the question is clearly marked, and as a doubt when none is. TwoMarks and
/// DoubtfulMark are added to `reasons`.
AnswerReading classify_question(const Question& question,
                                const std::vector<MarkJudgement>& judgements,
                                std::vector<Rejection>& reasons);

}  // namespace verso::scanner
