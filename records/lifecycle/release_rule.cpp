// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/release_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "records/lifecycle/print_rule.h"

namespace verso::records {

namespace {

bool has_begun_to_leave(OrderStatus status) {
    return status == OrderStatus::PartlyShipped || status == OrderStatus::Shipped ||
           status == OrderStatus::Delivered;
}

std::int64_t pieces_backordered(const Order& order) {
    std::int64_t pieces = 0;
    for (const OrderLine& line : order.lines) pieces += std::max(line.backordered, 0);
    return pieces;
}

}  // namespace

ReleaseDecision decide_release(const Order& order, const ReleaseTerms& terms, Instant now) {
    const std::string& number = order.number.get();
    if (auto printable = check_printable(order); !printable) {
        return {false, {}, printable.error().message};
    }
    if (has_begun_to_leave(order.status)) return {true};
    if (terms.wait_on_hold && order.status == OrderStatus::OnHold) {
        return {false, {}, fmt::format("order {} is on hold", number)};
    }
    const std::int64_t lacking = terms.require_full_stock ? pieces_backordered(order) : 0;
    if (lacking > 0) {
        return {false,
                {},
                fmt::format("order {} waits for {} {} that {} not in stock", number, lacking,
                            lacking == 1 ? "piece" : "pieces", lacking == 1 ? "is" : "are")};
    }
    const Instant until = order.placed_at.utc + std::chrono::minutes{terms.grace_minutes};
    if (terms.grace_minutes > 0 && now < until) {
        return {false, until,
                fmt::format("order {} can still be changed by its buyer until {}", number,
                            format_time({until, order.placed_at.offset}))};
    }
    return {true};
}

}  // namespace verso::records
