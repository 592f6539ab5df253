// SPDX-License-Identifier: Apache-2.0
#include "records/store/photo_table.h"

#include "records/store/erasure_rows.h"

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kOrder =
    "SELECT id FROM customer_order WHERE shop_id = :shop AND number = :number AND erased = 0";
constexpr const char* kKnown =
    "SELECT count(*), coalesce(sum(CASE WHEN path = :path THEN 1 ELSE 0 END), 0)"
    " FROM buyer_photo WHERE order_id = :order AND card_id = :card AND rma = :rma";
constexpr const char* kKeep =
    "INSERT INTO buyer_photo (shop_id, order_id, card_id, rma, path, sent_at)"
    " VALUES (:shop, :order, :card, :rma, :path, :at)";
constexpr const char* kOfOrder =
    "SELECT p.id, o.number, p.card_id, p.rma, p.path, p.sent_at FROM buyer_photo p"
    " JOIN customer_order o ON o.id = p.order_id"
    " WHERE o.shop_id = :shop AND o.number = :number ORDER BY p.id";
constexpr const char* kFind =
    "SELECT p.id, o.number, p.card_id, p.rma, p.path, p.sent_at FROM buyer_photo p"
    " JOIN customer_order o ON o.id = p.order_id WHERE p.shop_id = :shop AND p.id = :id";
constexpr const char* kOfAnswer =
    "SELECT id, path FROM buyer_photo WHERE shop_id = :shop AND card_id = :card AND rma = ''";
constexpr const char* kDrop = "DELETE FROM buyer_photo WHERE id = :id";

}  // namespace sql

/// A row as the database gives it.
struct PhotoRow {
    long long id = 0, card = 0, at = 0;
    std::string order, rma, path;

    void into(Query& query) { query.out(id, order, card, rma, path, at); }
    BuyerPhoto photo() const {
        return {id,   OrderNumber(order), CardId{static_cast<std::uint64_t>(card)}, Rma(rma),
                path, instant(at)};
    }
};

}  // namespace

Result<void> PhotoTable::keep_photo(ShopId shop, const BuyerPhoto& photo) {
    return db_.in_scope([&]() -> Result<void> {
        const long long shop_id = shop.get(), at = seconds(photo.at);
        const auto card = static_cast<long long>(photo.card.get());
        long long order = 0;
        if (!db_.query(sql::kOrder).in(shop_id, photo.order.get()).out(order).run()) {
            return Error{ErrorCode::NotFound, "there is no such order", photo.order.get(), ""};
        }
        long long all = 0, same = 0;
        const std::string &rma = photo.rma.get(), &path = photo.path;
        db_.query(sql::kKnown).in(path, order, card, rma).out(all, same).run();
        if (same > 0) return {};
        if (all >= kMost) {
            return Error{ErrorCode::LimitExceeded,
                         "there are " + std::to_string(kMost) + " photos already", "", ""};
        }
        db_.write(sql::kKeep, shop_id, order, card, rma, path, at);
        return {};
    });
}

Result<std::vector<BuyerPhoto>> PhotoTable::photos_of_order(ShopId shop, const OrderNumber& order) {
    return db_.in_safety([&]() -> Result<std::vector<BuyerPhoto>> {
        const long long shop_id = shop.get();
        std::vector<BuyerPhoto> found;
        PhotoRow row;
        Query query = db_.query(sql::kOfOrder);
        query.in(shop_id, order.get());
        row.into(query);
        for (bool more = query.first(); more; more = query.next()) found.push_back(row.photo());
        return found;
    });
}

Result<std::optional<BuyerPhoto>> PhotoTable::find_photo(ShopId shop, long long id) {
    return db_.in_safety([&]() -> Result<std::optional<BuyerPhoto>> {
        const long long shop_id = shop.get();
        PhotoRow row;
        Query query = db_.query(sql::kFind);
        query.in(shop_id, id);
        row.into(query);
        if (!query.first()) return std::optional<BuyerPhoto>();
        return std::optional(row.photo());
    });
}

Result<int> PhotoTable::drop_answer_photos(ShopId shop, CardId card) {
    return db_.in_scope([&]() -> Result<int> {
        const long long shop_id = shop.get();
        const auto of_card = static_cast<long long>(card.get());
        std::vector<std::pair<long long, std::string>> rows;
        {
            std::pair<long long, std::string> row;
            Query query = db_.query(sql::kOfAnswer);
            query.in(shop_id, of_card).out(row.first, row.second);
            for (bool more = query.first(); more; more = query.next()) rows.push_back(row);
        }
        ErasureRows files(db_);
        for (const auto& [id, path] : rows) {
            files.add_file(shop_id, FileKind::Picture, path);
            db_.write(sql::kDrop, id);
        }
        return static_cast<int>(rows.size());
    });
}

}  // namespace verso::records
