// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/mark_classifier.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace verso::scanner {

namespace {

// The two edges of the doubtful band, see docs/reading-a-card.md ("How the thresholds were found").
constexpr double kEmptyBelow = 0.12;
constexpr double kMarkedFrom = 0.75;
// A dot of dust, toner or a resting pen is smaller than this, a stroke that was meant is longer.
constexpr double kSpeckExtent = 1.0;  // mm

// Where each measure is full evidence of a stroke: a slash covers 4 % of the inside and spans most
// of its height; faint pencil is a quarter as dark as toner.
constexpr double kFullShare = 0.05;
constexpr double kFullSpan = 0.75;
constexpr double kFullDarkness = 0.30;

// An empty box is only believed when a faint mark would have shown: the printed outline (0.25 mm,
// as thin as the thinnest pen) must be seen, and grain must not hide a third of its darkness.
constexpr double kOutlineSeen = 0.12;
constexpr double kCoarsestThreshold = 0.30;
constexpr double kMostWash = 0.06;
constexpr double kFaintTrace = 0.4;  // of the height of the inside: more than grain hangs together
constexpr double kMostSpecks = 0.03;
constexpr int kLoopSectors = 6;        // of 8: someone circled the box
constexpr double kStreak = 0.9;        // inked share of a straight line through and beyond the box
constexpr double kDarkestPaper = 0.6;  // of the card's paper: a stain or a shadow's edge

constexpr std::string_view kLessThanAMark = "there is ink, but less than a mark";

double full_at(double value, double full) { return std::clamp(value / full, 0.0, 1.0); }

std::string_view cause_of_doubt(const MarkMeasures& m, double score) {
    if (m.off_image > 0.05) return "the image cuts the box";
    if (m.paper < kDarkestPaper) return "the paper is stained or in a shadow";
    if (m.line > kStreak) return "a straight line runs through the box and beyond";
    if (score >= kMarkedFrom) return "";
    if (score >= kEmptyBelow) return kLessThanAMark;
    if (m.ring_sectors >= kLoopSectors) return "there is ink all round the box";
    if (m.outline < kOutlineSeen) return "its printed outline is not to be seen";
    if (m.ink_threshold > kCoarsestThreshold) return "grain would hide a faint mark";
    if (m.faint_span > kFaintTrace) return "there is a trace of something very faint";
    if (m.wash > kMostWash || m.speck_share > kMostSpecks) return "the inside is not clean";
    return "";
}

/// Chance that the class is right, by how far the score is from the band.
double confidence_of(MarkClass mark, double score) {
    if (mark == MarkClass::Doubtful) return 0.5;
    const double distance = mark == MarkClass::Marked ? (score - kMarkedFrom) / (1 - kMarkedFrom)
                                                      : (kEmptyBelow - score) / kEmptyBelow;
    constexpr double kAtEdge = 0.99, kFar = 0.9999;
    return kAtEdge + (kFar - kAtEdge) * std::sqrt(std::clamp(distance, 0.0, 1.0));
}

struct Tally {
    std::vector<std::size_t> marked, doubtful;
    double confidence = 1;
};

Tally tally(const std::vector<MarkJudgement>& judgements) {
    Tally out;
    const bool clear = std::any_of(judgements.begin(), judgements.end(),
                                   [](const auto& j) { return j.mark == MarkClass::Marked; });
    constexpr double kDirtBesideAMark = 0.995;
    for (std::size_t i = 0; i < judgements.size(); ++i) {
        const auto& j = judgements[i];
        const bool dirt = j.speck && clear;
        if (j.mark == MarkClass::Marked) out.marked.push_back(i);
        if (j.mark == MarkClass::Doubtful && !dirt) out.doubtful.push_back(i);
        out.confidence *= dirt ? kDirtBesideAMark : j.confidence;
    }
    return out;
}

}  // namespace

double mark_score(const MarkMeasures& m) {
    const double share = full_at(m.ink_share, kFullShare);
    const double span = full_at(m.stroke_span, kFullSpan);
    const double darkness = full_at(m.darkness, kFullDarkness);
    return std::sqrt(share * span) * std::sqrt(darkness);
}

MarkJudgement classify_mark(const MarkMeasures& m) {
    MarkJudgement out;
    out.score = mark_score(m);
    out.doubt = cause_of_doubt(m, out.score);
    out.mark = !out.doubt.empty()         ? MarkClass::Doubtful
               : out.score >= kMarkedFrom ? MarkClass::Marked
                                          : MarkClass::Empty;
    out.speck = out.mark == MarkClass::Doubtful && out.doubt == kLessThanAMark &&
                m.stroke_mm < kSpeckExtent && m.faint_span < kFaintTrace;
    out.confidence = confidence_of(out.mark, out.score);
    return out;
}

AnswerReading classify_question(const Question& question,
                                const std::vector<MarkJudgement>& judgements,
                                std::vector<Rejection>& reasons) {
    AnswerReading answer;
    answer.question = question.id;
    for (const auto& j : judgements) answer.scores.push_back(j.score);
    const Tally found = tally(judgements);
    answer.confidence = found.confidence;
    const auto value_of = [&](std::size_t i) { return question.options.at(i).value; };
    if (found.marked.size() > 1) {
        answer.state = AnswerState::Ambiguous;
        reasons.push_back({RejectionCode::TwoMarks, question.id,
                           fmt::format("boxes {} and {} are both marked", value_of(found.marked[0]),
                                       value_of(found.marked[1]))});
    }
    for (std::size_t i : found.doubtful) {
        answer.state = AnswerState::Ambiguous;
        reasons.push_back({RejectionCode::DoubtfulMark, question.id,
                           fmt::format("box {}: {}", value_of(i), judgements.at(i).doubt)});
    }
    if (answer.state != AnswerState::Ambiguous && found.marked.size() == 1) {
        answer.state = AnswerState::Marked;
        answer.value = value_of(found.marked[0]);
    }
    if (answer.state == AnswerState::Ambiguous)
        answer.confidence = std::min(answer.confidence, 0.5);
    return answer;
}

}  // namespace verso::scanner
