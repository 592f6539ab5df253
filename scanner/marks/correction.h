// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "scanner/marks/mark_classifier.h"

namespace verso::scanner {

/// How sure a correction is held to be: the lab's cards, docs/reading-a-card.md.
inline constexpr double kCorrectionConfidence = 0.995;

/// When exactly two boxes are marked and one of them was taken back, the box that was meant. A
/// mark is taken back by filling the box in completely beside a thin mark, as the card asks, or by
/// striking it out far beyond the box beside a mark that keeps to its box. Both count only against
/// this person's own habit: who fills every box or overshoots everywhere has corrected nothing.
/// Pure.
std::optional<std::size_t> find_correction(const QuestionEvidence& evidence);

}  // namespace verso::scanner
