// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace verso::bench {

/// One mark box: what was measured, whether it was marked, and the chance that the reader gave.
struct Sample {
    std::vector<double> x;
    bool marked = false;
    double said = 0;
};

/// Weights of a logistic regression with a little shrinkage (ridge), by Newton's method. Empty when
/// there are no samples.
std::vector<double> fit(const std::vector<Sample>& samples);
void print_weights(const std::vector<double>& weights);

/// How often boxes were marked that the reader gave a chance of 0.1 %, 1 % … : the two columns must
/// agree, or the chance errs on the side of doubt.
void print_reliability(const std::vector<Sample>& samples);

}  // namespace verso::bench
