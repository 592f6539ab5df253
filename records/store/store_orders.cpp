// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "records/lifecycle/order_fingerprint.h"
#include "records/store/order_table.h"
#include "records/store/statements.h"
#include "records/store/store_soci.h"

namespace verso::records {

namespace {

Error unknown_order(const OrderNumber& number, std::string_view what = "") {
    return {ErrorCode::NotFound, fmt::format("there is no order {}{}", number.get(), what), "",
            "see: verso orders list"};
}

Result<void> check_whole(const Order& order) {
    const auto missing = [&](std::string_view what) {
        return Error{ErrorCode::ValueInvalid, fmt::format("the order has no {}", what),
                     order.number.get(), ""};
    };
    if (order.number.get().empty()) return missing("number");
    if (order.parcels.empty()) return missing("parcel");
    if (order.lines.empty()) return missing("lines");
    return {};
}

}  // namespace

Result<Saved> SociStore::save_order(ShopId shop, const Order& order, Instant at) {
    if (auto whole = check_whole(order); !whole) return whole.error();
    return in_scope([&]() -> Result<Saved> {
        const std::string fingerprint = order_fingerprint(order);
        const auto head = order_table_->find_head(shop.get(), order.number.get());
        if (head && head->fingerprint == fingerprint) return Saved::Unchanged;
        const int revision = std::max({order.revision, head ? head->revision + 1 : 1, 1});
        long long id = head ? head->id : 0;
        if (head) {
            before(sql::kUpdateOrder);
            order_table_->update_head(shop.get(), id, order, revision, fingerprint);
        } else {
            before(sql::kInsertOrder);
            id = order_table_->insert_head(shop.get(), order, revision, fingerprint);
        }
        before(sql::kInsertRevision);
        order_table_->insert_revision(id, order, revision, at);
        for (const Parcel& parcel : order.parcels) {
            before(sql::kInsertParcel);
            order_table_->insert_parcel(parcel);
        }
        for (const OrderLine& line : order.lines) {
            before(sql::kInsertLine);
            order_table_->insert_line(line);
        }
        return head ? Saved::Changed : Saved::New;
    });
}

Result<Order> SociStore::find_order(ShopId shop, const OrderNumber& number) {
    return in_safety([&]() -> Result<Order> {
        const auto head = order_table_->find_head(shop.get(), number.get());
        if (!head) return unknown_order(number);
        auto order = order_table_->select(head->id, number.get(), head->revision);
        if (!order) return order.error();
        if (!*order) return unknown_order(number);
        return std::move(**order);
    });
}

Result<Order> SociStore::find_order(ShopId shop, const OrderNumber& number, int revision) {
    return in_safety([&]() -> Result<Order> {
        const auto head = order_table_->find_head(shop.get(), number.get());
        if (!head) return unknown_order(number);
        auto order = order_table_->select(head->id, number.get(), revision);
        if (!order) return order.error();
        if (!*order) return unknown_order(number, fmt::format(" revision {}", revision));
        return std::move(**order);
    });
}

Result<std::vector<OrderSummary>> SociStore::list_orders(ShopId shop) {
    return in_safety([&]() -> Result<std::vector<OrderSummary>> {
        std::vector<OrderSummary> list;
        OrderSummary row;
        std::string number, placed, status, payment;
        long long total = 0;
        const long long shop_id = shop.get();
        Query query(session_, sql::kListOrders);
        query.in(shop_id).out(number, row.revision, placed, status, payment, row.name, row.country,
                              row.language, row.lines, row.parcels, total, row.currency);
        for (bool more = query.first(); more; more = query.next()) {
            row.number = OrderNumber{number};
            row.placed_at = parse_time(placed).value_or({});
            row.status = parse_order_status(status).value_or(OrderStatus::OnHold);
            row.payment = parse_payment_status(payment).value_or(PaymentStatus::Unpaid);
            row.total = {total};
            list.push_back(row);
        }
        return list;
    });
}

Result<void> SociStore::orders(ShopId shop,
                               const std::function<Result<void>(const Order&)>& visit) {
    return in_safety([&]() -> Result<void> {
        // The keys are read to the end first, so that the visitor may use the store.
        struct Found {
            long long id = 0;
            std::string number;
            int revision = 0;
        };
        std::vector<Found> all;
        Found row;
        const long long shop_id = shop.get();
        Query query(session_, sql::kOrderIds);
        query.in(shop_id).out(row.id, row.number, row.revision);
        for (bool more = query.first(); more; more = query.next()) all.push_back(row);
        for (const Found& found : all) {
            auto order = order_table_->select(found.id, found.number, found.revision);
            if (!order) return order.error();
            if (!*order) continue;
            if (auto visited = visit(**order); !visited) return visited;
        }
        return {};
    });
}

Result<long long> SociStore::order_id(ShopId shop, const OrderNumber& number) {
    const auto head = order_table_->find_head(shop.get(), number.get());
    if (!head) return unknown_order(number);
    return head->id;
}

}  // namespace verso::records
