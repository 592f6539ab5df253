// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/marks/mark_scorer.h"

namespace verso::scanner {

/// All measures of one box in one number, 0..1: how much it looks like a pen stroke.
double mark_score(const MarkMeasures& measures);

/// The chance that somebody marked this box, from its measures alone and as if one box in four were
/// marked (kModelPrior). A logistic regression; verso_tune_marks --fit makes its weights and shows
/// how well chance and count agree. Never exactly 0 or 1.
double mark_probability(const MarkMeasures& measures);

inline constexpr double kModelPrior = 0.25;

/// What the regression sees: exposed for verso_tune_marks.
struct MarkFeatures {
    static constexpr int kCount = 7;
    double values[kCount];
};
MarkFeatures mark_features(const MarkMeasures& measures);

}  // namespace verso::scanner
