// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/question_model.h"

#include <algorithm>

#include "scanner/marks/mark_model.h"

namespace verso::scanner {

namespace {

// How often two boxes of a question are marked. Taken high: a prior that is too high sends cards to
// review, one too low accepts doubt.
constexpr double kTwo = 0.01;
constexpr double kTicked = 0.35;

double likelihood_ratio(double probability) {
    return probability / (1 - probability) * (1 - kModelPrior) / kModelPrior;
}

QuestionChance weigh_tick(double probability) {
    const double marked = kTicked * likelihood_ratio(probability), none = 1 - kTicked;
    const double all = marked + none;
    if (marked > none) return {0, marked / all, 0};
    return {std::nullopt, none / all, 0};
}

}  // namespace

QuestionChance weigh_question(QuestionKind kind, const std::vector<double>& probabilities,
                              double blank) {
    if (probabilities.empty()) return {std::nullopt, 1, 0};
    if (kind == QuestionKind::Tick || probabilities.size() == 1) {
        return weigh_tick(probabilities.front());
    }
    const double n = double(probabilities.size());
    const double one_prior = (1 - blank - kTwo) / n, two_prior = kTwo / (n * (n - 1) / 2);
    QuestionChance best{std::nullopt, blank, 0};
    double all = blank;
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        const double ratio = likelihood_ratio(probabilities[i]);
        const double one = one_prior * ratio;
        all += one;
        if (one > best.chance) {
            best.chance = one;
            best.marked = i;
        }
        for (std::size_t j = i + 1; j < probabilities.size(); ++j) {
            best.two += two_prior * ratio * likelihood_ratio(probabilities[j]);
        }
    }
    all += best.two;
    best.chance /= all;
    best.two /= all;
    return best;
}

}  // namespace verso::scanner
