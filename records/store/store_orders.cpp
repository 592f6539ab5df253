// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/domain/card_link.h"
#include "records/import/csv_dialect.h"
#include "records/lifecycle/change_effect.h"
#include "records/lifecycle/import_merge.h"
#include "records/lifecycle/order_fingerprint.h"
#include "records/lifecycle/order_words.h"
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
    auto saved = save_orders(shop, std::span(&order, 1), at);
    if (!saved) return saved.error();
    return saved->front().saved;
}

Result<std::vector<SavedOrder>> SociStore::save_orders(ShopId shop, std::span<const Order> orders,
                                                       Instant at) {
    for (const Order& order : orders) {
        if (auto whole = check_whole(order); !whole) return whole.error();
    }
    return in_scope([&]() -> Result<std::vector<SavedOrder>> {
        std::vector<SavedOrder> saved;
        if (orders.empty()) return saved;
        saved.reserve(orders.size());
        const OrderHeads heads = order_table_->find_heads(shop.get(), orders);
        std::set<std::string_view> coming;
        std::vector<OrderToKeep> fresh;
        std::vector<std::string> prints = fingerprints(orders);
        for (std::size_t i = 0; i < orders.size(); ++i) {
            const Order& order = orders[i];
            OrderToKeep kept{&order, std::move(prints[i]), std::max(order.revision, 1)};
            const auto known = heads.find(order.number.get());
            if (known == heads.end() && coming.insert(order.number.get()).second) {
                fresh.push_back(std::move(kept));
                saved.push_back({Saved::New, ""});
                continue;
            }
            // A number that stands twice in the list: the first must be there for the second.
            if (known == heads.end()) {
                order_table_->insert(shop.get(), fresh, at);
                fresh.clear();
            }
            auto changed = save_known(shop, std::move(kept), at);
            if (!changed) return changed.error();
            saved.push_back(std::move(*changed));
        }
        order_table_->insert(shop.get(), fresh, at);
        return saved;
    });
}

Result<SavedOrder> SociStore::save_known(ShopId shop, OrderToKeep kept, Instant at) {
    const auto known = order_table_->find_head(shop.get(), kept.order->number.get());
    if (!known) return unknown_order(kept.order->number);
    if (known->erased != 0) return SavedOrder{Saved::Erased, ""};
    const bool says_the_same = known->said_other == 0;
    if (says_the_same && known->fingerprint == kept.fingerprint) {
        return SavedOrder{Saved::Unchanged, ""};
    }
    const OrderHead head = order_table_->lock(shop.get(), known->id);
    if (head.erased != 0) return SavedOrder{Saved::Erased, ""};
    return merge_known(shop, std::move(kept), head, at);
}

Result<SavedOrder> SociStore::merge_known(ShopId shop, OrderToKeep kept, const OrderHead& head,
                                          Instant at) {
    const OrderNumber& number = kept.order->number;
    auto before = order_table_->select(head.id, number.get(), head.revision);
    if (!before) return before.error();
    if (!*before) return unknown_order(number);
    auto said = order_table_->said(head.id, number.get());
    if (!said) return said.error();
    const Order says = *kept.order;
    const ImportMerge merge = merge_import(*said ? **said : **before, says, **before);
    if (!merge.kept.empty()) {
        order_table_->keep_said(head.id, says);
    } else if (*said) {
        order_table_->keep_said(head.id, std::nullopt);
    }
    SavedOrder saved{Saved::Unchanged, to_reason(merge.kept)};
    if (!merge.kept.empty()) kept.fingerprint = order_fingerprint(merge.order);
    if (head.fingerprint == kept.fingerprint) return saved;
    kept.order = &merge.order;
    if (auto done = keep_revision(shop, head, kept, **before, at); !done) return done.error();
    saved.saved = Saved::Changed;
    return saved;
}

Result<Saved> SociStore::edit_order(ShopId shop, const Order& order, Instant at) {
    if (auto whole = check_whole(order); !whole) return whole.error();
    return in_scope([&]() -> Result<Saved> {
        const std::string& number = order.number.get();
        const auto known = order_table_->find_head(shop.get(), number);
        if (!known) return unknown_order(order.number);
        const OrderHead head = order_table_->lock(shop.get(), known->id);
        if (head.erased != 0) return Saved::Erased;
        OrderToKeep kept{&order, order_fingerprint(order), std::max(order.revision, 1)};
        if (head.fingerprint == kept.fingerprint) return Saved::Unchanged;
        auto before = order_table_->select(head.id, number, head.revision);
        if (!before) return before.error();
        if (!*before) return unknown_order(order.number);
        auto said = order_table_->said(head.id, number);
        if (!said) return said.error();
        if (!*said) order_table_->keep_said(head.id, *before);
        auto done = keep_revision(shop, head, std::move(kept), **before, at);
        if (!done) return done.error();
        return Saved::Changed;
    });
}

Result<void> SociStore::keep_revision(ShopId shop, const OrderHead& head, OrderToKeep kept,
                                      const Order& before, Instant at) {
    kept.revision = std::max(kept.revision, head.revision + 1);
    order_table_->update(shop.get(), head.id, kept, before, at);
    mark_parcels(shop, head.id, *kept.order);
    // Printing is the boundary: what is on paper and says something else now is void, in the same
    // transaction.
    auto cards = cards_of(shop, kept.order->number);
    if (!cards) return cards.error();
    if (cards->empty()) return {};
    auto left = parcels_that_left(shop, before, *kept.order);
    if (!left) return left.error();
    const ChangeEffect effect = decide_change(before, *kept.order, *cards, *left);
    for (const CardToVoid& card : effect.voids) {
        const auto record = std::find_if(cards->begin(), cards->end(), [&](const CardRecord& c) {
            return c.insert.card == card.card;
        });
        if (record != cards->end()) write_void(*record, card.reason, at);
    }
    return {};
}

