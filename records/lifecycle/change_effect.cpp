// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/change_effect.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "records/lifecycle/print_rule.h"

namespace verso::records {

namespace {

const Parcel* find_parcel(const Order& order, int number) {
    const auto it = std::find_if(order.parcels.begin(), order.parcels.end(),
                                 [&](const Parcel& parcel) { return parcel.number == number; });
    return it == order.parcels.end() ? nullptr : &*it;
}

/// What a row of the sheet can show of a line (docs/formats/template.md: line.*).
auto row(const OrderLine& line) {
    return std::tie(line.line, line.sku, line.ean, line.title, line.variant, line.quantity,
                    line.unit_price, line.line_total);
}

bool are_rows_equal(const Order& before, const Order& after, int parcel) {
    const auto a = before.lines_of(parcel), b = after.lines_of(parcel);
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const OrderLine& x, const OrderLine& y) { return row(x) == row(y); });
}

/// What a sheet says of the parcels around its own.
struct Surroundings {
    std::size_t parcels = 0;
    std::uint64_t goods = 0;  ///< unsigned: absurd amounts wrap instead of being undefined
    std::int64_t earlier = 0, later = 0;
    friend bool operator==(const Surroundings&, const Surroundings&) = default;
};

Surroundings surroundings(const Order& order, int parcel) {
    Surroundings out{order.parcels.size(), 0, 0, 0};
    for (const OrderLine& line : order.lines) {
        out.goods += static_cast<std::uint64_t>(line.line_total.minor);
        if (line.parcel < parcel) out.earlier += line.quantity;
        if (line.parcel > parcel) out.later += line.quantity;
    }
    return out;
}

/// Labels are often made after the sheet: what becomes known contradicts nothing.
bool contradicts(const std::string& before, const std::string& after) {
    return !before.empty() && before != after;
}

bool is_out(OrderStatus status) {
    return status == OrderStatus::Shipped || status == OrderStatus::Delivered;
}

/// Of a partly shipped order: is it this parcel that has left?
bool is_part_that_left(const Order& order, int parcel) {
    if (order.status != OrderStatus::PartlyShipped) return false;
    const Parcel* found = find_parcel(order, parcel);
    return found != nullptr && (order.parcels.size() == 1 || !found->tracking.empty());
}

/// What changed on this parcel's sheet; with the others' lines only when nothing else explains it.
std::string changed_text(const Order& before, const Order& after, int parcel) {
    std::vector<OrderChange> own, all;
    for (OrderChange& change : changes_between(before, after)) {
        if (!is_on_paper(change.kind)) continue;
        if (change.parcel == 0 || change.parcel == parcel) own.push_back(change);
        all.push_back(std::move(change));
    }
    std::string text = to_reason(own.empty() ? all : own);
    return text.empty() ? "its lines are in another order" : text;
}

/// Why the card must go; empty when it stays.
std::string void_reason(const Order& before, const Order& after, int parcel) {
    if (after.status == OrderStatus::Cancelled) return "order cancelled";
    if (after.payment == PaymentStatus::Unpaid) return "order is not paid any more";
    if (find_parcel(after, parcel) == nullptr) {
        return fmt::format("parcel {} is no longer part of the order", parcel);
    }
    if (is_same_on_paper(before, after, parcel)) return "";
    return "order changed: " + changed_text(before, after, parcel);
}

}  // namespace

bool is_same_on_paper(const Order& before, const Order& after, int parcel) {
    const Parcel* a = find_parcel(before, parcel);
    const Parcel* b = find_parcel(after, parcel);
    if (a == nullptr || b == nullptr) return false;
    if (contradicts(a->carrier, b->carrier)) return false;
    if (contradicts(a->service, b->service)) return false;
    const auto head = [](const Order& order) {
        return std::tie(order.number, order.ship_to, order.language, order.currency,
                        order.promised_on, order.shipping, order.total);
    };
    return head(before) == head(after) &&
           before.placed_at.local_day() == after.placed_at.local_day() &&
           surroundings(before, parcel) == surroundings(after, parcel) &&
           are_rows_equal(before, after, parcel);
}

bool has_left(const Order& before, const Order& after, int parcel, std::span<const int> left) {
    if (is_out(before.status) || is_out(after.status)) return true;
    if (is_part_that_left(before, parcel) || is_part_that_left(after, parcel)) return true;
    return std::find(left.begin(), left.end(), parcel) != left.end();
}

ChangeEffect decide_change(const Order& before, const Order& after,
                           std::span<const CardRecord> cards, std::span<const int> left) {
    ChangeEffect effect;
    for (const CardRecord& card : cards) {
        const int parcel = card.insert.parcel;
        if (card.state != CardState::Printed || has_left(before, after, parcel, left)) continue;
        std::string reason = void_reason(before, after, parcel);
        if (reason.empty()) continue;
        effect.voids.push_back({card.insert.card, parcel, std::move(reason)});
        if (check_printable(after) && find_parcel(after, parcel) != nullptr) {
            effect.reprints.push_back(parcel);
        }
    }
    auto& again = effect.reprints;
    std::sort(again.begin(), again.end());
    again.erase(std::unique(again.begin(), again.end()), again.end());
    return effect;
}

Result<void> check_print_current(const Order& printed, const Order& now, int parcel) {
    if (auto printable = check_printable(now); !printable) return printable.error();
    const std::string reason = void_reason(printed, now, parcel);
    if (reason.empty()) return {};
    return Error{ErrorCode::NotAllowed,
                 fmt::format("{} parcel {} was printed as revision {}, the order is at {}: {}",
                             now.number.get(), parcel, printed.revision, now.revision, reason),
                 now.number.get(), "print it again"};
}

}  // namespace verso::records
