// SPDX-License-Identifier: Apache-2.0
#include "service/site/rate_limit.h"

#include <algorithm>
#include <functional>

#include "core/crypto/crypto.h"

namespace verso::service {

RateLimit::RateLimit(Terms terms)
    : terms_(terms),
      key_(system_random().bits()),
      all_{.left = terms.all_burst, .at = Clock::time_point::min()} {}

void RateLimit::refill(Bucket& bucket, double most, double per_minute, Clock::time_point now) {
    if (bucket.at == Clock::time_point::min()) bucket.at = now;
    const double minutes = std::chrono::duration<double, std::ratio<60>>(now - bucket.at).count();
    bucket.left = std::min(most, bucket.left + std::max(0.0, minutes) * per_minute);
    bucket.at = now;
}

void RateLimit::forget_whole(Clock::time_point now) {
    std::erase_if(names_, [&](const auto& entry) {
        Bucket bucket = entry.second;
        refill(bucket, terms_.burst, terms_.per_minute, now);
        return bucket.left >= terms_.burst;
    });
    look_again_at_ = std::max<std::size_t>(1024, names_.size() * 2);
}

bool RateLimit::take(std::string_view name, Clock::time_point now) {
    const std::uint64_t hashed = std::hash<std::string>{}(std::to_string(key_).append(name));
    const std::lock_guard lock(mutex_);
    if (names_.size() >= look_again_at_) forget_whole(now);
    refill(all_, terms_.all_burst, terms_.all_per_minute, now);
    auto& bucket =
        names_.try_emplace(hashed, Bucket{.left = terms_.burst, .at = now}).first->second;
    refill(bucket, terms_.burst, terms_.per_minute, now);
    if (bucket.left < 1 || all_.left < 1) return false;
    bucket.left -= 1;
    all_.left -= 1;
    return true;
}

std::size_t RateLimit::names() const {
    const std::lock_guard lock(mutex_);
    return names_.size();
}

}  // namespace verso::service