Result<std::vector<int>> SociStore::parcels_that_left(ShopId shop, const Order& before,
                                                      const Order& after) {
    std::vector<int> left;
    for (const Order* order : {&before, &after}) {
        for (const Parcel& parcel : order->parcels) {
            for (const std::string& name : parcel_names(*order, parcel)) {
                auto events = parcel_events_.events_of(shop, name);
                if (!events) return events.error();
                if (has_left(parcel_state(*events))) left.push_back(parcel.number);
            }
        }
    }
    return left;
}

Result<Order> SociStore::order_as_said(ShopId shop, const OrderNumber& number) {
    return in_safety([&]() -> Result<Order> {
        const auto head = order_table_->find_head(shop.get(), number.get());
        if (!head) return unknown_order(number);
        if (head->said_other == 0) return find_order(shop, number);
        auto said = order_table_->said(head->id, number.get());
        if (!said) return said.error();
        if (!*said) return find_order(shop, number);
        (*said)->revision = head->revision;
        return std::move(**said);
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

namespace {

/// The columns of kListOrders, kSummary and kSummaryByNumber.
struct SummaryRow {
    OrderSummary row;
    std::string number, placed, status, payment;
    long long total = 0;

    Query& bind(Query& query) {
        return query.out(number, row.revision, placed, status, payment, row.name, row.country,
                         row.language, row.lines, row.parcels, total, row.currency);
    }
    OrderSummary summary() {
        row.number = OrderNumber{number};
        row.placed_at = parse_time(placed).value_or({});
        row.status = parse_order_status(status).value_or(OrderStatus::OnHold);
        row.payment = parse_payment_status(payment).value_or(PaymentStatus::Unpaid);
        row.total = {total};
        return row;
    }
};

}  // namespace

Result<OrderSummary> SociStore::find_summary(ShopId shop, const OrderNumber& number) {
    return in_safety([&]() -> Result<OrderSummary> {
        SummaryRow row;
        const long long shop_id = shop.get();
        Query query = db_.query(sql::kSummaryByNumber);
        query.in(shop_id, number.get());
        if (!row.bind(query).run()) return unknown_order(number);
        return row.summary();
    });
}

Result<std::vector<OrderSummary>> SociStore::list_orders(ShopId shop) {
    return in_safety([&]() -> Result<std::vector<OrderSummary>> {
        std::vector<OrderSummary> list;
        SummaryRow row;
        const long long shop_id = shop.get();
        Query query = db_.query(sql::kListOrders);
        query.in(shop_id);
        row.bind(query);
        for (bool more = query.first(); more; more = query.next()) list.push_back(row.summary());
        return list;
    });
}

Result<std::vector<OrderSummary>> SociStore::search_orders(ShopId shop, std::string_view text,
                                                           int most) {
    return in_safety([&]() -> Result<std::vector<OrderSummary>> {
        std::vector<OrderSummary> found;
        const long long shop_id = shop.get();
        for (long long id : ids_for(shop, text, most)) {
            SummaryRow row;
            Query query = db_.query(sql::kSummary);
            query.in(id, shop_id);
            if (row.bind(query).run()) found.push_back(row.summary());
        }
        return found;
    });
}

std::vector<long long> SociStore::ids_for(ShopId shop, std::string_view text, int most) {
    std::vector<long long> ids;
    const auto add = [&](long long id) {
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    };
    const auto trimmed = unguarded(text);
    for (const std::string& number : {std::string(trimmed), "#" + std::string(trimmed)}) {
        if (auto head = order_table_->find_head(shop.get(), number)) add(head->id);
    }
    if (auto card = parse_card(trimmed)) {
        if (auto record = find_card(*card); record && *record && (*record)->shop == shop) {
            if (auto head = order_table_->find_head(shop.get(), (*record)->insert.order.get())) {
                add(head->id);
            }
        }
    }
    if (auto rma = parse_rma(trimmed)) {
        const long long shop_id = shop.get();
        long long id = 0;
        const std::string number = rma->get();
        if (query(sql::kOrderOfRma).in(shop_id, number).out(id).run()) add(id);
    }
    if (!ids.empty()) return ids;
    for (const std::string& word : search_words(trimmed)) add_ids_by_word(shop, word, most, ids);
    return ids;
}

namespace {

/// One order may have several words of a range: the beginnings of one name.
constexpr int kWordsOfOrder = 4;

}  // namespace

void SociStore::add_ids_by_word(ShopId shop, const std::string& word, int most,
                                std::vector<long long>& ids) {
    const long long shop_id = shop.get();
    long long last = 0, id = 0;
    query(sql::kLastOrderId).out(last).run();
    // An e-mail is looked for whole, all else by its beginning.
    const std::string to = word.starts_with("e:") ? word + '\x01' : word + "\xF4\x8F\xBF\xBF";
    const int segment = search_segment(last);
    const int rows = std::min(most, 1'000'000) * kWordsOfOrder;
    const bool server = db_.dialect().locks_rows;
    Query query = db_.query(server ? sql::kOrdersByWordOnServer : sql::kOrdersByWord);
    query.in(segment, shop_id, word, to);
    if (server) query.in(rows);
    query.in(rows).out(id);
    for (bool more = query.first(); more; more = query.next()) {
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    if (static_cast<int>(ids.size()) > most) ids.resize(static_cast<std::size_t>(most));
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
        Query query = db_.query(sql::kOrderIds);
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
