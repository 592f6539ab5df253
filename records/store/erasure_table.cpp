// SPDX-License-Identifier: Apache-2.0
#include "records/store/erasure_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "records/lifecycle/order_words.h"
#include "records/store/erasure_rows.h"
#include "records/store/order_body.h"
#include "records/store/order_table.h"

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kOrder =
    "SELECT id FROM customer_order WHERE shop_id = :shop AND number = :number";
constexpr const char* kLast = "SELECT coalesce(max(id), 0) FROM customer_order";
constexpr const char* kByWord =
    "SELECT s.order_id, o.number FROM order_search s JOIN customer_order o ON o.id = s.order_id"
    " WHERE s.shop_id = :shop AND s.segment = :segment AND s.word = :word";
constexpr const char* kChanged =
    "SELECT id, number FROM customer_order WHERE shop_id = :shop AND revision > 1 AND erased = 0";
constexpr const char* kBodies = "SELECT body FROM order_body WHERE order_id = :id";
constexpr const char* kSaid = "SELECT body FROM order_said WHERE order_id = :id";
constexpr const char* kNote =
    "INSERT INTO erasure (shop_id, at, who, reason, orders, files)"
    " VALUES (:shop, :at, :who, :reason, :orders, :files)";
constexpr const char* kKeptAnswers =
    "UPDATE kept_answer SET body = '' WHERE shop_id = :shop AND body <> ''";
constexpr const char* kOldOrders =
    "SELECT id, number FROM customer_order WHERE shop_id = :shop AND erased = 0"
    " AND placed_utc < :until ORDER BY id LIMIT 500";
constexpr const char* kOldSecrets =
    "UPDATE card SET secret_hash = '', public_key = '', draft = '', changed_at = :now, state = CASE"
    " WHEN state IN ('printed', 'opened', 'draft') THEN 'expired' ELSE state END"
    " WHERE id IN (SELECT c.id FROM card c JOIN printed_insert i ON i.id = c.printed_insert_id"
    " WHERE i.shop_id = :shop AND i.printed_at < :until AND c.secret_hash <> '' LIMIT 2000)";
constexpr const char* kOldScans =
    "SELECT s.id, s.sha256 FROM scan s WHERE s.shop_id = :shop AND s.image_gone = 0"
    " AND s.recorded_at < :until AND NOT EXISTS (SELECT 1 FROM review_item v"
    " JOIN reading r ON r.id = v.reading_id WHERE r.scan_id = s.id AND v.settled_at IS NULL)"
    " ORDER BY s.id LIMIT 500";
constexpr const char* kImageGone = "UPDATE scan SET image_gone = 1 WHERE id = :id";
constexpr const char* kOldPhotos =
    "SELECT id, path FROM buyer_photo WHERE shop_id = :shop AND sent_at < :until"
    " ORDER BY id LIMIT 500";
constexpr const char* kPhotoGone = "DELETE FROM buyer_photo WHERE id = :id";
constexpr const char* kFiles =
    "SELECT id, kind, name FROM erasure_file WHERE shop_id = :shop AND id > :after"
    " ORDER BY id LIMIT :most";
constexpr const char* kFileGone = "DELETE FROM erasure_file WHERE shop_id = :shop AND id = :id";
constexpr const char* kCheckpoint = "PRAGMA wal_checkpoint(TRUNCATE)";

}  // namespace sql

using Found = std::pair<long long, std::string>;

std::string folded_email(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c != ' ') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

}  // namespace

Result<long long> ErasureTable::order_id(long long shop, const OrderNumber& number) {
    long long id = 0;
    if (db_.query(sql::kOrder).in(shop, number.get()).out(id).run()) return id;
    return Error{ErrorCode::NotFound, fmt::format("there is no order {}", number.get()), "",
                 "see: verso orders list"};
}

bool ErasureTable::had_email(long long id, const std::string& email) {
    bool found = false;
    for (const char* statement : {sql::kBodies, sql::kSaid}) {
        std::string body;
        Query query = db_.query(statement);
        query.in(id).out(body);
        for (bool more = query.first(); more; more = query.next()) {
            auto order = order_from_body(body);
            found = found || (order && folded_email(order->email) == email);
        }
    }
    return found;
}

Result<std::vector<OrderNumber>> ErasureTable::orders_of_email(ShopId shop,
                                                               std::string_view email) {
    const auto words = search_words(email);
    if (email.find('@') == std::string_view::npos || words.size() != 1) {
        return Error{ErrorCode::ValueInvalid, "this is no e-mail address", std::string(email),
                     "as in: buyer@example.com"};
    }
    return db_.in_safety([&]() -> Result<std::vector<OrderNumber>> {
        const long long shop_id = shop.get();
        const std::string wanted = folded_email(email);
        std::set<Found> candidates;
        Found row;
        long long last = 0;
        db_.query(sql::kLast).out(last).run();
        for (int segment = search_segment(last); segment >= 0; --segment) {
            Query query = db_.query(sql::kByWord);
            query.in(shop_id, segment, words.front()).out(row.first, row.second);
            for (bool more = query.first(); more; more = query.next()) candidates.insert(row);
        }
        {
            // Former revisions are in no index; few orders have any.
            Query query = db_.query(sql::kChanged);
            query.in(shop_id).out(row.first, row.second);
            for (bool more = query.first(); more; more = query.next()) candidates.insert(row);
        }
        std::vector<OrderNumber> found;
        for (const auto& [id, number] : candidates) {
            if (had_email(id, wanted)) found.emplace_back(number);
        }
        std::sort(found.begin(), found.end());
        return found;
    });
}

