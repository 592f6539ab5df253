// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace verso::scanner::lab {

/// A range from which a seeded draw takes a value.
struct Range {
    double low = 0, high = 0;
};

/// A small generator whose sequence is the same with every compiler, unlike those of <random>'s
/// distributions: a printed seed brings a failed card back anywhere. SplitMix64 (Steele, Lea and
/// Flood 2014). Not for secrets.
class Rng {
  public:
    explicit Rng(std::uint64_t seed) : state_(seed) {}

    std::uint64_t bits() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    /// In [0, 1).
    double unit() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
    double in(Range range) { return range.low + (range.high - range.low) * unit(); }
    double in(double low, double high) { return in(Range{low, high}); }
    bool chance(double probability) { return unit() < probability; }
    /// In 0 … n-1. Requires: n > 0.
    int below(int n) { return static_cast<int>(unit() * n); }
    /// Mean 0, deviation 1, never beyond 6: the sum of twelve, as hands and sensors err.
    double normal() {
        double sum = -6;
        for (int i = 0; i < 12; ++i) sum += unit();
        return sum;
    }

  private:
    std::uint64_t state_;
};

}  // namespace verso::scanner::lab
