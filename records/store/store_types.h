// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/crypto/crypto.h"
#include "core/domain/order.h"
#include "core/domain/reading.h"
#include "records/lifecycle/card_life.h"

namespace verso::records {

// The values that go into and come out of the Store (store.h).

/// One file of images that was given to us, known by its bytes.
using ScanId = StrongType<struct ScanIdTag, std::int64_t>;
/// What the reader saw on one piece of a scan.
using ReadingId = StrongType<struct ReadingIdTag, std::int64_t>;
/// One set of a buyer's answers, any channel.
using ResponseId = StrongType<struct ResponseIdTag, std::int64_t>;
/// One thing that a person must settle.
using ReviewId = StrongType<struct ReviewIdTag, std::int64_t>;

/// What saving an order did. Changed: it is a new revision. Erased: nothing, for its buyer was
/// erased (erasure_book.h).
enum class Saved { New, Changed, Unchanged, Erased };

/// What became of one order of a shop's export.
struct SavedOrder {
    Saved saved = Saved::New;
    /// In what the order stays another than the export says (lifecycle/import_merge.h): "status
    /// cancelled instead of open". Empty when all of the export was taken.
    std::string kept{};
};

/// One row of a list of orders: its newest revision.
struct OrderSummary {
    OrderNumber number;
    int revision = 1;
    ZonedTime placed_at;
    OrderStatus status = OrderStatus::Open;
    PaymentStatus payment = PaymentStatus::Unpaid;
    std::string name, country, language;
    int lines = 0, parcels = 0;
    Money total;
    std::string currency;
};

/// One insert as it left the generator. The card's secret is not in it: only the proof is kept.
struct PrintedInsert {
    InsertId insert;
    OrderNumber order;
    int revision = 1;  ///< of the order that was printed
    int parcel = 1;
    CardId card;
    CardProof proof;
    LayoutNumber layout;
    std::string template_name;
    Rma rma;
    std::string label;  ///< number on the return label; empty when there is none
    std::string file;   ///< as the manifest names it
    int first_page = 1, pages = 1;
    Instant printed_at{};
    std::string packer{};  ///< who printed it, as the bench says; empty when nobody does
    /// "first" or "repeat": whether the buyer's e-mail had an earlier order when it was printed;
    /// empty when the order has none. The store fills it in.
    std::string buyer{};
};

enum class CardState { Printed, Answered, Voided };
/// "printed", "answered", "voided".
std::string_view to_string(CardState state);

/// What the store knows of one card. A voided card stays voided, answered or not.
struct CardRecord {
    ShopId shop;
    PrintedInsert insert;
    CardState state = CardState::Printed;
    std::string void_reason;           ///< empty unless voided
    std::optional<Instant> voided_at;  ///< set when voided
    CardPhase phase = CardPhase::Printed;
};

/// A file of images as it came in.
struct ScanFacts {
    std::string path;    ///< as given
    std::string sha256;  ///< lower-case hex over the bytes of the file
    int pages = 1;
    Instant at{};
};

/// The scan, and whether these very bytes were recorded before.
struct RecordedScan {
    ScanId id;
    bool seen_before = false;
};

/// The reading, and whether the same piece (scan, page, index, card) was recorded before; then
/// nothing was changed.
struct RecordedReading {
    ReadingId id;
    bool seen_before = false;
};

/// What is kept of a reading, beside its JSON.
struct StoredReading {
    ReadingId id;
    Verdict verdict = Verdict::Unreadable;
    std::string order;
    std::vector<Rejection> reasons;
};

/// An earlier reading of a card, as far as another picture of it is compared with it.
struct EarlierReading {
    ReadingId id;
    Verdict verdict = Verdict::Unreadable;
    std::string order, piece;  ///< piece: core/domain/piece.h
    std::vector<Rejection> reasons;
    std::string source;  ///< path of its scan
    int page = 1;
};

/// Whether a reading that was not accepted enters the review queue.
enum class ReviewNeed {
    ByVerdict,  ///< it does
    None,       ///< it does not: the same piece was judged before
};

/// What became of a response (lifecycle/rating_rule.h).
enum class ResponseOutcome {
    First,      ///< it is the order's rating now
    Merged,     ///< it says what the rating says already
    Conflict,   ///< it says something else: kept, in review, the rating untouched
    Amended,    ///< the same card said something else in time: it is the rating now
    Withdrawn,  ///< the same card took its answer back in time: the order has no rating now
    Noted,      ///< it holds no score: kept and counted apart, the rating untouched
    Chosen,     ///< of two that differ a person took this one: it is the rating now
};
/// "first", "merged" …
std::string_view to_string(ResponseOutcome outcome);

struct RecordedResponse {
    ResponseId id;
    ResponseOutcome outcome = ResponseOutcome::First;
};

/// One thing for a person to settle: a reading that was not accepted, or an answer that
/// contradicts the order's rating.
struct ReviewItem {
    ReviewId id;
    std::optional<ReadingId> reading;
    std::optional<ResponseId> response;
    std::string order;  ///< empty while unknown
    std::optional<CardId> card;
    std::vector<Rejection> reasons;
    std::string source;        ///< path of the scan; empty for answers that came by QR
    int page = 0;              ///< of that scan, from 1; 0 without one
    std::string reading_json;  ///< the contract's Reading; empty without one
    Instant opened_at{};
};

/// One wave of prints: parcels in an order that never changes, printed file by file.
using WaveId = StrongType<struct WaveIdTag, std::int64_t>;

enum class WavePositionState { Waiting, Printed, LeftOut };
/// "waiting", "printed", "left-out".
std::string_view to_string(WavePositionState state);

/// One parcel's place in a wave, from 1 on.
struct WavePosition {
    int position = 1;
    OrderNumber order;
    int parcel = 1;
    int file = 1;  ///< in which of the wave's files it comes, from 1
    WavePositionState state = WavePositionState::Waiting;
    friend bool operator==(const WavePosition&, const WavePosition&) = default;
};

struct WaveRecord {
    WaveId id;
    std::string name;  ///< unique in the shop
    std::string template_name;
    std::string request;  ///< what was asked for, in the words of the one that asked
    Instant created_at{};
    bool is_open = true;  ///< false once it has nothing more to print
    int positions = 0, printed = 0, left_out = 0;

    int waiting() const { return positions - printed - left_out; }
};

/// How many there are, for lists and tables.
struct Counts {
    std::int64_t orders = 0, inserts = 0, voided = 0, scans = 0, readings = 0, accepted = 0,
                 responses = 0, ratings = 0, in_review = 0;
};

}  // namespace verso::records
