// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/mark_classifier.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "scanner/marks/correction.h"
#include "scanner/marks/mark_model.h"

namespace verso::scanner {

namespace {

// An answer is taken when it is that likely. See docs/reading-a-card.md, "How the thresholds were
// found".
constexpr double kSureEnough = 0.997;
constexpr double kMarkedFrom = 0.97, kEmptyBelow = 0.03;

// An empty box is only believed when a faint mark would have shown: the printed outline (0.25 mm,
// as thin as the thinnest pen) must be seen, and grain must not hide a third of its darkness.
constexpr double kOutlineSeen = 0.12;
constexpr double kCoarsestThreshold = 0.30;
constexpr double kMostWash = 0.06;
constexpr double kFaintTrace = 0.4;  // of the height of the inside: more than grain hangs together
constexpr double kMostSpecks = 0.03;
constexpr int kLoopSectors = 6;        // of 8: someone circled the box
constexpr int kRoundSectors = 9;       // of 12: the same, wider
constexpr int kFaintSectors = 9;       // of 12: the same, very faint
constexpr double kStreak = 0.9;        // inked share of a straight line through and beyond the box
constexpr double kDarkestPaper = 0.6;  // of the card's paper: a stain or a shadow's edge
constexpr double kMostHidden = 0.4;    // of the inside, under a streak
constexpr double kDot = 0.8;           // mm: dust is smaller, a stroke that was begun longer
constexpr double kThinStreak = 0.15;
// A stamp's arc of 0.5 mm covers a tenth to a fifth of the inside, two of them a half.
constexpr double kLineLike = 0.35, kFill = 0.5, kWhole = 0.9;
constexpr double kOneLine = 0.25, kSoftEdge = 0.55;
// Solid fills have edges from .30 of the print's on, since most of them lies inside; what is both
// softer and pale is no pen.
constexpr double kSoft = 0.35, kPale = 0.45, kPaleRim = 0.7;
constexpr double kForeign = 6;  // mm beyond the box: no mark runs on so far

/// What is known beside the ink: the chance cannot be lower than `least` nor higher than `most`.
struct Bound {
    double least = 0, most = 1;
    std::string_view doubt;
};

void narrow(Bound& bound, double least, double most, std::string_view doubt) {
    if (least <= bound.least && most >= bound.most) return;
    bound.least = std::max(bound.least, least);
    bound.most = std::max(bound.least, std::min(bound.most, most));
    bound.doubt = doubt;
}

/// A line all round a box that is clean inside and whose outline is where it should be.
bool is_circled(const MarkMeasures& m) {
    // Of 12 and of 8: a loop that is drawn wide runs out of what is looked at, a narrow one over
    // the outline.
    const bool closed = m.round_sectors >= 11 || (m.round_sectors >= 9 && m.ring_sectors >= 7);
    return closed && m.outline_in_place && m.ink_share <= 0.01 && m.beyond < kForeign &&
           m.paper > 0.85;
}

/// Numbers are chances of a mark there, judged high where a mark could be missed and low where dirt
/// could be taken for one.
Bound bound_of(const MarkMeasures& m, double score, double by_ink) {
    constexpr double kEven = 0.5;
    Bound bound;
    const bool inked = score > 0.3;
    if (!inked || by_ink < kEven) {
        if (m.wash > kMostWash || m.speck_share > kMostSpecks)
            narrow(bound, 0.02, 1, "the inside is not clean");
        if (m.ink_share > 0)
            narrow(bound, m.stroke_mm < kDot ? 0.0025 : 0.02, 1,
                   "there is ink, but less than a mark");
        // A stroke that lies wholly under a thin streak has been drawn by a ruler.
        if (m.hidden_share > 0)
            narrow(bound, m.hidden_share < kThinStreak ? 1e-4 : 1.5e-3, 1,
                   "a streak hides a part of it");
        if (m.faint_span > kFaintTrace)
            narrow(bound, 0.1, 1, "there is a trace of something very faint");
        if (m.ink_threshold > kCoarsestThreshold)
            narrow(bound, 0.1, 1, "grain would hide a faint mark");
        if (m.outline < kOutlineSeen)
            narrow(bound, 0.15, 1, "its printed outline is not to be seen");
        if (is_circled(m))
            narrow(bound, 0.985, 1, "it is circled");
        else if (m.ring_sectors >= kLoopSectors || m.round_sectors >= kRoundSectors)
            narrow(bound, 0.6, 1, "there is ink all round the box");
        else if (m.faint_round >= kFaintSectors)
            narrow(bound, 0.1, 1, "there is a trace of something very faint round it");
    }
    if (m.hidden_share > kMostHidden)
        narrow(bound, inked ? 0 : 0.1, m.hidden_share > 2 * kMostHidden ? 0.9 : 1,
               "a streak hides most of it");
    if (inked && !m.outline_in_place && m.outline >= kOutlineSeen && m.ink_share < kFill)
        narrow(bound, 0, 0.5, "its printed outline is not where it should be");
    if (inked && m.faint_span < kFaintTrace / 2)
        narrow(bound, 0, 0.5, "the ink in it keeps to the printed outline");
    if (m.beyond > kForeign) {
        // A line that passes through and covers no more than a line does is no mark, nor is what
        // has no edge: the rim of a stain.
        const bool passes = (m.ways_out > 1 && m.ink_share < kOneLine) ||
                            (m.edge < kSoftEdge && m.peak < kPaleRim && m.ink_share < kWhole);
        narrow(bound, passes ? 0.01 : 0.1, passes ? 0.03 : 0.5,
               "the ink in it runs on far beyond: a stamp or a line of writing");
    }
    if (m.ways_out > 1 && m.ink_share < kWhole)
        narrow(bound, 0, 0.5, "the ink in it leaves the box on several sides: a stamp or a line");
    if (inked && m.edge < kSoft && m.peak < kPale && m.ink_share < kWhole)
        narrow(bound, 0.01, 0.05, "what is in it has no edge: a stain or a smudge");
    // The same, where the stamp is too uneven to be followed as far as that.
    if (m.loose_ways > 1 && m.ink_share < kLineLike)
        narrow(bound, 0, 0.9, "pale ink runs through the box: a stamp or a line");
    if (m.line > kStreak && m.edge < kSoftEdge && m.ink_share < kFill)
        narrow(bound, 0.01, 0.05, "a soft line runs through it: the rim of a stain");
    else if (m.line > kStreak && m.ink_share < kFill)
        narrow(bound, 0.2, kEven, "a straight line runs through it and beyond");
    if (m.paper < kDarkestPaper) narrow(bound, 0.2, 0.9, "the paper is stained or in a shadow");
    if (m.off_image > 0.05) narrow(bound, kEven, kEven, "the image cuts the box");
    return bound;
}

double median(std::vector<double>& values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::vector<double> probabilities_of(const std::vector<MarkJudgement>& judgements) {
    std::vector<double> out;
    for (const auto& j : judgements) out.push_back(j.probability);
    return out;
}

/// Why the question is left to a person, box by box.
void explain_doubt(const Question& question, const QuestionEvidence& evidence,
                   std::vector<Rejection>& reasons) {
    const auto& all = evidence.judgements;
    std::vector<std::size_t> marked, doubtful;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].mark == MarkClass::Marked) marked.push_back(i);
        if (all[i].mark == MarkClass::Doubtful) doubtful.push_back(i);
    }
    const auto value_of = [&](std::size_t i) { return question.options.at(i).value; };
    if (marked.size() > 1 && question.kind != QuestionKind::Many) {
        reasons.push_back({RejectionCode::TwoMarks, question.id,
                           fmt::format("boxes {} and {} are both marked", value_of(marked[0]),
                                       value_of(marked[1]))});
    }
    for (std::size_t i : doubtful) {
        const std::string why =
            all[i].doubt.empty() ? "there is ink, but less than a mark" : all[i].doubt;
        reasons.push_back({RejectionCode::DoubtfulMark, question.id,
                           fmt::format("box {}: {}", value_of(i), why)});
    }
    if (marked.size() > 1 || !doubtful.empty()) return;
    const auto worst = std::max_element(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return std::min(a.probability, 1 - a.probability) <
               std::min(b.probability, 1 - b.probability);
    });
    const std::string why =
        worst->doubt.empty() ? "is not clear enough among the others" : worst->doubt;
    reasons.push_back({RejectionCode::DoubtfulMark, question.id,
                       fmt::format("box {}: {}", value_of(std::size_t(worst - all.begin())), why)});
}

}  // namespace

