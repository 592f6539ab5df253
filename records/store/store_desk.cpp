// SPDX-License-Identifier: Apache-2.0
// What people did to orders and to things in review: by whom, when and why.
#include <fmt/format.h>

#include "core/domain/card_link.h"
#include "records/store/store_soci.h"

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kRevisions =
    "SELECT revision, saved_at FROM order_body WHERE order_id = :id ORDER BY revision";
constexpr const char* kAddOrderNote =
    "INSERT INTO order_event (shop_id, order_id, at, who, what, detail)"
    " VALUES (:shop, :id, :at, :who, :what, :detail)";
constexpr const char* kOrderNotes =
    "SELECT at, who, what, detail FROM order_event WHERE order_id = :id ORDER BY id";
constexpr const char* kOpenDisputes =
    "SELECT o.number, e.at FROM order_event e JOIN customer_order o ON o.id = e.order_id"
    " WHERE e.shop_id = :shop AND e.what = 'dispute' AND NOT EXISTS"
    " (SELECT 1 FROM order_event l WHERE l.order_id = e.order_id AND l.id > e.id"
    " AND l.what IN ('dispute', 'dispute-settled')) ORDER BY e.id LIMIT :most";
constexpr const char* kDisputes =
    "SELECT count(*) FROM order_event WHERE shop_id = :shop AND what = 'dispute'";
constexpr const char* kReview =
    "SELECT card, CASE WHEN settled_at IS NULL THEN 1 ELSE 0 END FROM review_item"
    " WHERE id = :id AND shop_id = :shop";
constexpr const char* kAddReviewNote =
    "INSERT INTO review_action (review_id, at, who, action, detail)"
    " VALUES (:id, :at, :who, :what, :detail)";
constexpr const char* kReviewNotes =
    "SELECT at, who, action, detail FROM review_action WHERE review_id = :id ORDER BY id";
constexpr const char* kReviewsWaiting =
    "SELECT count(*) FROM review_item WHERE shop_id = :shop AND settled_at IS NULL";
constexpr const char* kIdentify =
    "UPDATE review_item SET card = :card, order_number = :number"
    " WHERE id = :id AND shop_id = :shop AND settled_at IS NULL AND card IN ('', :same)";

}  // namespace sql

long long seconds_of(Instant at) { return at.time_since_epoch().count(); }
Instant instant_of(long long at) { return Instant{std::chrono::seconds{at}}; }

Result<void> check_entry(const DeskEntry& entry) {
    if (!entry.who.empty() && !entry.what.empty()) return {};
    return Error{ErrorCode::ValueInvalid, "an entry says who did what", "", "add --by NAME"};
}

Error unknown_item(ReviewId item) {
    return {ErrorCode::NotFound, fmt::format("there is no review item {}", item.get()), "",
            "see: verso review list"};
}

std::vector<DeskEntry> read_entries_of(Query& query, long long id) {
    std::vector<DeskEntry> entries;
    DeskEntry row;
    long long at = 0;
    query.in(id).out(at, row.who, row.what, row.detail);
    for (bool more = query.first(); more; more = query.next()) {
        row.at = instant_of(at);
        entries.push_back(row);
    }
    return entries;
}

}  // namespace

bool is_text_hidden(std::span<const DeskEntry> entries) {
    bool hidden = false;
    for (const DeskEntry& entry : entries) {
        if (entry.what == kHideText) hidden = true;
        if (entry.what == kShowText) hidden = false;
    }
    return hidden;
}

std::span<const std::string_view> hide_reasons() {
    static constexpr std::string_view kReasons[]{"insult",  "personal-data", "advertising",
                                                 "illegal", "off-topic",     "unreadable"};
    return kReasons;
}

std::string reply_of(std::span<const DeskEntry> entries) {
    std::string reply;
    for (const auto& entry : entries) {
        if (entry.what == kReply) reply = entry.detail;
    }
    return reply;
}

bool is_disputed(std::span<const DeskEntry> entries) {
    bool disputed = false;
    for (const auto& entry : entries) {
        if (entry.what == kDispute) disputed = true;
        if (entry.what == kDisputeSettled) disputed = false;
    }
    return disputed;
}

bool is_flagged(std::span<const DeskEntry> entries) {
    bool flagged = false;
    for (const auto& entry : entries) {
        if (entry.what == kFlag) flagged = true;
        if (entry.what == kUnflag) flagged = false;
    }
    return flagged;
}

/// Every store that open_store() gives is one.
DeskBook& desk_of(Store& store) { return static_cast<SociStore&>(store); }

Result<std::vector<Disputed>> SociStore::open_disputes(ShopId shop, int most) {
    return in_safety([&]() -> Result<std::vector<Disputed>> {
        const long long shop_id = shop.get();
        long long at = 0;
        std::string number;
        std::vector<Disputed> found;
        Query query(db_.cache(), sql::kOpenDisputes);
        query.in(shop_id, most).out(number, at);
        for (bool more = query.first(); more; more = query.next()) {
            found.push_back({OrderNumber(number), instant_of(at)});
        }
        return found;
    });
}

