// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/correction.h"

#include <cmath>
#include <vector>

namespace verso::scanner {

namespace {

// Filled in completely: so much more of the inside than the other mark and than this person's
// other marks cover, which are alike. Ordinary fills of the lab cover .60 to .92.
constexpr double kFilled = 0.70, kMore = 0.30, kAlike = 0.20;
// Struck out: ink in most of what lies round the box, at least twice what the other mark leaves
// there.
constexpr double kStruckRing = 0.22, kCleanRing = 0.12;
constexpr int kStruckSectors = 5, kCleanSectors = 3;
// Where no bare paper is left round a box, nothing of this can be measured; what was struck out
// leaves less of it.
constexpr double kBarePaper = 0.85, kStruckPaper = 0.6;
constexpr int kFewestMarks = 2;  // a habit needs that many

bool filled_in(const MarkMeasures& back, const MarkMeasures& meant, const Habit& habit) {
    return back.ink_share >= kFilled && back.ink_share - meant.ink_share >= kMore &&
           habit.marks >= kFewestMarks && back.ink_share - habit.share >= kMore &&
           std::abs(meant.ink_share - habit.share) <= kAlike;
}

bool struck_out(const MarkMeasures& back, const MarkMeasures& meant, const Habit& habit) {
    const bool wide = back.ring_share >= kStruckRing && back.ring_sectors >= kStruckSectors;
    const bool kept = meant.ring_share <= kCleanRing && meant.ring_sectors <= kCleanSectors;
    return wide && kept && habit.marks >= kFewestMarks && habit.ring <= kCleanRing;
}

/// A box beside the one that was struck out may have caught the end of a stroke.
bool only_grazed(const QuestionEvidence& evidence, std::size_t box, std::size_t struck) {
    constexpr double kGrazed = 0.12;
    const std::size_t apart = box > struck ? box - struck : struck - box;
    return apart == 1 && evidence.measures.at(box).ink_share <= kGrazed;
}

bool taken_back(const QuestionEvidence& evidence, std::size_t back, std::size_t meant) {
    const MarkMeasures& a = evidence.measures.at(back);
    const MarkMeasures& b = evidence.measures.at(meant);
    if (a.paper < kStruckPaper || b.paper < kBarePaper) return false;
    const bool struck = struck_out(a, b, evidence.habit);
    if (!struck && !filled_in(a, b, evidence.habit)) return false;
    for (std::size_t i = 0; i < evidence.judgements.size(); ++i) {
        if (i == back || i == meant) continue;
        if (evidence.judgements[i].mark == MarkClass::Empty) continue;
        if (!struck || !only_grazed(evidence, i, back)) return false;
    }
    return evidence.judgements.at(meant).mark == MarkClass::Marked &&
           evidence.judgements.at(meant).doubt.empty() && a.ink_share > 0;
}

}  // namespace

std::optional<std::size_t> find_correction(const QuestionEvidence& evidence) {
    std::optional<std::size_t> found;
    const std::size_t count = evidence.judgements.size();
    for (std::size_t back = 0; back < count; ++back) {
        for (std::size_t meant = 0; meant < count; ++meant) {
            if (back == meant || !taken_back(evidence, back, meant)) continue;
            if (found) return std::nullopt;
            found = meant;
        }
    }
    return found;
}

}  // namespace verso::scanner
