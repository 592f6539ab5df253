// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/import_merge.h"

#include <algorithm>
#include <tuple>

namespace verso::records {

namespace {

/// What the shop changed is taken; the rest stays.
template <class Value>
void take(Value& ours, const Value& said, const Value& says) {
    if (says != said) ours = says;
}

// ---- status -------------------------------------------------------------------------------------

bool has_left(OrderStatus status) {
    return status == OrderStatus::PartlyShipped || status == OrderStatus::Shipped ||
           status == OrderStatus::Delivered;
}

/// Whether a status of the export gives way to what is known here.
bool gives_way(OrderStatus said, OrderStatus says, OrderStatus ours) {
    if (says == said) return true;
    if (ours == OrderStatus::Delivered) return says != OrderStatus::Cancelled;
    const bool cancelled_here = ours == OrderStatus::Cancelled && said != OrderStatus::Cancelled;
    return cancelled_here && !has_left(says);
}

void take_status(Order& ours, const Order& said, const Order& says) {
    if (gives_way(said.status, says.status, ours.status)) {
        // The moment belongs to the status; the shop may learn it later.
        if (says.status == ours.status)
            take(ours.cancelled_at, said.cancelled_at, says.cancelled_at);
        return;
    }
    ours.status = says.status;
    ours.cancelled_at = says.cancelled_at;
}

// ---- lines and parcels --------------------------------------------------------------------------

/// What the buyer gets of a line, and in which parcel.
auto goods(const OrderLine& line) {
    return std::tie(line.line, line.sku, line.ean, line.title, line.variant, line.quantity,
                    line.unit_price, line.line_total, line.parcel);
}

bool are_goods_equal(const Order& a, const Order& b) {
    const auto same_number = [](const Parcel& x, const Parcel& y) { return x.number == y.number; };
    return a.currency == b.currency &&
           std::equal(
               a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(),
               [](const OrderLine& x, const OrderLine& y) { return goods(x) == goods(y); }) &&
           std::equal(a.parcels.begin(), a.parcels.end(), b.parcels.begin(), b.parcels.end(),
                      same_number);
}

bool is_same_article(const OrderLine& a, const OrderLine& b) {
    return a.line == b.line && a.sku == b.sku && a.variant == b.variant;
}

/// Where it lies, what is missing of it, and how the platform calls it.
void take_stock(std::vector<OrderLine>& ours, const std::vector<OrderLine>& said,
                const std::vector<OrderLine>& says) {
    for (std::size_t i = 0; i < said.size() && i < says.size(); ++i) {
        const auto line = std::find_if(ours.begin(), ours.end(), [&](const OrderLine& one) {
            return is_same_article(one, says[i]);
        });
        if (line == ours.end()) continue;
        take(line->bin, said[i].bin, says[i].bin);
        take(line->product_id, said[i].product_id, says[i].product_id);
        take(line->backordered, said[i].backordered, says[i].backordered);
        line->backordered = std::min(line->backordered, line->quantity);
    }
}

Parcel* find_parcel(std::vector<Parcel>& parcels, int number) {
    const auto found = std::find_if(parcels.begin(), parcels.end(),
                                    [&](const Parcel& one) { return one.number == number; });
    return found == parcels.end() ? nullptr : &*found;
}

/// An empty word of the export is no word.
void take_word(std::string& ours, const std::string& said, const std::string& says) {
    if (!says.empty()) take(ours, said, says);
}

void take_delivery(std::vector<Parcel>& ours, const std::vector<Parcel>& said,
                   const std::vector<Parcel>& says) {
    for (std::size_t i = 0; i < said.size() && i < says.size(); ++i) {
        Parcel* parcel = find_parcel(ours, says[i].number);
        if (parcel == nullptr) continue;
        take_word(parcel->carrier, said[i].carrier, says[i].carrier);
        take_word(parcel->service, said[i].service, says[i].service);
        take_word(parcel->tracking, said[i].tracking, says[i].tracking);
    }
}

/// Other lines: the shop's are taken whole, with its parcels; what an export leaves empty of a
/// parcel stays.
void take_goods(Order& ours, const Order& says) {
    std::vector<Parcel> before = std::move(ours.parcels);
    ours.lines = says.lines;
    ours.parcels = says.parcels;
    for (Parcel& parcel : ours.parcels) {
        const Parcel* known = find_parcel(before, parcel.number);
        if (known == nullptr) continue;
        if (parcel.carrier.empty()) parcel.carrier = known->carrier;
        if (parcel.service.empty()) parcel.service = known->service;
        if (parcel.tracking.empty()) parcel.tracking = known->tracking;
    }
    ours.currency = says.currency;
    ours.total = says.total;
}

/// The shop's change of the total, on top of what was changed here; its own total when the sum is
/// absurd.
Money shifted(Money ours, Money said, Money says) {
    std::int64_t change = 0, total = 0;
    if (__builtin_sub_overflow(says.minor, said.minor, &change) ||
        __builtin_add_overflow(ours.minor, change, &total) || total < 0) {
        return says;
    }
    return {total};
}

}  // namespace

ImportMerge merge_import(const Order& said, const Order& says, const Order& ours) {
    ImportMerge merge{ours, {}};
    Order& order = merge.order;
    order.revision = says.revision;
    take(order.placed_at, said.placed_at, says.placed_at);
    take_status(order, said, says);
    take(order.payment, said.payment, says.payment);
    take(order.paid_at, said.paid_at, says.paid_at);
    take(order.language, said.language, says.language);
    take(order.email, said.email, says.email);
    take(order.phone, said.phone, says.phone);
    take(order.ship_to, said.ship_to, says.ship_to);
    take(order.promised_on, said.promised_on, says.promised_on);
    take(order.shipping, said.shipping, says.shipping);
    take(order.note, said.note, says.note);
    take(order.external_id, said.external_id, says.external_id);
    take(order.insider, said.insider, says.insider);
    if (are_goods_equal(said, says)) {
        take_stock(order.lines, said.lines, says.lines);
        take_delivery(order.parcels, said.parcels, says.parcels);
        order.total = shifted(order.total, said.total, says.total);
    } else {
        take_goods(order, says);
    }
    Order as_said = says;
    as_said.number = order.number;
    merge.kept = changes_between(as_said, order);
    return merge;
}

}  // namespace verso::records
