// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "core/card/card_layout.h"

namespace verso::scanner {

/// What a question's boxes say together, given the chance of each to be marked.
struct QuestionChance {
    std::optional<std::size_t> marked;  ///< the most likely answer: that box alone; or none at all
    double chance = 0;                  ///< of that answer
    double two = 0;                     ///< of two boxes or more
};

/// How often a question is left blank: taken low for a card, whose buyer was asked to answer, and
/// as it is for a return sheet, on which most articles are kept.
inline constexpr double kBlankOnCards = 0.05, kBlankOnReturns = 0.35;

/// Bayes over the states "none", "box i alone" and "boxes i and j", with how often people leave a
/// question of this kind blank or mark two. `probabilities` are as from mark_probability, `blank`
/// is the share of such questions that are left blank. Pure.
QuestionChance weigh_question(QuestionKind kind, const std::vector<double>& probabilities,
                              double blank = kBlankOnCards);

}  // namespace verso::scanner
