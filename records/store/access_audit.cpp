// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "core/crypto/crypto.h"
#include "records/store/access_table.h"

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kNote =
    "INSERT INTO audit_entry (shop_id, at, who, what, subject, detail)"
    " VALUES (:shop, :at, :who, :what, :subject, :detail)";
constexpr const char* kAudit =
    "SELECT id, shop_id, at, who, what, subject, detail FROM audit_entry"
    " WHERE id > :after AND shop_id BETWEEN :first AND :last AND at >= :since"
    " ORDER BY id LIMIT :most";
constexpr const char* kDelivery =
    "INSERT INTO seen_delivery (shop_id, source, delivery, seen_at)"
    " VALUES (:shop, :source, :id, :now) ON CONFLICT (shop_id, source, delivery) DO NOTHING";

constexpr const char* kOldSessions = "DELETE FROM user_session WHERE expires_at <= :now";
constexpr const char* kOldLinks = "DELETE FROM access_link WHERE expires_at <= :now";
constexpr const char* kOldAnswers = "DELETE FROM kept_answer WHERE expires_at <= :now";
constexpr const char* kOldDeliveries = "DELETE FROM seen_delivery WHERE seen_at < :before";

}  // namespace sql

/// A sender chooses its ids; a key of a table has bounds.
std::string bounded(std::string_view id) {
    constexpr std::size_t kLongest = 200;
    return id.size() <= kLongest ? std::string(id) : "sha256 " + sha256_hex(id);
}

}  // namespace

Result<void> AccessTable::note(const AuditEntry& entry) {
    if (entry.who.empty() || entry.what.empty()) {
        return Error{ErrorCode::ValueInvalid, "an entry needs who did what", "audit", ""};
    }
    return db_.in_scope([&]() -> Result<void> {
        const long long shop = entry.shop.get(), at = seconds(entry.at);
        db_.write(sql::kNote, shop, at, entry.who, entry.what, entry.subject, entry.detail);
        return {};
    });
}

Result<std::vector<AuditEntry>> AccessTable::audit(const AuditQuery& query) {
    return db_.in_safety([&]() -> Result<std::vector<AuditEntry>> {
        const long long first = query.shop ? query.shop->get() : 0;
        const long long last = query.shop ? first : std::numeric_limits<long long>::max();
        const long long since = seconds(query.since);
        long long shop = 0, at = 0;
        AuditEntry row;
        std::vector<AuditEntry> found;
        Query rows = db_.query(sql::kAudit);
        rows.in(query.after, first, last, since, query.most)
            .out(row.id, shop, at, row.who, row.what, row.subject, row.detail);
        for (bool more = rows.first(); more; more = rows.next()) {
            row.shop = ShopId{shop};
            row.at = instant(at);
            found.push_back(row);
        }
        return found;
    });
}

Result<bool> AccessTable::note_delivery(ShopId shop, std::string_view source, std::string_view id,
                                        Instant now) {
    if (source.empty() || id.empty()) {
        return Error{ErrorCode::ValueInvalid, "a message needs its source and its id", "webhook",
                     ""};
    }
    return db_.in_scope([&]() -> Result<bool> {
        const long long shop_id = shop.get(), moment = seconds(now);
        const std::string from = bounded(source), delivery = bounded(id);
        return db_.write(sql::kDelivery, shop_id, from, delivery, moment) == 1;
    });
}

Result<long long> AccessTable::forget(Instant now, Instant deliveries) {
    return db_.in_scope([&]() -> Result<long long> {
        const long long moment = seconds(now), before = seconds(deliveries);
        return db_.write(sql::kOldSessions, moment) + db_.write(sql::kOldLinks, moment) +
               db_.write(sql::kOldAnswers, moment) + db_.write(sql::kOldDeliveries, before);
    });
}

}  // namespace verso::records
