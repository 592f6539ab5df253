// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/card/card_layout.h"
#include "core/domain/answer.h"
#include "core/util/result.h"
#include "records/carriers/parcel_events.h"
#include "records/figures/figure_cell.h"
#include "records/jobs/job_queue.h"
#include "records/lifecycle/card_life.h"
#include "records/lifecycle/number_range.h"
#include "records/lifecycle/rating_rule.h"
#include "records/store/erasure_book.h"
#include "records/store/return_book.h"
#include "records/store/store_types.h"

namespace verso::records {

class AccessBook;

/// A scope in which everything that the Store writes belongs together. Leaving it without commit()
/// takes all of it back. Scopes nest: an inner one can be taken back alone. Must not outlive its
/// Store.
class Transaction {
  public:
    virtual ~Transaction() = default;
    /// Makes the writes durable (the outermost scope) or part of the outer one. DatabaseFailed
    /// when the disk refuses; then nothing of the scope was kept. Requires: called once.
    virtual Result<void> commit() = 0;
    /// True once this scope can only be taken back whole: see Store::begin_group().
    virtual bool is_spoiled() const { return false; }
};

/// What the business knows, durable. One Store is one connection: use it from one thread at a time,
/// open one per thread; several processes may have the same home open. Everything but cards (whose
/// ids are unique in the home) is asked for inside one shop, and never answers with another's.
///
/// Every method that writes does so in one transaction of its own, or as a part of the one that
/// begin() opened: all of it or nothing. Any method may fail with DatabaseFailed.
class Store {
  public:
    virtual ~Store() = default;

    /// For many writes that belong together, an import for example.
    virtual Result<std::unique_ptr<Transaction>> begin() = 0;
    /// The same for many small writes of which hardly any fails: a database that takes one writer
    /// at a time keeps no way back to the beginning of each. An inner scope that wrote something
    /// and is left without commit() spoils all of it then, as does any failure of the database:
    /// stop at once, leave it, and do the work in other scopes. commit() of a spoiled one keeps
    /// nothing and is DatabaseFailed. Requires: no scope is open.
    virtual Result<std::unique_ptr<Transaction>> begin_group() = 0;

    // ---- shops ---------------------------------------------------------------------------------
    /// A new home has shop 1; this makes the next one. The name is kept as fold_shop_name() gives
    /// it: ValueInvalid as it says; AlreadyExists.
    virtual Result<ShopId> create_shop(std::string_view name) = 0;
    /// All of them, the first one first.
    virtual Result<std::vector<ShopId>> shops() = 0;
    /// The shop of this name, in whichever letter case; nothing when there is none.
    virtual Result<std::optional<ShopId>> find_shop(std::string_view name) = 0;
    /// kMainShopName for the first shop. NotFound.
    virtual Result<std::string> shop_name(ShopId shop) = 0;

    // ---- orders (store_orders.cpp) -------------------------------------------------------------
    /// Keeps an order as the shop's export says it. Known: what the shop changed since its last
    /// export is taken (lifecycle/import_merge.h). When that changes nothing but the revision:
    /// Unchanged, no revision is written. Else: revision max(given, last + 1) of it; former
    /// revisions stay. ValueInvalid for an order without number, lines or parcels.
    virtual Result<Saved> save_order(ShopId shop, const Order& order, Instant at) = 0;
    /// The same for many at once, in one transaction; what became of each, in their order.
    virtual Result<std::vector<SavedOrder>> save_orders(ShopId shop, std::span<const Order> orders,
                                                        Instant at) = 0;
    /// What the shop's export said of an order last; NotFound.
    virtual Result<Order> order_as_said(ShopId shop, const OrderNumber& number) = 0;
    /// The newest revision; NotFound.
    virtual Result<Order> find_order(ShopId shop, const OrderNumber& number) = 0;
    /// One revision; NotFound.
    virtual Result<Order> find_order(ShopId shop, const OrderNumber& number, int revision) = 0;
    /// The newest revision in short, without its lines: one look at one row. NotFound.
    virtual Result<OrderSummary> find_summary(ShopId shop, const OrderNumber& number) = 0;
    /// The newest revisions, by the moment placed, then by number.
    virtual Result<std::vector<OrderSummary>> list_orders(ShopId shop) = 0;
    /// What somebody typed or scanned: the number of an order (with or without #), of a card or RMA
    /// gives that order; else an e-mail, or the beginning of a tracking number or of any word of a
    /// name, gives those that have it, at most `most`, of the newest orders first.
    virtual Result<std::vector<OrderSummary>> search_orders(ShopId shop, std::string_view text,
                                                            int most) = 0;
    /// Shows each order (newest revision), by the moment placed, then by number; stops with the
    /// visitor's error. The visitor may use the store.
    virtual Result<void> orders(ShopId shop,
                                const std::function<Result<void>(const Order&)>& visit) = 0;

