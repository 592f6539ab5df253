// SPDX-License-Identifier: Apache-2.0
#include "service/site/metrics.h"

#include <gmock/gmock.h>

namespace verso::service {
namespace {

using ::testing::HasSubstr;

TEST(Metrics, CountsByRouteAndStatusAndTime) {
    Metrics metrics;
    metrics.count({.method = Method::Get,
                   .pattern = "/C/{link}",
                   .status = 200,
                   .took = std::chrono::microseconds(900)});
    metrics.count({.method = Method::Get,
                   .pattern = "/C/{link}",
                   .status = 404,
                   .took = std::chrono::microseconds(30'000)});
    metrics.count({.method = Method::Get, .pattern = "", .status = 404});
    const std::string text = metrics.text();
    EXPECT_THAT(
        text,
        HasSubstr("verso_requests_total{method=\"GET\",route=\"/C/{link}\",status=\"200\"} 1\n"));
    EXPECT_THAT(
        text, HasSubstr("verso_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1\n"));
    EXPECT_THAT(
        text,
        HasSubstr(
            "verso_request_seconds_bucket{method=\"GET\",route=\"/C/{link}\",le=\"0.001\"} 1\n"));
    EXPECT_THAT(
        text,
        HasSubstr(
            "verso_request_seconds_bucket{method=\"GET\",route=\"/C/{link}\",le=\"0.05\"} 2\n"));
    EXPECT_THAT(text,
                HasSubstr("verso_request_seconds_count{method=\"GET\",route=\"/C/{link}\"} 2\n"));
}

}  // namespace
}  // namespace verso::service
