// SPDX-License-Identifier: Apache-2.0
#include "records/store/list_table.h"

#include "records/store/response_row.h"

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kOrders =
    "SELECT id, number FROM customer_order WHERE shop_id = :shop AND id > :after"
    " ORDER BY id LIMIT :most";
constexpr const char* kReturns =
    "SELECT id, rma, opened_at, changed_at FROM return_case"
    " WHERE shop_id = :shop AND id > :after ORDER BY id LIMIT :most";
constexpr const char* kRatings =
    "SELECT t.id, o.number, t.card_id, t.channel, t.answers, t.comment, t.publish, t.recorded_at,"
    " 'scores', t.products FROM rating t JOIN customer_order o ON o.id = t.order_id"
    " WHERE t.recorded_at >= :at AND (t.recorded_at > :same OR t.id > :after)"
    " AND o.shop_id = :shop AND t.withdrawn = 0 ORDER BY t.recorded_at, t.id LIMIT :most";
constexpr const char* kResponses =
    "SELECT t.id, t.outcome, o.number, t.card_id, t.channel, t.answers, t.comment, t.publish,"
    " t.recorded_at, t.kind, t.products FROM response t JOIN customer_order o ON o.id = t.order_id"
    " WHERE t.id > :after AND o.shop_id = :shop ORDER BY t.id LIMIT :most";

}  // namespace sql

}  // namespace

Result<std::vector<PlacedOrder>> ListTable::order_page(ShopId shop, ListPlace after, int most) {
    return db_.in_safety([&]() -> Result<std::vector<PlacedOrder>> {
        const long long shop_id = shop.get();
        PlacedOrder row;
        std::string number;
        std::vector<PlacedOrder> found;
        {
            Query query = db_.query(sql::kOrders);
            query.in(shop_id, after.id, most).out(row.place.id, number);
            for (bool more = query.first(); more; more = query.next()) {
                row.order.number = OrderNumber{number};
                found.push_back(row);
            }
        }
        for (PlacedOrder& one : found) {
            auto summary = store_.find_summary(shop, one.order.number);
            if (!summary) return summary.error();
            one.order = *std::move(summary);
        }
        return found;
    });
}

Result<std::vector<PlacedReturn>> ListTable::return_page(ShopId shop, ListPlace after, int most) {
    return db_.in_safety([&]() -> Result<std::vector<PlacedReturn>> {
        const long long shop_id = shop.get();
        long long opened = 0, changed = 0;
        PlacedReturn row;
        std::string rma;
        std::vector<PlacedReturn> found;
        {
            Query query = db_.query(sql::kReturns);
            query.in(shop_id, after.id, most).out(row.place.id, rma, opened, changed);
            for (bool more = query.first(); more; more = query.next()) {
                row.made.rma = Rma{rma};
                row.announced_at = instant(opened);
                row.changed_at = instant(changed);
                found.push_back(row);
            }
        }
        for (PlacedReturn& one : found) {
            auto made = store_.returns().find(shop, one.made.rma);
            if (!made) return made.error();
            if (*made) one.made = std::move(**made);
        }
        return found;
    });
}

Result<std::vector<PlacedRating>> ListTable::rating_page(ShopId shop, ListPlace after, int most) {
    return db_.in_safety([&]() -> Result<std::vector<PlacedRating>> {
        const long long shop_id = shop.get();
        long long id = 0;
        ResponseRow row;
        std::vector<PlacedRating> found;
        Query query = db_.query(sql::kRatings);
        query.in(after.at, after.at, after.id, shop_id, most).out(id);
        row.bind(query);
        for (bool more = query.first(); more; more = query.next()) {
            auto rating = row.response();
            if (!rating) return rating.error().at(db_.place());
            found.push_back({{row.recorded_at, id}, std::move(*rating)});
        }
        return found;
    });
}

Result<std::vector<PlacedResponse>> ListTable::response_page(ShopId shop, ListPlace after,
                                                             int most) {
    return db_.in_safety([&]() -> Result<std::vector<PlacedResponse>> {
        const long long shop_id = shop.get();
        long long id = 0;
        std::string outcome;
        ResponseRow row;
        std::vector<PlacedResponse> found;
        Query query = db_.query(sql::kResponses);
        query.in(after.id, shop_id, most).out(id, outcome);
        row.bind(query);
        for (bool more = query.first(); more; more = query.next()) {
            auto response = row.response();
            if (!response) return response.error().at(db_.place());
            found.push_back({{0, id}, std::move(*response), outcome});
        }
        return found;
    });
}

}  // namespace verso::records