MarkJudgement classify_mark(const MarkMeasures& m) {
    MarkJudgement out;
    const double by_ink = mark_probability(m);
    const Bound bound = bound_of(m, mark_score(m), by_ink);
    out.probability = std::clamp(by_ink, bound.least, bound.most);
    if (out.probability != by_ink) out.doubt = bound.doubt;
    out.mark = out.probability >= kMarkedFrom  ? MarkClass::Marked
               : out.probability > kEmptyBelow ? MarkClass::Doubtful
                                               : MarkClass::Empty;
    return out;
}

Habit habit_of(const std::vector<MarkMeasures>& measures,
               const std::vector<MarkJudgement>& judgements, std::size_t but, std::size_t count) {
    std::vector<double> shares, rings, peaks, fars;
    for (std::size_t i = 0; i < judgements.size(); ++i) {
        if (i >= but && i < but + count) continue;
        if (judgements[i].mark != MarkClass::Marked) continue;
        shares.push_back(measures[i].ink_share);
        rings.push_back(measures[i].ring_share);
        peaks.push_back(measures[i].peak);
        fars.push_back(measures[i].far_share);
    }
    return {median(shares), median(rings), median(peaks), int(shares.size()), median(fars)};
}

namespace {

/// What runs out of the box and is much paler or darker than this person's other marks, or which
/// alone does so, may be a stamp's or a stain's; so may a thin one beside which there is more ink.
void doubt_other_ink(QuestionEvidence& evidence) {
    constexpr double kPaler = 0.6, kDarker = 1.7, kMost = 0.9, kRunsOut = 1.1;
    constexpr double kWild = 0.15, kTidy = 0.04, kBeside = 0.08;
    constexpr int kFewestMarks = 2;
    if (evidence.habit.marks < kFewestMarks) return;
    for (std::size_t i = 0; i < evidence.judgements.size(); ++i) {
        MarkJudgement& judgement = evidence.judgements[i];
        const MarkMeasures& m = evidence.measures.at(i);
        const double ratio = m.peak / evidence.habit.peak;
        const bool alike = ratio > kPaler && ratio < kDarker;
        const bool wild = m.far_share > kWild && evidence.habit.ring < kTidy;
        const bool runs_out = m.beyond >= kRunsOut && (!alike || wild);
        const bool beside = m.far_share > kBeside && evidence.habit.far < kBeside / 4 &&
                            evidence.of_card && m.ink_share < kLineLike;
        if (judgement.probability <= kMost || (!runs_out && !beside)) continue;
        judgement.probability = kMost;
        judgement.mark = MarkClass::Doubtful;
        judgement.doubt = "drawn with another pen than the other marks, or a stamp";
    }
}

}  // namespace

AnswerReading classify_question(const Question& question, const QuestionEvidence& boxes,
                                std::vector<Rejection>& reasons) {
    QuestionEvidence evidence = boxes;
    doubt_other_ink(evidence);
    AnswerReading answer;
    answer.question = question.id;
    answer.scores = probabilities_of(evidence.judgements);
    const QuestionChance found = weigh_question(question.kind, answer.scores,
                                                evidence.of_card ? kBlankOnCards : kBlankOnReturns);
    answer.confidence = found.chance;
    if (found.chance >= kSureEnough) {
        answer.state = found.marked ? AnswerState::Marked : AnswerState::Blank;
        if (found.marked) answer.value = question.options.at(*found.marked).value;
        return answer;
    }
    const auto meant = boxes.shades ? find_correction(boxes) : std::nullopt;
    if (meant) {
        answer.state = AnswerState::Corrected;
        answer.value = question.options.at(*meant).value;
        answer.confidence = kCorrectionConfidence;
        return answer;
    }
    answer.state = AnswerState::Ambiguous;
    answer.confidence = std::min(answer.confidence, 0.5);
    explain_doubt(question, evidence, reasons);
    return answer;
}

}  // namespace verso::scanner
