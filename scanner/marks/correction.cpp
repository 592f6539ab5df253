// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/correction.h"

#include <algorithm>

namespace verso::scanner {

namespace {

// Filled in completely: ordinary fills of the lab cover .60 to .92 of the inside.
constexpr double kFilled = 0.70;
// A tick, a cross or a slash.
constexpr double kThin = 0.40;
// Struck out: ink in most of what lies round the box, at least twice what the other mark leaves
// there.
constexpr double kStruckRing = 0.22, kCleanRing = 0.12;
constexpr int kStruckSectors = 5, kCleanSectors = 3;
constexpr int kFewestMarks = 2;  // a habit needs that many

bool filled_in(const MarkMeasures& back, const MarkMeasures& meant, const Habit& habit) {
    return back.ink_share >= kFilled && meant.ink_share <= kThin && habit.marks >= kFewestMarks &&
           habit.share <= kThin;
}

bool struck_out(const MarkMeasures& back, const MarkMeasures& meant, const Habit& habit) {
    const bool wide = back.ring_share >= kStruckRing && back.ring_sectors >= kStruckSectors;
    const bool kept = meant.ring_share <= kCleanRing && meant.ring_sectors <= kCleanSectors;
    return wide && kept && habit.marks >= kFewestMarks && habit.ring <= kCleanRing;
}

}  // namespace

std::optional<std::size_t> find_correction(const QuestionEvidence& evidence) {
    std::vector<std::size_t> marked;
    for (std::size_t i = 0; i < evidence.judgements.size(); ++i) {
        const MarkClass mark = evidence.judgements[i].mark;
        if (mark == MarkClass::Doubtful) return std::nullopt;
        if (mark == MarkClass::Marked) marked.push_back(i);
    }
    if (marked.size() != 2) return std::nullopt;
    for (const auto& [back, meant] :
         {std::pair{marked[0], marked[1]}, std::pair{marked[1], marked[0]}}) {
        const MarkMeasures& a = evidence.measures.at(back);
        const MarkMeasures& b = evidence.measures.at(meant);
        if (filled_in(a, b, evidence.habit) || struck_out(a, b, evidence.habit)) return meant;
    }
    return std::nullopt;
}

}  // namespace verso::scanner