void ErasureTable::note(long long shop, Instant at, std::string_view who, std::string_view reason,
                        const ErasureCounts& counts) {
    const long long moment = seconds(at);
    const std::string name(who), why(reason);
    const auto orders = static_cast<int>(counts.orders), files = static_cast<int>(counts.files);
    db_.write(sql::kNote, shop, moment, name, why, orders, files);
}

Result<ErasureCounts> ErasureTable::erase(ShopId shop, std::span<const OrderNumber> orders,
                                          std::string_view who, std::string_view reason,
                                          Instant at) {
    if (who.empty() || reason.empty()) {
        return Error{ErrorCode::ValueInvalid, "an erasure needs to be signed and to have a reason",
                     "", "say --by WHO --reason WHY"};
    }
    return db_.in_scope([&]() -> Result<ErasureCounts> {
        ErasureRows rows(db_);
        for (const OrderNumber& number : orders) {
            auto id = order_id(shop.get(), number);
            if (!id) return id.error();
            const ErasedOrder order{shop.get(), *id, number.get(), seconds(at)};
            if (auto erased = rows.erase_person(order); !erased) return erased.error();
            rows.erase_words(order);
        }
        // What was answered to programs may have told of the buyer; that it was answered stays.
        const long long shop_id = shop.get();
        db_.write(sql::kKeptAnswers, shop_id);
        note(shop_id, at, who, reason, rows.counts);
        return rows.counts;
    });
}

Result<long long> ErasureTable::retain_addresses(ShopId shop, Instant until, Instant now,
                                                 ErasureRows& rows) {
    const long long shop_id = shop.get(), moment = seconds(until);
    std::vector<Found> old;
    {
        Found row;
        Query query = db_.query(sql::kOldOrders);
        query.in(shop_id, moment).out(row.first, row.second);
        for (bool more = query.first(); more; more = query.next()) old.push_back(row);
    }
    for (const auto& [id, number] : old) {
        auto erased = rows.erase_person({shop_id, id, number, seconds(now)});
        if (!erased) return erased.error();
    }
    return static_cast<long long>(old.size());
}

long long ErasureTable::retain_secrets(ShopId shop, Instant until, Instant now) {
    const long long shop_id = shop.get(), moment = seconds(until), changed = seconds(now);
    return db_.write(sql::kOldSecrets, changed, shop_id, moment);
}

long long ErasureTable::retain_images(ShopId shop, Instant until, ErasureRows& rows) {
    const long long shop_id = shop.get(), moment = seconds(until);
    std::vector<Found> old;
    {
        Found row;
        Query query = db_.query(sql::kOldScans);
        query.in(shop_id, moment).out(row.first, row.second);
        for (bool more = query.first(); more; more = query.next()) old.push_back(row);
    }
    for (const auto& [id, sha256] : old) {
        rows.add_file(shop_id, FileKind::Image, sha256);
        db_.write(sql::kImageGone, id);
    }
    return static_cast<long long>(old.size());
}

long long ErasureTable::retain_photos(ShopId shop, Instant until, ErasureRows& rows) {
    const long long shop_id = shop.get(), moment = seconds(until);
    std::vector<Found> old;
    {
        Found row;
        Query query = db_.query(sql::kOldPhotos);
        query.in(shop_id, moment).out(row.first, row.second);
        for (bool more = query.first(); more; more = query.next()) old.push_back(row);
    }
    for (const auto& [id, path] : old) {
        rows.add_file(shop_id, FileKind::Picture, path);
        db_.write(sql::kPhotoGone, id);
    }
    return static_cast<long long>(old.size());
}

Result<RetentionCounts> ErasureTable::retain(ShopId shop, const RetentionTerms& terms,
                                             Instant now) {
    return db_.in_scope([&]() -> Result<RetentionCounts> {
        RetentionCounts done;
        ErasureRows rows(db_);
        if (const auto until = kept_until(terms.addresses_days, now)) {
            auto erased = retain_addresses(shop, *until, now, rows);
            if (!erased) return erased.error();
            done.addresses = *erased;
        }
        if (const auto until = kept_until(terms.secrets_days, now)) {
            done.secrets = retain_secrets(shop, *until, now);
        }
        if (const auto until = kept_until(terms.images_days, now)) {
            done.images = retain_images(shop, *until, rows) + retain_photos(shop, *until, rows);
        }
        if (done.all() > 0) note(shop.get(), now, "retention", "kept long enough", rows.counts);
        return done;
    });
}

Result<std::vector<FileToErase>> ErasureTable::files(ShopId shop, long long after, int most) {
    return db_.in_safety([&]() -> Result<std::vector<FileToErase>> {
        const long long shop_id = shop.get();
        std::vector<FileToErase> found;
        FileToErase row;
        std::string kind;
        Query query = db_.query(sql::kFiles);
        query.in(shop_id, after, most).out(row.id, kind, row.name);
        for (bool more = query.first(); more; more = query.next()) {
            for (FileKind known : {FileKind::Image, FileKind::Sheet, FileKind::Picture}) {
                if (to_string(known) == kind) row.kind = known;
            }
            found.push_back(row);
        }
        return found;
    });
}

Result<void> ErasureTable::file_gone(ShopId shop, long long id) {
    return db_.in_scope([&]() -> Result<void> {
        const long long shop_id = shop.get();
        db_.write(sql::kFileGone, shop_id, id);
        return {};
    });
}

Result<bool> ErasureTable::scrub() {
    if (db_.dialect().locks_rows) return true;
    return db_.in_safety([&]() -> Result<bool> {
        int busy = 0, pages = 0, written = 0;
        db_.query(sql::kCheckpoint).out(busy, pages, written).run();
        return busy == 0;
    });
}

}  // namespace verso::records