Result<std::int64_t> SociStore::disputes(ShopId shop) {
    return in_safety([&]() -> Result<std::int64_t> {
        const long long shop_id = shop.get();
        long long count = 0;
        Query query(db_.cache(), sql::kDisputes);
        query.in(shop_id).out(count).run();
        return count;
    });
}

Result<std::vector<KeptRevision>> SociStore::revisions_of(ShopId shop, const OrderNumber& number) {
    return in_safety([&]() -> Result<std::vector<KeptRevision>> {
        auto id = order_id(shop, number);
        if (!id) return id.error();
        std::vector<KeptRevision> revisions;
        KeptRevision row;
        long long of_order = *id, at = 0;
        Query query(db_.cache(), sql::kRevisions);
        query.in(of_order).out(row.revision, at);
        for (bool more = query.first(); more; more = query.next()) {
            row.saved_at = instant_of(at);
            revisions.push_back(row);
        }
        return revisions;
    });
}

Result<void> SociStore::note_order(ShopId shop, const OrderNumber& number, const DeskEntry& entry) {
    return in_scope([&]() -> Result<void> {
        if (auto sound = check_entry(entry); !sound) return sound;
        auto id = order_id(shop, number);
        if (!id) return id.error();
        const long long shop_id = shop.get(), of_order = *id, at = seconds_of(entry.at);
        db_.write(sql::kAddOrderNote, shop_id, of_order, at, entry.who, entry.what, entry.detail);
        return {};
    });
}

Result<std::vector<DeskEntry>> SociStore::order_notes(ShopId shop, const OrderNumber& number) {
    return in_safety([&]() -> Result<std::vector<DeskEntry>> {
        auto id = order_id(shop, number);
        if (!id) return id.error();
        Query query(db_.cache(), sql::kOrderNotes);
        return read_entries_of(query, *id);
    });
}

Result<void> SociStore::note_review(ShopId shop, ReviewId item, const DeskEntry& entry) {
    return in_scope([&]() -> Result<void> {
        if (auto sound = check_entry(entry); !sound) return sound;
        const long long shop_id = shop.get(), id = item.get(), at = seconds_of(entry.at);
        std::string card;
        int open = 0;
        if (!query(sql::kReview).in(id, shop_id).out(card, open).run()) return unknown_item(item);
        db_.write(sql::kAddReviewNote, id, at, entry.who, entry.what, entry.detail);
        return {};
    });
}

Result<std::vector<DeskEntry>> SociStore::review_notes(ShopId shop, ReviewId item) {
    return in_safety([&]() -> Result<std::vector<DeskEntry>> {
        const long long shop_id = shop.get(), id = item.get();
        std::string card;
        int open = 0;
        if (!query(sql::kReview).in(id, shop_id).out(card, open).run()) return unknown_item(item);
        Query query(db_.cache(), sql::kReviewNotes);
        return read_entries_of(query, id);
    });
}

Result<std::int64_t> SociStore::reviews_waiting(ShopId shop) {
    return in_safety([&]() -> Result<std::int64_t> {
        const long long shop_id = shop.get();
        long long count = 0;
        query(sql::kReviewsWaiting).in(shop_id).out(count).run();
        return std::int64_t{count};
    });
}

Result<void> SociStore::identify_review(ShopId shop, ReviewId item, CardId card) {
    return in_scope([&]() -> Result<void> {
        const long long shop_id = shop.get(), id = item.get();
        const std::string text = format_card(card);
        std::string known;
        int open = 0;
        const bool found = query(sql::kReview).in(id, shop_id).out(known, open).run();
        if (!found || open == 0) return unknown_item(item);
        if (!known.empty() && known != text) {
            return Error{ErrorCode::NotAllowed, "its card is known and is another one", known,
                         "see: verso review list"};
        }
        auto record = find_card(card);
        if (!record) return record.error();
        if (!*record || (*record)->shop != shop) {
            return Error{ErrorCode::NotFound, "this shop never printed such a card",
                         format_typed_code(card), "look at the code on the card again"};
        }
        if ((*record)->state == CardState::Voided) {
            return Error{ErrorCode::NotAllowed,
                         fmt::format("the card was voided: {}", (*record)->void_reason),
                         format_typed_code(card), "discard it with a reason"};
        }
        const std::string number = (*record)->insert.order.get();
        if (db_.write(sql::kIdentify, text, number, id, shop_id, text) > 0) return {};
        return Error{ErrorCode::NotAllowed,
                     fmt::format("review item {} was settled or keyed by somebody else", id), "",
                     "see: verso review list"};
    });
}

}  // namespace verso::records