    // ---- layouts (store_layouts.cpp) -----------------------------------------------------------
    /// Gives a layout its number for ever: the one that the same geometry (layout_sha256) has
    /// already, else the next free one, 1 to 1023. LimitExceeded when all are taken.
    virtual Result<Layout> freeze_layout(const Layout& layout) = 0;
    /// Every frozen layout, by number.
    virtual Result<std::vector<Layout>> layouts() = 0;

    // ---- inserts and cards (store_cards.cpp) ---------------------------------------------------
    /// Keeps prints: all of them or none. NotFound when an order, revision or layout is not in the
    /// store; AlreadyExists when a card, insert or RMA id was used before.
    virtual Result<void> record_prints(ShopId shop, std::span<const PrintedInsert> inserts) = 0;
    /// Looks in all shops: the record says whose it is. Nothing when it was never printed here.
    virtual Result<std::optional<CardRecord>> find_card(CardId card) = 0;
    /// All cards ever printed for an order, oldest first.
    virtual Result<std::vector<CardRecord>> cards_of(ShopId shop, const OrderNumber& order) = 0;
    /// The buyer opened the card's page or saved a draft (CardEvent::Open, Save): gives the phase
    /// it is in afterwards. NotFound for a card of another shop; NotAllowed, with the reason, for a
    /// card that is spent, voided or expired.
    virtual Result<CardPhase> note_card(ShopId shop, CardId card, CardEvent event,
                                        std::string_view draft, const CardTerms& terms,
                                        Instant at) = 0;
    /// What was saved last; empty when nothing was, or the card was answered since. NotFound.
    virtual Result<std::string> card_draft(ShopId shop, CardId card) = 0;
    /// Whether a print of this shop carries the RMA already: 40 random bits meet again some day.
    virtual Result<bool> rma_taken(ShopId shop, const Rma& rma) = 0;
    /// A voided card's answers are not taken any more. NotFound, also for a card of another shop;
    /// NotAllowed when it is voided
    /// already or answered: an answer is never voided (card_life.h). ValueInvalid without a reason.
    virtual Result<void> void_card(ShopId shop, CardId card, std::string_view reason,
                                   Instant at) = 0;

    /// The orders of this shop whose return label has that number, oldest first, one for each
    /// print; none for an empty number.
    virtual Result<std::vector<OrderNumber>> orders_of_label(ShopId shop,
                                                             std::string_view label) = 0;

    // ---- number ranges (store_numbers.cpp) -----------------------------------------------------
    /// Takes the lowest `count` numbers of the range that this shop was never given under this
    /// name; what lies outside of the range stays given for ever, whatever its bounds become. Call
    /// it outside of begin(): then the numbers are taken durably before anyone sees them, and a
    /// crash leaves a gap, never a number twice. NotAllowed when the range has not as many left
    /// (none is taken then); ValueInvalid for a range that is none; LimitExceeded beyond ten
    /// million at once.
    virtual Result<TakenNumbers> take_numbers(ShopId shop, const NumberRange& range,
                                              std::uint64_t count) = 0;

    // ---- waves (store_waves.cpp) ---------------------------------------------------------------
    /// Keeps the plan of a wave, open, with these parcels at these places. AlreadyExists when the
    /// shop has a wave of this name; NotFound when an order is not in the store; ValueInvalid
    /// without name or parcels. `wave.id`, `is_open` and the counts are not looked at.
    virtual Result<WaveId> create_wave(ShopId shop, const WaveRecord& wave,
                                       std::span<const WavePosition> parcels) = 0;
    virtual Result<std::optional<WaveRecord>> find_wave(ShopId shop, const std::string& name) = 0;
    /// All of them, oldest first.
    virtual Result<std::vector<WaveRecord>> waves(ShopId shop) = 0;
    /// The places `first` to `last` of a wave, both included, by place.
    virtual Result<std::vector<WavePosition>> wave_positions(ShopId shop, WaveId wave, int first,
                                                             int last) = 0;
    /// The first place that still waits; 0 when none does.
    virtual Result<int> first_waiting(ShopId shop, WaveId wave) = 0;
    /// Notes the states of these places. NotFound when the wave is not this shop's.
    virtual Result<void> mark_positions(ShopId shop, WaveId wave,
                                        std::span<const WavePosition> places) = 0;
    /// The wave has nothing more to print. NotFound; NotAllowed while a place waits.
    virtual Result<void> close_wave(ShopId shop, WaveId wave) = 0;

