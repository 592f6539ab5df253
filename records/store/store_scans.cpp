// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "core/domain/card_link.h"
#include "core/domain/reading_json.h"
#include "records/hooks/hook_data.h"
#include "records/store/statements.h"
#include "records/store/store_json.h"
#include "records/store/store_soci.h"

namespace verso::records {

namespace {

std::string card_text(const Reading& reading) {
    return reading.card ? format_card(*reading.card) : std::string{};
}

/// The verdict of a stored name; a name that no Verso wrote waits for a person.
Verdict verdict_of(std::string_view name) {
    for (Verdict verdict : {Verdict::Accepted, Verdict::Unreadable}) {
        if (to_string(verdict) == name) return verdict;
    }
    return Verdict::Review;
}

}  // namespace

Result<RecordedScan> SociStore::record_scan(ShopId shop, const ScanFacts& scan) {
    return in_scope([&]() -> Result<RecordedScan> {
        const long long shop_id = shop.get();
        long long id = 0;
        int gone = 0;
        if (query(sql::kScanId).in(shop_id, scan.sha256).out(id, gone).run()) {
            // The same picture came again after it was erased: it goes again.
            const std::string kind(to_string(FileKind::Image));
            if (gone != 0) db_.write(sql::kInsertErasureFile, shop_id, kind, scan.sha256);
            return RecordedScan{ScanId{id}, true};
        }
        const long long at = scan.at.time_since_epoch().count();
        before(sql::kInsertScan);
        query(sql::kInsertScan).in(shop_id, scan.sha256, scan.path, scan.pages, at).out(id).run();
        return RecordedScan{ScanId{id}, false};
    });
}

Result<RecordedReading> SociStore::record_reading(ShopId shop, ScanId scan, const Reading& reading,
                                                  Instant at, ReviewNeed need) {
    return in_scope([&]() -> Result<RecordedReading> {
        const long long shop_id = shop.get(), scan_id = scan.get();
        long long count = 0, id = 0;
        query(sql::kScanOfShop).in(scan_id, shop_id).out(count).run();
        if (count == 0) {
            return Error{ErrorCode::NotFound, "the scan of this reading was not recorded",
                         reading.source, ""};
        }
        auto before_now = find_reading(shop, scan, reading);
        if (!before_now) return before_now.error();
        if (*before_now) return RecordedReading{(*before_now)->id, true};
        const std::string card = card_text(reading);
        const std::string verdict(to_string(reading.verdict)), json = to_json(reading);
        const long long moment = at.time_since_epoch().count();
        before(sql::kInsertReading);
        query(sql::kInsertReading)
            .in(scan_id, reading.page, reading.index, card, reading.order, verdict, json,
                reading.piece, moment)
            .out(id)
            .run();
        if (reading.needs_person() && need == ReviewNeed::ByVerdict) {
            auto waits = insert_review(shop, id, 0, reading.order, card, reading.reasons, at);
            if (!waits) return waits.error();
        }
        return RecordedReading{ReadingId{id}, false};
    });
}

Result<std::optional<StoredReading>> SociStore::find_reading(ShopId shop, ScanId scan,
                                                             const Reading& reading) {
    return in_safety([&]() -> Result<std::optional<StoredReading>> {
        const long long shop_id = shop.get(), scan_id = scan.get();
        const std::string card = card_text(reading);
        long long id = 0;
        std::string verdict, order, reasons;
        if (!query(sql::kFindReading)
                 .in(shop_id, scan_id, reading.page, reading.index, card)
                 .out(id, verdict, order, reasons)
                 .run()) {
            return std::optional<StoredReading>{};
        }
        auto parsed = parse_reasons(reasons);
        if (!parsed) return parsed.error().at(db_.place());
        return std::optional<StoredReading>{
            StoredReading{ReadingId{id}, verdict_of(verdict), order, std::move(*parsed)}};
    });
}

Result<std::vector<EarlierReading>> SociStore::earlier_readings(ShopId shop, CardId card) {
    return in_safety([&]() -> Result<std::vector<EarlierReading>> {
        std::vector<EarlierReading> all;
        EarlierReading row;
        long long id = 0;
        std::string verdict, reasons;
        const long long shop_id = shop.get();
        const std::string text = format_card(card);
        Query query(db_.cache(), sql::kEarlierReadings);
        query.in(shop_id, text)
            .out(id, verdict, row.order, row.piece, reasons, row.source, row.page);
        for (bool more = query.first(); more; more = query.next()) {
            auto parsed = parse_reasons(reasons);
            if (!parsed) return parsed.error().at(db_.place());
            row.id = ReadingId{id};
            row.verdict = verdict_of(verdict);
            row.reasons = std::move(*parsed);
            all.push_back(row);
        }
        return all;
    });
}

Result<void> SociStore::insert_review(ShopId shop, long long reading, long long response,
                                      const std::string& order, const std::string& card,
                                      const std::vector<Rejection>& reasons, Instant at) {
    const long long shop_id = shop.get(), moment = at.time_since_epoch().count();
    const std::string json = reasons_to_json(reasons);
    before(sql::kInsertReview);
    query(sql::kInsertReview).in(shop_id, reading, response, order, card, json, moment).run();
    if (!hooks_.is_wanted(shop, HookKind::ReviewWaiting)) return {};
    return hooks_.tell(shop, HookKind::ReviewWaiting, review_data(order, card, reasons), at);
}

}  // namespace verso::records
