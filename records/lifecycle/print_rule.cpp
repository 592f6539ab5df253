// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/print_rule.h"

#include <fmt/format.h>

#include <algorithm>

namespace verso::records {

namespace {

std::string parcel_name(const Order& order, int parcel) {
    return fmt::format("{} parcel {}", order.number.get(), parcel);
}

}  // namespace

Result<void> check_printable(const Order& order) {
    const std::string& number = order.number.get();
    if (order.status == OrderStatus::Cancelled) {
        return Error{ErrorCode::NotAllowed,
                     fmt::format("order {} is cancelled, so no insert is printed", number), number,
                     ""};
    }
    if (order.payment == PaymentStatus::Unpaid) {
        return Error{ErrorCode::NotAllowed,
                     fmt::format("order {} is not paid, so no insert is printed", number), number,
                     "import the order again once it is paid"};
    }
    return {};
}

PrintPlan plan_print(const Order& order, int parcel, std::span<const CardRecord> cards,
                     bool reprint_asked) {
    if (auto printable = check_printable(order); !printable) {
        return {PrintDecision::Forbidden, {}, "", printable.error().message};
    }
    PrintPlan plan;
    int newest_out = 0;
    for (const CardRecord& card : cards) {
        if (card.insert.parcel != parcel || card.state == CardState::Voided) continue;
        newest_out = std::max(newest_out, card.insert.revision);
        if (card.state == CardState::Printed) plan.voids.push_back(card.insert.card);
    }
    if (newest_out == 0) return plan;
    const std::string name = parcel_name(order, parcel);
    if (!reprint_asked) {
        const std::string which =
            newest_out == order.revision
                ? ""
                : fmt::format(" as revision {} of {}", newest_out, order.revision);
        return {PrintDecision::AlreadyPrinted,
                {},
                "",
                fmt::format("{} is printed already{}; ask for a reprint to void that card and "
                            "print another",
                            name, which)};
    }
    plan.decision = PrintDecision::Reprint;
    plan.void_reason = fmt::format("reprint of {}", name);
    plan.reason = fmt::format("{} is printed again", name);
    return plan;
}

}  // namespace verso::records
