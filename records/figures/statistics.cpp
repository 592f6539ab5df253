// SPDX-License-Identifier: Apache-2.0
#include "records/figures/statistics.h"

#include <algorithm>
#include <cmath>

namespace verso::records {

void Distribution::add(int value, std::int64_t n) {
    if (n == 0) return;
    const auto place = counts_.try_emplace(value, 0).first;
    place->second += n;
    n_ += n;
    if (place->second == 0) counts_.erase(place);
}

std::int64_t Distribution::count(int value) const {
    const auto found = counts_.find(value);
    return found == counts_.end() ? 0 : found->second;
}

double Distribution::sum() const {
    double sum = 0;
    for (const auto& [value, n] : counts_)
        sum += static_cast<double>(value) * static_cast<double>(n);
    return sum;
}

std::optional<double> Distribution::mean() const {
    if (n_ <= 0) return std::nullopt;
    return sum() / static_cast<double>(n_);
}

std::optional<double> Distribution::variance() const {
    if (n_ < 2) return std::nullopt;
    const double middle = *mean();
    double squares = 0;
    for (const auto& [value, n] : counts_) {
        squares += (value - middle) * (value - middle) * static_cast<double>(n);
    }
    return squares / static_cast<double>(n_ - 1);
}

std::int64_t Distribution::within(int first, int last) const {
    std::int64_t n = 0;
    for (auto it = counts_.lower_bound(first); it != counts_.end() && it->first <= last; ++it) {
        n += it->second;
    }
    return n;
}

std::optional<double> Distribution::share(int first, int last) const {
    if (n_ <= 0) return std::nullopt;
    return static_cast<double>(within(first, last)) / static_cast<double>(n_);
}

std::optional<int> Distribution::median() const {
    std::int64_t seen = 0;
    for (const auto& [value, n] : counts_) {
        seen += n;
        if (2 * seen >= n_) return value;
    }
    return std::nullopt;
}

Distribution& Distribution::operator-=(const Distribution& other) {
    for (const auto& [value, n] : other.counts_) add(value, -n);
    return *this;
}

std::optional<double> csat(const Distribution& stars) { return stars.share(4, 5); }

std::optional<double> nps(const Distribution& answers) {
    if (answers.n() <= 0) return std::nullopt;
    const std::int64_t balance = answers.within(9, 10) - answers.within(0, 6);
    return 100.0 * static_cast<double>(balance) / static_cast<double>(answers.n());
}

Interval wilson(std::int64_t k, std::int64_t n, double z) {
    if (n <= 0) return {0, 1};
    const double count = static_cast<double>(n);
    const double share = std::clamp(static_cast<double>(k) / count, 0.0, 1.0);
    const double z2 = z * z;
    const double middle = share + z2 / (2 * count);
    const double spread = z * std::sqrt((share * (1 - share) + z2 / (4 * count)) / count);
    const double scale = 1 + z2 / count;
    return {k <= 0 ? 0 : std::max(0.0, (middle - spread) / scale),
            k >= n ? 1 : std::min(1.0, (middle + spread) / scale)};
}

Interval share_bounds(std::int64_t k, std::int64_t n, std::int64_t asked) {
    asked = std::max(asked, n);
    if (asked <= 0) return {0, 1};
    const double all = static_cast<double>(asked);
    return {static_cast<double>(k) / all, static_cast<double>(k + asked - n) / all};
}

Interval mean_bounds(const Distribution& answers, std::int64_t asked, int worst, int best) {
    asked = std::max(asked, answers.n());
    if (asked <= 0) return {static_cast<double>(worst), static_cast<double>(best)};
    const double silent = static_cast<double>(asked - answers.n());
    const double all = static_cast<double>(asked);
    return {(answers.sum() + silent * worst) / all, (answers.sum() + silent * best) / all};
}

double bayesian_mean(const Distribution& answers, double weight, double prior) {
    const double n = weight + static_cast<double>(answers.n());
    return n > 0 ? (weight * prior + answers.sum()) / n : prior;
}

Interval mean_interval(const Distribution& answers, int worst, int best, double z) {
    const double low = worst, high = best;
    if (answers.n() <= 0) return {low, high};
    const double n = static_cast<double>(answers.n());
    const double middle = *answers.mean();
    const double variance = answers.variance().value_or(0);
    if (variance > 0) {
        const double half = z * std::sqrt(variance / n);
        return {std::max(low, middle - half), std::min(high, middle + half)};
    }
    // The mean as a share of the scale: exact at its ends, where all answers are equal mostly.
    const double share = std::clamp((middle - low) / (high - low), 0.0, 1.0);
    const double z2 = z * z;
    const double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z * std::sqrt((share * (1 - share) + z2 / (4 * n)) / n) / (1 + z2 / n);
    return {low + (high - low) * std::max(0.0, centre - half),
            low + (high - low) * std::min(1.0, centre + half)};
}

}  // namespace verso::records
