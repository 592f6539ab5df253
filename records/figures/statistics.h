// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>

namespace verso::records {

// What is computed from counts alone. Pure; nothing divides by zero. The vectors of the tests come
// from an implementation of its own.

/// 95 % of a normal distribution lie within so many standard deviations of its middle.
inline constexpr double kZ95 = 1.959963984540054;

/// Both ends included.
struct Interval {
    double lower = 0, upper = 0;
};

/// How often each value was given.
class Distribution {
  public:
    void add(int value, std::int64_t n);
    const std::map<int, std::int64_t>& counts() const { return counts_; }
    std::int64_t count(int value) const;
    /// How many values there are.
    std::int64_t n() const { return n_; }
    double sum() const;
    /// Nothing when there are no values.
    std::optional<double> mean() const;
    /// Of the sample, with n - 1; nothing below two values.
    std::optional<double> variance() const;
    /// How many values lie in first…last.
    std::int64_t within(int first, int last) const;
    /// The share of them, 0 to 1; nothing when there are no values.
    std::optional<double> share(int first, int last) const;
    /// The value that half of them do not exceed; nothing when there are none.
    std::optional<int> median() const;
    Distribution& operator-=(const Distribution& other);

  private:
    std::map<int, std::int64_t> counts_;
    std::int64_t n_ = 0;
};

/// CSAT: the share of 4 and 5 among answers from 1 to 5.
std::optional<double> csat(const Distribution& stars);
/// Net promoter score of answers from 0 to 10, in points: % of 9 and 10 less % of 0 to 6.
std::optional<double> nps(const Distribution& answers);

/// Where the share lies of which `k` of `n` were seen: Wilson's score interval (E. B. Wilson 1927;
/// E. Miller, "How not to sort by average rating"). {0, 1} when n is 0.
Interval wilson(std::int64_t k, std::int64_t n, double z = kZ95);

/// The share if every silent buyer were unhappy, and if every one were happy (C. Manski 1989):
/// `k` of `n` answers are happy, `asked` were asked. {0, 1} when nobody was.
Interval share_bounds(std::int64_t k, std::int64_t n, std::int64_t asked);
/// The mean if every silent buyer gave `worst`, and if every one gave `best`.
Interval mean_bounds(const Distribution& answers, std::int64_t asked, int worst, int best);

/// A mean drawn towards `prior` as if `weight` more answers had given it: (C·m + Σx) / (C + n).
double bayesian_mean(const Distribution& answers, double weight, double prior);

/// Where the mean of the answers' source lies: mean ± z·s/√n, kept inside worst…best. With fewer
/// than two answers, or all equal, nothing is known of their spread: then that of Wilson's interval
/// over the scale stands in.
Interval mean_interval(const Distribution& answers, int worst, int best, double z = kZ95);

}  // namespace verso::records
