// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "service/http/server.h"

namespace verso::service {

/// Counts what was answered, by route and status, and how long it took. Thread-safe.
class Metrics {
  public:
    void count(const Served& served);
    /// In the text format of Prometheus, version 0.0.4.
    std::string text() const;

  private:
    /// Upper bounds of the histogram in seconds, and what lies above.
    static constexpr std::array<double, 9> kBounds{0.001, 0.0025, 0.005, 0.01, 0.025,
                                                   0.05,  0.1,    0.5,   2.5};
    struct Series {
        std::map<int, std::uint64_t> by_status;
        std::array<std::uint64_t, kBounds.size()> at_most{};
        std::uint64_t all = 0;
        double seconds = 0;
    };

    /// Finds by a view of the pattern: nothing is made for each request.
    struct Closer {
        using is_transparent = void;
        template <class One, class Other>
        bool operator()(const One& one, const Other& other) const {
            if (one.first != other.first) return one.first < other.first;
            return std::string_view(one.second) < std::string_view(other.second);
        }
    };

    mutable std::mutex mutex_;
    std::map<std::pair<Method, std::string>, Series, Closer> series_;  ///< by method and pattern
};

}  // namespace verso::service
