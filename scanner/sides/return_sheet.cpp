// SPDX-License-Identifier: Apache-2.0
#include "scanner/sides/return_sheet.h"

#include <fmt/format.h>

#include <algorithm>

namespace verso::scanner {

namespace {

/// A box filled to its edges hides its outline; anything less would let it show.
constexpr double kHidesOutline = 0.5;

/// A mark where no outline is seen, and that is not solid enough to hide one: is there a box?
void doubt_unsure_marks(const PrintedBoxes& printed, const CardEvidence& evidence,
                        Reading& reading) {
    if (evidence.judgements.size() != printed.sure.size()) return;
    std::size_t i = 0;
    for (const auto& question : printed.region.questions) {
        for (const auto& option : question.options) {
            const std::size_t box = i++;
            const bool marked = evidence.judgements[box].mark == MarkClass::Marked;
            if (printed.sure[box] || !marked) continue;
            if (evidence.measures.at(box).ink_share >= kHidesOutline) continue;
            reading.reject(RejectionCode::DoubtfulMark, question.id,
                           fmt::format("box {}: something is written, but no box is seen there",
                                       option.value));
            const auto answer =
                std::find_if(reading.answers.begin(), reading.answers.end(),
                             [&](const AnswerReading& a) { return a.question == question.id; });
            if (answer == reading.answers.end()) continue;
            answer->state = AnswerState::Ambiguous;
            answer->value.reset();
            answer->confidence = std::min(answer->confidence, 0.5);
        }
    }
}

/// One score for each box of the layout, in its order.
void spread_scores(const ReadRegion& region, const ReadRegion& printed, Reading& reading) {
    for (auto& answer : reading.answers) {
        const Question* all = region.find_question(answer.question);
        const Question* some = printed.find_question(answer.question);
        if (all == nullptr || some == nullptr) continue;
        std::vector<double> scores;
        auto next = answer.scores.begin();
        for (const auto& option : all->options) {
            const bool is_printed = std::find(some->options.begin(), some->options.end(), option) !=
                                    some->options.end();
            const bool known = is_printed && next != answer.scores.end();
            scores.push_back(known ? *next++ : 0);
        }
        answer.scores = std::move(scores);
    }
}

}  // namespace

CardEvidence judge_return_sheet(const GrayImage& image, const ReadRegion& region,
                                const PrintedBoxes& printed, const Registration& registration,
                                Reading& reading) {
    CardEvidence evidence = judge_card(image, printed.region, registration, reading);
    reading.piece.clear();  // pieces of a card are compared, a sheet is none of them
    doubt_unsure_marks(printed, evidence, reading);
    spread_scores(region, printed.region, reading);
    return evidence;
}

}  // namespace verso::scanner
