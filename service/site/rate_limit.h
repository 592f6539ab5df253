// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace verso::service {

/// Lets so many attempts through, for each name and for all together; they come back evenly with
/// time. Names are kept hashed with a key of the process, and forgotten when they are whole again:
/// no address is kept. Thread-safe.
class RateLimit {
  public:
    struct Terms {
        double burst = 10;       ///< attempts of one name at once
        double per_minute = 10;  ///< that come back to one name
        double all_burst = 600;  ///< attempts of all names together
        double all_per_minute = 600;
    };
    using Clock = std::chrono::steady_clock;

    explicit RateLimit(Terms terms);
    /// Takes one attempt; false when there is none left.
    bool take(std::string_view name, Clock::time_point now);
    /// How many names are remembered.
    std::size_t names() const;

  private:
    struct Bucket {
        double left = 0;
        Clock::time_point at;
    };
    static void refill(Bucket& bucket, double most, double per_minute, Clock::time_point now);
    void forget_whole(Clock::time_point now);

    Terms terms_;
    std::uint64_t key_;
    mutable std::mutex mutex_;
    Bucket all_;
    std::unordered_map<std::uint64_t, Bucket> names_;
    std::size_t look_again_at_ = 1024;
};

}  // namespace verso::service
