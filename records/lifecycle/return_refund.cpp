// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/return_refund.h"

#include <algorithm>

namespace verso::records {

namespace {

/// Pieces of a line that earlier returns were refunded or exchanged for.
int settled_before(std::span<const Return> others, const Rma& own, int line) {
    int pieces = 0;
    for (const Return& other : others) {
        const bool is_settled =
            other.state == ReturnState::Refunded || other.state == ReturnState::Exchanged;
        if (other.rma == own || !is_settled) continue;
        if (const ReturnLine* found = other.find_line(line)) pieces += found->received;
    }
    return pieces;
}

std::string doubt_about(const ReturnLine& line) {
    const bool was_told =
        line.reason == ReturnReason::Damaged || line.reason == ReturnReason::NotAsDescribed;
    if (line.condition == Condition::NotInspected) return "it was not inspected";
    if (was_told) return "";
    if (line.condition == Condition::Damaged)
        return "it came damaged, and the buyer named no damage";
    if (line.condition == Condition::Used) return "it was used";
    return "";
}

}  // namespace

Money share_of(Money total, int quantity, int before, int pieces) {
    if (quantity <= 0 || pieces <= 0) return {};
    __extension__ using Wide = __int128;  // cents times pieces may pass 64 bits
    const int first = std::clamp(before, 0, quantity);
    const int last = first + std::min(pieces, quantity - first);
    const auto up_to = [&](int count) {
        return static_cast<std::int64_t>(Wide{total.minor} * count / quantity);
    };
    return {up_to(last) - up_to(first)};
}

RefundProposal propose_refund(const Return& made, const Order& order,
                              std::span<const Return> others) {
    RefundProposal proposal;
    std::int64_t sum = 0;
    bool is_everything = !order.lines.empty();
    for (const OrderLine& bought : order.lines) {
        const int before = settled_before(others, made.rma, bought.line);
        const ReturnLine* line = made.find_line(bought.line);
        const int pieces = line == nullptr ? 0 : std::max(line->received, 0);
        is_everything = is_everything && std::int64_t{before} + pieces >= bought.quantity;
        const Money amount = share_of(bought.line_total, bought.quantity, before, pieces);
        if (pieces == 0) continue;
        proposal.lines.push_back({bought.line, pieces, amount, doubt_about(*line)});
        sum += amount.minor;
    }
    if (is_everything && !proposal.lines.empty()) proposal.shipping = order.shipping;
    proposal.total = {std::min(sum + proposal.shipping.minor, order.total.minor)};
    return proposal;
}

}  // namespace verso::records
