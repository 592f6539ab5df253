// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/mark_model.h"

#include <algorithm>
#include <cmath>

namespace verso::scanner {

namespace {

// Where each measure is full evidence of a stroke: a slash covers 4 % of the inside and spans most
// of its height; faint pencil is a quarter as dark as toner.
constexpr double kFullShare = 0.05;
constexpr double kFullSpan = 0.75;
constexpr double kFullDarkness = 0.30;
constexpr double kFullEdge = 0.20;

constexpr double kWeights[MarkFeatures::kCount] = {-11, 12, 4, 3, 2, 2, -5};

double full_at(double value, double full) { return std::clamp(value / full, 0.0, 1.0); }

}  // namespace

double mark_score(const MarkMeasures& m) {
    const double share = full_at(m.ink_share, kFullShare);
    const double span = full_at(m.stroke_span, kFullSpan);
    const double darkness = full_at(m.darkness, kFullDarkness);
    return std::sqrt(share * span) * std::sqrt(darkness);
}

MarkFeatures mark_features(const MarkMeasures& m) {
    const double score = mark_score(m);
    return {{1, score, score * score, score * full_at(m.edge, kFullEdge),
             full_at(m.faint_span, 1.0), full_at(m.ink_share, 0.4), full_at(m.beyond, 12)}};
}

double mark_probability(const MarkMeasures& m) {
    const MarkFeatures features = mark_features(m);
    double sum = 0;
    for (int i = 0; i < MarkFeatures::kCount; ++i) sum += kWeights[i] * features.values[i];
    constexpr double kSurest = 11.5;  // 1 in 100,000: no lab proves more
    return 1 / (1 + std::exp(-std::clamp(sum, -kSurest, kSurest)));
}

}  // namespace verso::scanner