    // ---- scans and readings (store_scans.cpp) --------------------------------------------------
    virtual Result<RecordedScan> record_scan(ShopId shop, const ScanFacts& scan) = 0;
    /// Keeps a reading as its JSON; one that needs a person also enters the review queue.
    virtual Result<RecordedReading> record_reading(ShopId shop, ScanId scan, const Reading& reading,
                                                   Instant at,
                                                   ReviewNeed need = ReviewNeed::ByVerdict) = 0;
    /// Readings of this card that show what was written on it, oldest first, at most 50.
    virtual Result<std::vector<EarlierReading>> earlier_readings(ShopId shop, CardId card) = 0;
    /// What was recorded of the same piece before, if anything.
    virtual Result<std::optional<StoredReading>> find_reading(ShopId shop, ScanId scan,
                                                              const Reading& reading) = 0;
    /// What waits for a person, oldest first.
    virtual Result<std::vector<ReviewItem>> review_queue(ShopId shop) = 0;
    /// Takes an item out of the queue; `how` is kept. NotFound when it is not in it.
    virtual Result<void> settle_review(ShopId shop, ReviewId item, std::string_view how,
                                       Instant at) = 0;

    // ---- responses and ratings (store_responses.cpp) -------------------------------------------
    /// Keeps a response, decides by rating_rule.h what it does to the order's rating, marks the
    /// card answered. A conflict enters the review queue by itself unless `reading` is given:
    /// then the reading is already there. NotFound when the card is not one of this shop's or
    /// belongs to another order; NotAllowed when it is voided.
    virtual Result<RecordedResponse> record_response(ShopId shop, const Response& response,
                                                     std::optional<ReadingId> reading) = 0;
    /// The buyer changes the answer of an order with the card that gave it: decide_amendment().
    virtual Result<RecordedResponse> amend_response(ShopId shop, const Response& response,
                                                    const AmendProof& proof) = 0;
    /// The buyer takes it back: decide_withdrawal(). The responses stay, none counts.
    virtual Result<RecordedResponse> withdraw_response(ShopId shop, const OrderNumber& order,
                                                       CardId card, Instant at,
                                                       const AmendProof& proof) = 0;
    /// Every response to an order, oldest first.
    virtual Result<std::vector<Response>> responses_of(ShopId shop, const OrderNumber& order) = 0;
    /// The rating of one order, if it has one.
    virtual Result<std::optional<Rating>> find_rating(ShopId shop, const OrderNumber& order) = 0;
    /// Shows each rating in the order of recording; stops with the visitor's error.
    virtual Result<void> ratings(ShopId shop,
                                 const std::function<Result<void>(const Rating&)>& visit) = 0;

    // ---- figures (store_figures.cpp) -----------------------------------------------------------
    /// Counts something that the store does not see by itself, a delivery for example. Prints,
    /// voids and responses count by themselves.
    virtual Result<void> add_figures(ShopId shop, const FigureEntry& entry) = 0;
    /// The cells asked for. Folds first what waits.
    virtual Result<std::vector<FigureCell>> figure_cells(ShopId shop, const FigureQuery& asked) = 0;
    /// Adds the entries of at most 20,000 prints and responses to the cells; how many it were. To
    /// be called until it gives 0, by anyone at any time.
    virtual Result<long long> fold_figures(ShopId shop) = 0;

    virtual Result<Counts> counts(ShopId shop) = 0;

    // ---- jobs (job_table.cpp) ------------------------------------------------------------------
    /// The queue of this store, part of its transactions; lives as long as the store.
    virtual JobQueue& jobs() = 0;

    // ---- returns (return_table.cpp) ------------------------------------------------------------
    virtual ReturnBook& returns() = 0;

    // ---- privacy (erasure_table.cpp) -----------------------------------------------------------
    virtual ErasureBook& erasure() = 0;

    // ---- carriers' events (parcel_event_table.cpp) ---------------------------------------------
    virtual ParcelEvents& parcel_events() = 0;

    // ---- who may use the home (access_book.h) --------------------------------------------------
    virtual AccessBook& access() = 0;
};

/// How a Store is opened.
struct StoreOptions {
    /// Make the file when it is not there; without it, a missing file is HomeInvalid.
    bool create = true;
    /// Called before each statement that writes, with its SQL. Tests throw from it to break a
    /// transaction at every point. Default: none.
    std::function<void(std::string_view statement)> before_write;
};

/// Opens the SQLite database of a home and brings its schema up to date (schema.h). `path` may be
/// ":memory:". HomeInvalid: written by a newer Verso, or not a Verso database; DatabaseFailed: the
/// file cannot be opened.
Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& path,
                                                 const StoreOptions& options = {});

/// Opens a PostgreSQL database (15 or newer) by its URL, "postgresql://user:password@host/name",
/// and brings its schema up to date; an empty database gets one. Any number of programs and
/// machines may have it open. HomeInvalid: another program's tables, or a newer Verso's;
/// DatabaseFailed.
Result<std::unique_ptr<Store>> open_postgres_store(const std::string& url,
                                                   const StoreOptions& options = {});

/// Either of the two: PostgreSQL when `place` is a URL of one, else the path of an SQLite file.
Result<std::unique_ptr<Store>> open_store(const std::string& place,
                                          const StoreOptions& options = {});

/// True for "postgresql://…" and "postgres://…".
bool is_postgres_url(std::string_view place);
/// The URL with *** in the place of its password, for messages.
std::string without_password(std::string_view url);

}  // namespace verso::records
