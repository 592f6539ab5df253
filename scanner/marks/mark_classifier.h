// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/card/card_layout.h"
#include "core/domain/reading.h"
#include "scanner/marks/mark_scorer.h"
#include "scanner/marks/question_model.h"

namespace verso::scanner {

enum class MarkClass { Empty, Marked, Doubtful };

/// What one box is taken for, by itself.
struct MarkJudgement {
    MarkClass mark = MarkClass::Empty;
    double probability = 0;  ///< that somebody marked it, as mark_probability gives it
    std::string doubt;       ///< what made the probability less sure than its ink alone: half a
                             ///< sentence; empty for most
};

/// Judges one box. Knows thresholds and no pixels.
MarkJudgement classify_mark(const MarkMeasures& measures);

/// How this person marks boxes, by what is clearly marked on the card.
struct Habit {
    double share = 0;  ///< median ink share of the marked boxes; 0 when none is
    double ring = 0;   ///< median inked share round them
    double peak = 0;   ///< median darkness of the pen
    int marks = 0;     ///< how many
    double far = 0;    ///< median inked share from 1.1 mm outside on
};
/// `but` and the `count` boxes from there on are left out: a question must not judge itself.
Habit habit_of(const std::vector<MarkMeasures>& measures,
               const std::vector<MarkJudgement>& judgements, std::size_t but, std::size_t count);

/// One question's boxes, in its order.
struct QuestionEvidence {
    std::vector<MarkMeasures> measures;
    std::vector<MarkJudgement> judgements;
    Habit habit;
    /// Of a card: most questions are answered, and nothing is printed close to its boxes. Else of a
    /// return sheet.
    bool of_card = true;
    bool shades = true;  ///< false for a bilevel scan, which cannot tell a struck-out box for sure
};

/// Puts one question's boxes together: one mark, none, a correction (one box struck out or filled
/// in as the card asks, another marked), or doubt. TwoMarks and DoubtfulMark are added to
/// `reasons`.
AnswerReading classify_question(const Question& question, const QuestionEvidence& boxes,
                                std::vector<Rejection>& reasons);

}  // namespace verso::scanner
