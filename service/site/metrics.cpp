// SPDX-License-Identifier: Apache-2.0
#include "service/site/metrics.h"

#include <fmt/format.h>

namespace verso::service {

void Metrics::count(const Served& served) {
    const std::string name = fmt::format("method=\"{}\",route=\"{}\"", to_string(served.method),
                                         served.pattern.empty() ? "none" : served.pattern);
    const double seconds = std::chrono::duration<double>(served.took).count();
    const std::lock_guard lock(mutex_);
    Series& series = series_[name];
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
    for (const auto& [name, series] : series_) {
        for (const auto& [status, count] : series.by_status) {
            out +=
                fmt::format("verso_requests_total{{{},status=\"{}\"}} {}\n", name, status, count);
        }
    }
    out +=
        "# HELP verso_request_seconds Time from a request's first byte to its answer's last.\n"
        "# TYPE verso_request_seconds histogram\n";
    for (const auto& [name, series] : series_) {
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
