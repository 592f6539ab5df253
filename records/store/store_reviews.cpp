// SPDX-License-Identifier: Apache-2.0
// What waits for a person, what one did with it last, and the scans that it came from.
#include "records/store/review_book.h"

#include <fmt/format.h>

#include "core/domain/card_link.h"
#include "records/store/store_json.h"
#include "records/store/store_soci.h"

namespace verso::records {

namespace {

namespace sql {

constexpr char kItems[] =
    "SELECT v.id, coalesce(v.reading_id, 0), coalesce(v.response_id, 0), v.order_number, v.card,"
    " v.reasons, coalesce(s.path, ''), coalesce(r.page, 0), coalesce(r.json, ''), v.opened_at"
    " FROM review_item v LEFT JOIN reading r ON r.id = v.reading_id"
    " LEFT JOIN scan s ON s.id = r.scan_id WHERE v.shop_id = :shop";
constexpr char kOpen[] = " AND v.settled_at IS NULL ORDER BY v.id";
constexpr char kOpenAfter[] =
    " AND v.settled_at IS NULL AND v.id > :after ORDER BY v.id LIMIT :most";
constexpr char kOpenOne[] = " AND v.settled_at IS NULL AND v.id = :id";
constexpr char kSettledOne[] = " AND v.settled_at IS NOT NULL AND v.id = :id";
constexpr char kSettleReview[] =
    "UPDATE review_item SET settled_at = :at, how = :how WHERE id = :id AND shop_id = :shop"
    " AND settled_at IS NULL";
constexpr char kReopenReview[] =
    "UPDATE review_item SET settled_at = NULL, how = '' WHERE id = :id AND shop_id = :shop"
    " AND settled_at IS NOT NULL";
constexpr char kPicture[] =
    "SELECT s.sha256, s.path FROM review_item v JOIN reading r ON r.id = v.reading_id"
    " JOIN scan s ON s.id = r.scan_id"
    " WHERE v.id = :id AND v.shop_id = :shop AND s.image_gone = 0";
constexpr char kRatedReading[] =
    "SELECT r.json, r.page, CASE WHEN s.image_gone = 0 THEN s.sha256 ELSE '' END, s.path"
    " FROM response t JOIN customer_order o ON o.id = t.order_id"
    " JOIN reading r ON r.id = t.reading_id JOIN scan s ON s.id = r.scan_id"
    " WHERE o.shop_id = :shop AND o.number = :number ORDER BY t.id DESC LIMIT 1";
constexpr char kLastDone[] =
    "SELECT a.review_id, a.at, a.action, a.detail FROM review_action a"
    " JOIN review_item v ON v.id = a.review_id WHERE v.shop_id = :shop AND a.who = :who"
    " AND a.at >= :since ORDER BY a.id DESC LIMIT 1";
constexpr char kScans[] =
    "SELECT s.id, s.path, s.sha256, s.pages, s.recorded_at,"
    " (SELECT count(*) FROM reading r WHERE r.scan_id = s.id AND r.verdict = 'accepted'),"
    " (SELECT count(*) FROM reading r WHERE r.scan_id = s.id AND r.verdict = 'review'),"
    " (SELECT count(*) FROM reading r WHERE r.scan_id = s.id AND r.verdict = 'unreadable'),"
    " (SELECT count(*) FROM reading r JOIN review_item v ON v.reading_id = r.id"
    " WHERE r.scan_id = s.id AND v.settled_at IS NULL)"
    " FROM scan s WHERE s.shop_id = :shop";
constexpr char kRecent[] = " ORDER BY s.id DESC LIMIT :most";
constexpr char kBySha256[] = " AND s.sha256 = :sha256";
constexpr char kJob[] =
    "SELECT id, payload, state, run_at, attempts, max_attempts, lease_owner, lease_until,"
    " last_error, created_at, done_at FROM job"
    " WHERE shop_id = :shop AND kind = :kind AND job_key = :key";

}  // namespace sql

Instant moment_of(long long seconds) { return Instant{std::chrono::seconds{seconds}}; }

/// What a query over sql::kItems finds. `place` is for messages.
Result<std::vector<ReviewItem>> read_items(Query& query, const std::string& place) {
    std::vector<ReviewItem> items;
    ReviewItem row;
    long long id = 0, reading = 0, response = 0, opened = 0;
    std::string card, reasons;
    query.out(id, reading, response, row.order, card, reasons, row.source, row.page,
              row.reading_json, opened);
    for (bool more = query.first(); more; more = query.next()) {
        auto parsed = parse_reasons(reasons);
        if (!parsed) return parsed.error().at(fmt::format("{}: review item {}", place, id));
        row.id = ReviewId{id};
        row.reading = reading ? std::optional{ReadingId{reading}} : std::nullopt;
        row.response = response ? std::optional{ResponseId{response}} : std::nullopt;
        row.reasons = std::move(*parsed);
        row.opened_at = moment_of(opened);
        row.card.reset();
        if (auto known = parse_card(card)) row.card = *known;
        items.push_back(row);
    }
    return items;
}

std::vector<ScanSummary> read_scans(Query& query) {
    std::vector<ScanSummary> scans;
    ScanSummary row;
    long long id = 0, at = 0;
    query.out(id, row.path, row.sha256, row.pages, at, row.accepted, row.review, row.unreadable,
              row.waiting);
    for (bool more = query.first(); more; more = query.next()) {
        row.id = ScanId{id};
        row.at = moment_of(at);
        scans.push_back(row);
    }
    return scans;
}

}  // namespace

/// Every store that open_store() gives is one.
ReviewBook& reviews_of(Store& store) { return static_cast<SociStore&>(store); }

Result<std::vector<ReviewItem>> SociStore::review_queue(ShopId shop) {
    return in_safety([&] {
        const long long shop_id = shop.get();
        Query query = db_.query(std::string(sql::kItems) + sql::kOpen);
        query.in(shop_id);
        return read_items(query, db_.place());
    });
}

Result<std::vector<ReviewItem>> SociStore::open_after(ShopId shop, ReviewId after, int most) {
    return in_safety([&] {
        const long long shop_id = shop.get(), id = after.get();
        Query query = db_.query(std::string(sql::kItems) + sql::kOpenAfter);
        query.in(shop_id, id, most);
        return read_items(query, db_.place());
    });
}

Result<std::optional<ReviewItem>> SociStore::review_by(ShopId shop, ReviewId item,
                                                       std::string_view which) {
    const long long shop_id = shop.get(), id = item.get();
    Query query = db_.query(std::string(sql::kItems) + std::string(which));
    query.in(shop_id, id);
    auto found = read_items(query, db_.place());
    if (!found) return found.error();
    if (found->empty()) return std::optional<ReviewItem>{};
    return std::optional{std::move(found->front())};
}

Result<std::optional<ReviewItem>> SociStore::find_open(ShopId shop, ReviewId item) {
    return in_safety([&] { return review_by(shop, item, sql::kOpenOne); });
}

Result<void> SociStore::settle_review(ShopId shop, ReviewId item, std::string_view how,
                                      Instant at) {
    return in_scope([&]() -> Result<void> {
        const long long shop_id = shop.get(), id = item.get();
        const long long moment = at.time_since_epoch().count();
        const std::string text(how);
        // Of two desks at once the second finds it settled.
        if (db_.write(sql::kSettleReview, moment, text, id, shop_id) == 0) {
            return Error{ErrorCode::NotFound,
                         fmt::format("review item {} is not open: it was settled before", id), "",
                         "see: verso review list"};
        }
        return {};
    });
}

Result<std::optional<ReviewPicture>> SociStore::picture_of(ShopId shop, ReviewId item) {
    return in_safety([&]() -> Result<std::optional<ReviewPicture>> {
        const long long shop_id = shop.get(), id = item.get();
        ReviewPicture found;
        if (!query(sql::kPicture).in(id, shop_id).out(found.sha256, found.path).run()) {
            return std::optional<ReviewPicture>{};
        }
        return std::optional{std::move(found)};
    });
}

Result<std::optional<RatedReading>> SociStore::rated_reading(ShopId shop,
                                                             const OrderNumber& order) {
    return in_safety([&]() -> Result<std::optional<RatedReading>> {
        const long long shop_id = shop.get();
        RatedReading found;
        if (!query(sql::kRatedReading)
                 .in(shop_id, order.get())
                 .out(found.reading_json, found.page, found.sha256, found.path)
                 .run()) {
            return std::optional<RatedReading>{};
        }
        return std::optional{std::move(found)};
    });
}

Result<std::optional<RatedReading>> rated_reading(Store& store, ShopId shop,
                                                  const OrderNumber& order) {
    return static_cast<SociStore&>(store).rated_reading(shop, order);
}

Result<std::optional<DoneReview>> SociStore::last_done(ShopId shop, std::string_view who,
                                                       Instant since) {
    return in_safety([&]() -> Result<std::optional<DoneReview>> {
        const long long shop_id = shop.get(), from = since.time_since_epoch().count();
        const std::string person(who);
        long long id = 0, at = 0;
        DeskEntry entry{{}, person, "", ""};
        if (!query(sql::kLastDone)
                 .in(shop_id, person, from)
                 .out(id, at, entry.what, entry.detail)
                 .run()) {
            return std::optional<DoneReview>{};
        }
        entry.at = moment_of(at);
        auto item = review_by(shop, ReviewId{id}, sql::kSettledOne);
        if (!item) return item.error();
        if (!*item || (entry.what != "settle" && entry.what != "discard")) {
            return std::optional<DoneReview>{};
        }
        return std::optional{DoneReview{std::move(**item), std::move(entry)}};
    });
}

Result<void> SociStore::reopen_review(ShopId shop, ReviewId item) {
    return in_scope([&]() -> Result<void> {
        const long long shop_id = shop.get(), id = item.get();
        if (db_.write(sql::kReopenReview, id, shop_id) > 0) return {};
        return Error{ErrorCode::NotFound, fmt::format("review item {} is not settled", id), "",
                     "see: verso review list"};
    });
}

Result<RecordedResponse> SociStore::take_back(ShopId shop, const OrderNumber& order, CardId card,
                                              Instant at) {
    return in_scope([&]() -> Result<RecordedResponse> {
        auto asked = ask(shop, order, card);
        if (!asked) return asked.error();
        const auto counting = asked->facts.counting();
        if (!counting || counting->card != card) {
            return Error{ErrorCode::NotAllowed, "the card has no answer that counts", order.get(),
                         "look at the order: verso orders show"};
        }
        Response taken_back;
        taken_back.card = card;
        taken_back.order = order;
        taken_back.channel = Channel::Assisted;
        taken_back.recorded_at = at;
        return keep_decision(shop, *asked, taken_back,
                             {ResponseOutcome::Withdrawn, *asked->facts.rating, ""}, std::nullopt);
    });
}

Result<std::vector<ScanSummary>> SociStore::recent_scans(ShopId shop, int most) {
    return in_safety([&]() -> Result<std::vector<ScanSummary>> {
        const long long shop_id = shop.get();
        Query query = db_.query(std::string(sql::kScans) + sql::kRecent);
        query.in(shop_id, most);
        return read_scans(query);
    });
}

Result<std::optional<ScanSummary>> SociStore::find_scan(ShopId shop, std::string_view sha256) {
    return in_safety([&]() -> Result<std::optional<ScanSummary>> {
        const long long shop_id = shop.get();
        const std::string text(sha256);
        Query query = db_.query(std::string(sql::kScans) + sql::kBySha256);
        query.in(shop_id, text);
        auto found = read_scans(query);
        if (found.empty()) return std::optional<ScanSummary>{};
        return std::optional{std::move(found.front())};
    });
}

Result<std::optional<JobRecord>> SociStore::find_job(ShopId shop, std::string_view kind,
                                                     std::string_view key) {
    return in_safety([&]() -> Result<std::optional<JobRecord>> {
        const long long shop_id = shop.get();
        long long id = 0, run_at = 0, until = 0, created = 0, done = 0;
        std::string state;
        JobRecord row{
            JobId{}, shop, std::string(kind), std::string(key), {}, {}, {}, {}, {}, 0, 0, {},
            {},      {}};
        if (!query(sql::kJob)
                 .in(shop_id, row.kind, row.key)
                 .out(id, row.payload, state, run_at, row.attempts, row.max_attempts, row.owner,
                      until, row.last_error, created, done)
                 .run()) {
            return std::optional<JobRecord>{};
        }
        auto known = parse_job_state(state);
        if (!known) return known.error();
        row.id = JobId{id};
        row.state = *known;
        row.run_at = moment_of(run_at);
        row.until = moment_of(until);
        row.created_at = moment_of(created);
        row.done_at = moment_of(done);
        return std::optional{std::move(row)};
    });
}

}  // namespace verso::records
