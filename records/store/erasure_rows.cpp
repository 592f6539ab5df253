// SPDX-License-Identifier: Apache-2.0
#include "records/store/erasure_rows.h"

#include <fmt/format.h>

#include <map>

#include "core/domain/card_link.h"
#include "records/carriers/parcel_events.h"
#include "records/lifecycle/erasure.h"
#include "records/lifecycle/label_match.h"
#include "records/lifecycle/order_fingerprint.h"
#include "records/lifecycle/order_words.h"
#include "records/store/erasure_body.h"
#include "records/store/order_body.h"
#include "records/store/order_table.h"
#include "records/store/statements.h"

namespace verso::records {

namespace {

namespace stmt {

constexpr const char* kBodies =
    "SELECT revision, body FROM order_body WHERE order_id = :id ORDER BY revision DESC";
constexpr const char* kSaid = "SELECT 0, body FROM order_said WHERE order_id = :id";
constexpr const char* kWriteBody =
    "UPDATE order_body SET body = :body WHERE order_id = :id AND revision = :revision";
constexpr const char* kWriteHead =
    "UPDATE customer_order SET name = '', fingerprint = :fingerprint, erased = 1,"
    " said_other = 0 WHERE id = :id"
    " AND shop_id = :shop";
/// Of the order with this id.
constexpr const char* kPersonRows[] = {
    "DELETE FROM order_said WHERE order_id = :id",
    "UPDATE order_event SET detail = '' WHERE order_id = :id AND detail <> ''",
    "UPDATE card SET void_reason = 'erased' WHERE void_reason <> '' AND printed_insert_id IN"
    " (SELECT id FROM printed_insert WHERE order_id = :id)",
};
constexpr const char* kTold =
    "SELECT DISTINCT tracking FROM parcel_event WHERE shop_id = :shop AND order_number = :number";
constexpr const char* kEvents =
    "UPDATE parcel_event SET tracking = :to, told_tracking = '', raw = '', word = '',"
    " order_key = '' WHERE shop_id = :shop AND tracking = :tracking";
constexpr const char* kDropState =
    "DELETE FROM parcel_state WHERE shop_id = :shop AND tracking = :to AND tracking <> :tracking";
constexpr const char* kState =
    "UPDATE parcel_state SET tracking = :to WHERE shop_id = :shop AND tracking = :tracking";
constexpr const char* kJobs =
    "SELECT id FROM job WHERE shop_id = :shop AND kind = :kind AND job_key >= :from"
    " AND job_key <= :to";
constexpr const char* kDropJob = "DELETE FROM job WHERE id = :id AND state IN ('waiting', 'dead')";
constexpr const char* kEmptyJob = "UPDATE job SET payload = '{}', last_error = '' WHERE id = :id";
constexpr const char* kResponses = "UPDATE response SET comment = '' WHERE order_id = :id";
constexpr const char* kWordRows[] = {
    "UPDATE rating SET comment = '' WHERE order_id = :id",
    "UPDATE card SET draft = '', secret_hash = '', public_key = '', state = CASE"
    " WHEN state IN ('printed', 'opened', 'draft') THEN 'expired' ELSE state END"
    " WHERE printed_insert_id IN (SELECT id FROM printed_insert WHERE order_id = :id)",
    "UPDATE review_item SET reasons = '[]', how = 'erased' WHERE response_id IN"
    " (SELECT id FROM response WHERE order_id = :id)",
};
constexpr const char* kCards =
    "SELECT c.id FROM card c JOIN printed_insert i ON i.id = c.printed_insert_id"
    " WHERE i.order_id = :id";
constexpr const char* kReadings =
    "SELECT r.id, r.scan_id, s.sha256, r.json FROM reading r JOIN scan s ON s.id = r.scan_id"
    " WHERE s.shop_id = :shop AND (r.order_number = :number OR r.card = :card)";
constexpr const char* kWriteReading = "UPDATE reading SET json = :json, piece = '' WHERE id = :id";
constexpr const char* kReviewOfReading =
    "UPDATE review_item SET reasons = '[]', how = 'erased',"
    " settled_at = coalesce(settled_at, :at) WHERE reading_id = :id";
constexpr const char* kReviewOfOrder =
    "UPDATE review_item SET reasons = '[]', how = 'erased',"
    " settled_at = coalesce(settled_at, :at) WHERE shop_id = :shop AND order_number = :number";
constexpr const char* kReviewActions =
    "UPDATE review_action SET detail = '' WHERE review_id IN"
    " (SELECT id FROM review_item WHERE shop_id = :shop AND how = 'erased')";
constexpr const char* kScan = "UPDATE scan SET path = 'erased', image_gone = 1 WHERE id = :id";
constexpr const char* kReturns = "SELECT id, rma FROM return_case WHERE order_id = :id";
constexpr const char* kReturnRows[] = {
    "UPDATE return_case SET detail = '', tracking = '' WHERE id = :id",
    "UPDATE return_line SET note = '' WHERE return_id = :id",
    "UPDATE return_event SET detail = '' WHERE return_id = :id",
    "DELETE FROM return_photo WHERE return_id = :id",
    "DELETE FROM return_key WHERE return_id = :id",
};
constexpr const char* kBuyerPhotos = "SELECT path FROM buyer_photo WHERE order_id = :id";
constexpr const char* kDropBuyerPhotos = "DELETE FROM buyer_photo WHERE order_id = :id";
constexpr const char* kPhotos = "SELECT file FROM return_photo WHERE return_id = :id";
constexpr const char* kAddKey =
    "INSERT INTO return_key (shop_id, label_key, return_id, grade)"
    " VALUES (:shop, :key, :id, :grade) ON CONFLICT (shop_id, label_key, return_id) DO NOTHING";

}  // namespace stmt

}  // namespace

/// By which keys carriers' events know the parcels of an order, and what each becomes.
struct ErasureRows::Parcels {
    std::map<std::string, std::string> pseudonyms;

