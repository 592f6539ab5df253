// SPDX-License-Identifier: Apache-2.0
#include "service/site/metrics.h"

#include <fmt/format.h>

namespace verso::service {

namespace {

std::string labels(const std::pair<Method, std::string>& key) {
    return fmt::format("method=\"{}\",route=\"{}\"", to_string(key.first),
                       key.second.empty() ? "none" : key.second);
}

}  // namespace

void Metrics::count(const Served& served) {
    const double seconds = std::chrono::duration<double>(served.took).count();
    const std::pair name(served.method, served.pattern);
    const std::lock_guard lock(mutex_);
    auto known = series_.find(name);
    if (known == series_.end()) {
        known = series_.try_emplace({served.method, std::string(served.pattern)}).first;
    }
    Series& series = known->second;
    ++series.by_status[served.status];
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
        if (seconds <= kBounds.at(i)) ++series.at_most.at(i);
    }
    ++series.all;
    series.seconds += seconds;
}

std::string Metrics::text() const {
    const std::lock_guard lock(mutex_);
    std::string out =
        "# HELP verso_requests_total Answered requests.\n# TYPE verso_requests_total counter\n";
    for (const auto& [key, series] : series_) {
        const std::string name = labels(key);
        for (const auto& [status, count] : series.by_status) {
            out +=
                fmt::format("verso_requests_total{{{},status=\"{}\"}} {}\n", name, status, count);
        }
    }
    out +=
        "# HELP verso_request_seconds Time from a request's first byte to its answer's last.\n"
        "# TYPE verso_request_seconds histogram\n";
    for (const auto& [key, series] : series_) {
        const std::string name = labels(key);
        for (std::size_t i = 0; i < kBounds.size(); ++i) {
            out += fmt::format("verso_request_seconds_bucket{{{},le=\"{}\"}} {}\n", name,
                               kBounds.at(i), series.at_most.at(i));
        }
        out += fmt::format(
            "verso_request_seconds_bucket{{{0},le=\"+Inf\"}} {1}\n"
            "verso_request_seconds_sum{{{0}}} {2}\n"
            "verso_request_seconds_count{{{0}}} {1}\n",
            name, series.all, series.seconds);
    }
    return out;
}

}  // namespace verso::service