    void add(const std::string& key, long long order, int parcel) {
        if (key.empty() || pseudonyms.contains(key)) return;
        // The order's number stays, so a key that is made of it may.
        if (key.starts_with("order:")) {
            pseudonyms[key] = key;
            return;
        }
        // A parcel that had several numbers: the newest gets the name that the order has.
        std::string name = pseudonym(order, parcel);
        if (parcel == 0 || has(name)) name += fmt::format("N{}", pseudonyms.size());
        pseudonyms[key] = name;
    }
    bool has(const std::string& name) const {
        for (const auto& [key, given] : pseudonyms) {
            if (given == name) return true;
        }
        return false;
    }
};

std::string_view to_string(FileKind kind) {
    switch (kind) {
        case FileKind::Image:
            return "image";
        case FileKind::Sheet:
            return "sheet";
        case FileKind::Picture:
            return "picture";
    }
    return "";
}

void ErasureRows::run(std::span<const char* const> statements, long long id) {
    for (const char* statement : statements) db_.write(statement, id);
}

void ErasureRows::add_file(long long shop, FileKind kind, const std::string& name) {
    const std::string text(to_string(kind));
    counts.files += db_.write(sql::kInsertErasureFile, shop, text, name);
}

Result<void> ErasureRows::erase_person(const ErasedOrder& order) {
    ++counts.orders;
    Parcels parcels;
    if (auto erased = erase_bodies(order, parcels); !erased) return erased;
    run(stmt::kPersonRows, order.id);
    erase_parcels(order, parcels);
    erase_jobs(order);
    return {};
}

Result<void> ErasureRows::erase_bodies(const ErasedOrder& order, Parcels& parcels) {
    std::vector<std::pair<int, std::string>> bodies;
    // What the export said beside them goes with its row; its numbers are known to carriers too.
    for (const char* statement : {stmt::kBodies, stmt::kSaid}) {
        int revision = 0;
        std::string body;
        Query query = db_.query(statement);
        query.in(order.id).out(revision, body);
        for (bool more = query.first(); more; more = query.next()) {
            bodies.emplace_back(revision, body);
        }
    }
    const int segment = search_segment(order.id);
    for (auto& [revision, body] : bodies) {
        auto kept = order_from_body(body);
        if (!kept) return kept.error().at(order.number);
        kept->number = OrderNumber{order.number};
        for (const std::string& word : order_words(*kept)) {
            db_.write(sql::kDeleteWord, order.shop, segment, word, order.id);
        }
        for (const Parcel& parcel : kept->parcels) {
            parcels.add(parcel_key(parcel.tracking), order.id, parcel.number);
            parcels.add(fmt::format("order:{}/{}", order.number, parcel.number), order.id, 0);
        }
        if (!kept->external_id.empty()) parcels.add("key:" + kept->external_id, order.id, 0);
        const Order rest = without_person(std::move(*kept), order.id);
        const std::string text = order_to_body(rest), mark = order_fingerprint(rest);
        counts.revisions += db_.write(stmt::kWriteBody, text, order.id, revision);
        if (&body == &bodies.front().second) {
            db_.write(stmt::kWriteHead, mark, order.id, order.shop);
        }
    }
    parcels.add("order:" + order.number, order.id, 0);
    return {};
}

void ErasureRows::add_told_parcels(const ErasedOrder& order, Parcels& to) {
    std::string tracking;
    Query query = db_.query(stmt::kTold);
    query.in(order.shop, order.number).out(tracking);
    for (bool more = query.first(); more; more = query.next()) to.add(tracking, order.id, 0);
}

void ErasureRows::erase_parcels(const ErasedOrder& order, const Parcels& parcels) {
    for (const auto& [key, name] : parcels.pseudonyms) {
        counts.events += db_.write(stmt::kEvents, name, order.shop, key);
        db_.write(stmt::kDropState, order.shop, name, key);
        db_.write(stmt::kState, name, order.shop, key);
    }
}

void ErasureRows::erase_jobs(const ErasedOrder& order) {
    std::vector<long long> jobs;
    const std::string kind = "print", again = order.number + " again ", end = again + "~";
    for (const auto& [from, to] : {std::pair{order.number, order.number}, std::pair{again, end}}) {
        long long id = 0;
        Query query = db_.query(stmt::kJobs);
        query.in(order.shop, kind, from, to).out(id);
        for (bool more = query.first(); more; more = query.next()) jobs.push_back(id);
    }
    for (long long id : jobs) {
        add_file(order.shop, FileKind::Sheet, fmt::format("print-{}.pdf", id));
        db_.write(stmt::kDropJob, id);
        db_.write(stmt::kEmptyJob, id);
    }
}

void ErasureRows::erase_words(const ErasedOrder& order) {
    // Carriers may name the order under numbers that no revision of it had.
    Parcels told;
    add_told_parcels(order, told);
    erase_parcels(order, told);
    counts.responses += db_.write(stmt::kResponses, order.id);
    erase_readings(order);
    run(stmt::kWordRows, order.id);
    db_.write(stmt::kReviewOfOrder, order.at, order.shop, order.number);
    db_.write(stmt::kReviewActions, order.shop);
    erase_returns(order);
    erase_photos(order);
}

void ErasureRows::erase_photos(const ErasedOrder& order) {
    std::vector<std::string> files;
    {
        std::string file;
        Query query = db_.query(stmt::kBuyerPhotos);
        query.in(order.id).out(file);
        for (bool more = query.first(); more; more = query.next()) files.push_back(file);
    }
    for (const std::string& file : files) add_file(order.shop, FileKind::Picture, file);
    db_.write(stmt::kDropBuyerPhotos, order.id);
}

std::vector<std::string> ErasureRows::cards_of(long long id) {
    std::vector<std::string> cards;
    long long card = 0;
    Query query = db_.query(stmt::kCards);
    query.in(id).out(card);
    for (bool more = query.first(); more; more = query.next()) {
        cards.push_back(format_card(CardId{static_cast<std::uint64_t>(card)}));
    }
    return cards;
}

void ErasureRows::erase_readings(const ErasedOrder& order) {
    struct Found {
        long long scan = 0;
        std::string sha256, json;
    };
    std::map<long long, Found> readings;
    std::vector<std::string> cards = cards_of(order.id);
    if (cards.empty()) cards.emplace_back("none");
    for (const std::string& card : cards) {
        long long id = 0;
        Found row;
        Query query = db_.query(stmt::kReadings);
        query.in(order.shop, order.number, card).out(id, row.scan, row.sha256, row.json);
        for (bool more = query.first(); more; more = query.next()) readings[id] = row;
    }
    for (const auto& [id, row] : readings) erase_reading(order, id, row.scan, row.sha256, row.json);
}

void ErasureRows::erase_reading(const ErasedOrder& order, long long id, long long scan,
                                const std::string& sha256, const std::string& json) {
    for (const std::string& file : pictures_of(json)) {
        add_file(order.shop, FileKind::Picture, file);
    }
    const std::string rest = redacted_reading(json), kind = "scan";
    counts.readings += db_.write(stmt::kWriteReading, rest, id);
    db_.write(stmt::kReviewOfReading, order.at, id);
    add_file(order.shop, FileKind::Image, sha256);
    db_.write(stmt::kScan, scan);
    long long job = 0;
    if (!db_.query(stmt::kJobs).in(order.shop, kind, sha256, sha256).out(job).run()) return;
    db_.write(stmt::kDropJob, job);
    db_.write(stmt::kEmptyJob, job);
}

void ErasureRows::erase_returns(const ErasedOrder& order) {
    std::vector<std::pair<long long, std::string>> cases;
    {
        long long id = 0;
        std::string rma;
        Query query = db_.query(stmt::kReturns);
        query.in(order.id).out(id, rma);
        for (bool more = query.first(); more; more = query.next()) cases.emplace_back(id, rma);
    }
    for (const auto& [id, rma] : cases) erase_return(order, id, rma);
}

void ErasureRows::erase_return(const ErasedOrder& order, long long id, const std::string& rma) {
    ++counts.returns;
    std::vector<std::string> photos;
    {
        std::string file;
        Query query = db_.query(stmt::kPhotos);
        query.in(id).out(file);
        for (bool more = query.first(); more; more = query.next()) photos.push_back(file);
    }
    for (const std::string& file : photos) add_file(order.shop, FileKind::Picture, file);
    run(stmt::kReturnRows, id);
    // The number on the label goes; by its RMA the parcel that is on its way is still known.
    for (const LabelKey& key : label_keys(rma)) {
        const int grade = static_cast<int>(key.grade);
        db_.write(stmt::kAddKey, order.shop, key.key, id, grade);
    }
}

}  // namespace verso::records
