// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>

#include "records/figures/parcel_entries.h"
#include "records/store/card_look.h"
#include "records/store/connection.h"
#include "records/store/desk_book.h"
#include "records/store/erasure_table.h"
#include "records/store/hook_table.h"
#include "records/store/job_table.h"
#include "records/store/list_table.h"
#include "records/store/parcel_event_table.h"
#include "records/store/photo_table.h"
#include "records/store/rated_reading.h"
#include "records/store/return_table.h"
#include "records/store/review_book.h"
#include "records/store/spool_table.h"
#include "records/store/store.h"

namespace verso::records {

class OrderTable;
struct OrderHead;
struct OrderToKeep;

/// What the columns of a card say of its state. `voided_at` is negative when it never was.
void set_state(CardRecord& card, std::string_view state, long long voided_at,
               std::string_view void_reason);

/// The Store over SOCI. Its methods are spread over store_orders.cpp, store_cards.cpp and so on;
/// connection.h has what they share. No exception leaves it: each method runs inside in_safety()
/// or in_scope().
class SociStore final : public Store, public DeskBook, public ReviewBook {
  public:
    /// Throws soci::soci_error when the database does not open; call migrate() next.
    SociStore(const Dialect& dialect, const std::string& connect, std::string place,
              const StoreOptions& options);
    ~SociStore() override;

    /// Takes the steps of the schema that the database lacks.
    Result<void> migrate();

    Result<std::unique_ptr<Transaction>> begin() override;
    Result<std::unique_ptr<Transaction>> begin_group() override;

    Result<ShopId> create_shop(std::string_view name) override;
    Result<std::vector<ShopId>> shops() override;
    Result<std::optional<ShopId>> find_shop(std::string_view name) override;
    Result<std::string> shop_name(ShopId shop) override;

    Result<Saved> save_order(ShopId shop, const Order& order, Instant at) override;
    Result<std::vector<SavedOrder>> save_orders(ShopId shop, std::span<const Order> orders,
                                                Instant at) override;
    Result<Order> order_as_said(ShopId shop, const OrderNumber& number) override;
    Result<Order> find_order(ShopId shop, const OrderNumber& number) override;
    Result<Order> find_order(ShopId shop, const OrderNumber& number, int revision) override;
    Result<OrderSummary> find_summary(ShopId shop, const OrderNumber& number) override;
    Result<std::vector<OrderSummary>> list_orders(ShopId shop) override;
    Result<std::vector<OrderSummary>> search_orders(ShopId shop, std::string_view text,
                                                    int most) override;
    Result<void> orders(ShopId shop,
                        const std::function<Result<void>(const Order&)>& visit) override;

    Result<std::vector<KeptRevision>> revisions_of(ShopId shop, const OrderNumber& number) override;
    Result<Saved> edit_order(ShopId shop, const Order& order, Instant at) override;
    Result<void> note_order(ShopId shop, const OrderNumber& number,
                            const DeskEntry& entry) override;
    Result<std::vector<DeskEntry>> order_notes(ShopId shop, const OrderNumber& number) override;
    Result<void> note_review(ShopId shop, ReviewId item, const DeskEntry& entry) override;
    Result<std::vector<DeskEntry>> review_notes(ShopId shop, ReviewId item) override;
    Result<void> identify_review(ShopId shop, ReviewId item, CardId card) override;
    Result<std::optional<KeptResponse>> response_in_review(ShopId shop,
                                                           const ReviewItem& item) override;
    Result<std::int64_t> reviews_waiting(ShopId shop) override;
    Result<std::vector<Disputed>> open_disputes(ShopId shop, int most) override;
    Result<std::int64_t> disputes(ShopId shop) override;
    Result<std::vector<ListedRating>> newest_ratings(ShopId shop, std::int64_t before,
                                                     int most) override;
    Result<void> choose_response(ShopId shop, const KeptResponse& chosen) override;

    Result<Layout> freeze_layout(const Layout& layout) override;
    Result<std::vector<Layout>> layouts() override;

    Result<void> record_prints(ShopId shop, std::span<const PrintedInsert> inserts) override;
    Result<std::optional<CardLook>> look_at_card(CardId card);
    Result<std::optional<RatedReading>> rated_reading(ShopId shop, const OrderNumber& order);
    Result<std::optional<CardRecord>> find_card(CardId card) override;
    Result<std::vector<CardRecord>> cards_of(ShopId shop, const OrderNumber& order) override;
    Result<CardPhase> note_card(ShopId shop, CardId card, CardEvent event, std::string_view draft,
                                const CardTerms& terms, Instant at) override;
    Result<std::string> card_draft(ShopId shop, CardId card) override;
    Result<bool> rma_taken(ShopId shop, const Rma& rma) override;
    Result<void> void_card(ShopId shop, CardId card, std::string_view reason, Instant at) override;

    Result<std::vector<OrderNumber>> orders_of_label(ShopId shop, std::string_view label) override;
    Result<TakenNumbers> take_numbers(ShopId shop, const NumberRange& range,
                                      std::uint64_t count) override;

    Result<WaveId> create_wave(ShopId shop, const WaveRecord& wave,
                               std::span<const WavePosition> parcels) override;
    Result<std::optional<WaveRecord>> find_wave(ShopId shop, const std::string& name) override;
    Result<std::vector<WaveRecord>> waves(ShopId shop) override;
    Result<std::vector<WavePosition>> wave_positions(ShopId shop, WaveId wave, int first,
                                                     int last) override;
    Result<int> first_waiting(ShopId shop, WaveId wave) override;
    Result<void> mark_positions(ShopId shop, WaveId wave,
                                std::span<const WavePosition> places) override;
    Result<void> close_wave(ShopId shop, WaveId wave) override;

    Result<RecordedScan> record_scan(ShopId shop, const ScanFacts& scan) override;
    Result<RecordedReading> record_reading(ShopId shop, ScanId scan, const Reading& reading,
                                           Instant at, ReviewNeed need) override;
    Result<std::vector<EarlierReading>> earlier_readings(ShopId shop, CardId card) override;
    Result<std::optional<StoredReading>> find_reading(ShopId shop, ScanId scan,
                                                      const Reading& reading) override;
    Result<std::vector<ReviewItem>> review_queue(ShopId shop) override;
    Result<void> settle_review(ShopId shop, ReviewId item, std::string_view how,
                               Instant at) override;
    Result<std::optional<ReviewItem>> find_open(ShopId shop, ReviewId item) override;
    Result<std::vector<ReviewItem>> open_after(ShopId shop, ReviewId after, int most) override;
    Result<std::optional<ReviewPicture>> picture_of(ShopId shop, ReviewId item) override;
    Result<std::optional<DoneReview>> last_done(ShopId shop, std::string_view who,
                                                Instant since) override;
    Result<void> reopen_review(ShopId shop, ReviewId item) override;
    Result<RecordedResponse> take_back(ShopId shop, const OrderNumber& order, CardId card,
                                       Instant at) override;
    Result<std::vector<ScanSummary>> recent_scans(ShopId shop, int most) override;
    Result<std::optional<ScanSummary>> find_scan(ShopId shop, std::string_view sha256) override;
    Result<std::optional<JobRecord>> find_job(ShopId shop, std::string_view kind,
                                              std::string_view key) override;

    Result<RecordedResponse> record_response(ShopId shop, const Response& response,
                                             std::optional<ReadingId> reading) override;
    Result<RecordedResponse> amend_response(ShopId shop, const Response& response,
                                            const AmendProof& proof) override;
    Result<RecordedResponse> withdraw_response(ShopId shop, const OrderNumber& order, CardId card,
                                               Instant at, const AmendProof& proof) override;
    Result<std::vector<Response>> responses_of(ShopId shop, const OrderNumber& order) override;
    Result<std::optional<Rating>> find_rating(ShopId shop, const OrderNumber& order) override;
    Result<void> ratings(ShopId shop,
                         const std::function<Result<void>(const Rating&)>& visit) override;

    Result<void> add_figures(ShopId shop, const FigureEntry& entry) override;
    Result<std::vector<FigureCell>> figure_cells(ShopId shop, const FigureQuery& asked) override;
    Result<long long> fold_figures(ShopId shop) override;

    Result<Counts> counts(ShopId shop) override;

    JobQueue& jobs() override { return jobs_; }
    ParcelEvents& parcel_events() override { return parcel_events_; }
    ReturnBook& returns() override { return returns_; }
    ErasureBook& erasure() override { return erasure_; }
    AccessBook& access() override;
    HookBook& hooks() { return hooks_; }
    ListBook& lists() { return lists_; }
    SpoolBook& spool() { return spool_; }
    PhotoBook& photos() { return photos_; }

  private:
    template <class Work>
    std::invoke_result_t<Work> in_safety(Work&& work) {
        return db_.in_safety(std::forward<Work>(work));
    }
    template <class Work>
    std::invoke_result_t<Work> in_scope(Work&& work) {
        return db_.in_scope(std::forward<Work>(work));
    }
    void before(std::string_view statement) const { db_.before(statement); }
    Query query(const char* statement) { return db_.query(statement); }

    std::set<int> steps_taken();
    Result<void> take_step(int version, std::span<const std::string_view> statements);
    Result<long long> order_id(ShopId shop, const OrderNumber& number);
    Result<SavedOrder> save_known(ShopId shop, OrderToKeep kept, Instant at);
    Result<SavedOrder> merge_known(ShopId shop, OrderToKeep kept, const OrderHead& head,
                                   Instant at);
    Result<void> keep_revision(ShopId shop, const OrderHead& head, OrderToKeep kept,
                               const Order& before, Instant at);
    Result<std::vector<int>> parcels_that_left(ShopId shop, const Order& before,
                                               const Order& after);
    std::vector<long long> ids_for(ShopId shop, std::string_view text, int most);
    void add_ids_by_word(ShopId shop, const std::string& word, int most,
                         std::vector<long long>& ids);
    Result<void> insert_review(ShopId shop, long long reading, long long response,
                               const std::string& order, const std::string& card,
                               const std::vector<Rejection>& reasons, Instant at);
    Result<std::optional<ReviewItem>> review_by(ShopId shop, ReviewId item, std::string_view which);
    Result<ResponseId> insert_response(ShopId shop, long long order, const Response& response,
                                       std::optional<ReadingId> reading, ResponseOutcome outcome);
    long long use_range(ShopId shop, const std::string& name);
    std::vector<NumberBlock> given_blocks(long long range_id, const NumberRange& range);
    void keep_block(long long range_id, const NumberBlock& block);

    /// All that a decision about a response needs, read while the order stands still.
    struct Asked {
        long long order = 0;
        CardRecord card;   ///< of the insert: order, revision, parcel, template, packer, moment
        std::string body;  ///< the order as it was printed
        RatingFacts facts;
        bool has_row = false;  ///< the order has, or had, a rating
        std::string figures;   ///< what it counts for
    };
    Result<Asked> ask(ShopId shop, const OrderNumber& order, CardId card);
    std::optional<Asked> read_card(CardId card);
    Result<void> read_facts(Asked& to);
    Result<RecordedResponse> keep_decision(ShopId shop, const Asked& asked,
                                           const Response& response, const RatingDecision& decision,
                                           std::optional<ReadingId> reading);
    /// Tells the shop's hooks what became of an answer.
    Result<void> tell_rating(ShopId shop, ResponseOutcome outcome, const Response& response,
                             Instant now);
    Result<void> write_rating(ShopId shop, const Asked& asked, const Response& response,
                              const RatingDecision& decision);
    Result<void> tell_prints(ShopId shop, std::span<const PrintedInsert> inserts);
    void write_phase(CardId card, CardPhase phase, std::string_view draft, Instant at);
    void write_void(const CardRecord& card, std::string_view reason, Instant at);

    void append_figures(ShopId shop, const std::string& entry);
    /// Appends what a response counts for and gives it as text.
    Result<std::string> count_response(ShopId shop, const Asked& asked, const Response& response);
    Result<void> uncount(ShopId shop, const std::string& figures);
    void count_print(ShopId shop, const Order& order, const PrintedInsert& print);
    void count_void(const CardRecord& card);
    Result<std::vector<std::pair<long long, FigureEntry>>> read_entries(ShopId shop);

    /// What carriers told of an order's parcels is to be counted anew. store_parcel_figures.cpp
    void mark_parcels(long long order);
    /// The same, where no parcel may have been known as this order's yet.
    void mark_parcels(ShopId shop, long long id, const Order& order);
    Result<long long> count_parcels(ShopId shop);
    Result<void> count_parcel(ShopId shop, const std::string& name, long long known);
    Result<std::optional<Order>> order_of_parcel(ShopId shop, const std::string& name,
                                                 long long known);
    std::vector<std::string> numbers_of_word(ShopId shop, const std::string& word);
    /// Tells the shop's hooks that a parcel of one of its orders arrived.
    Result<void> tell_delivered(ShopId shop, const std::string& parcel, Instant at, Instant now);
    Result<std::vector<PrintedCard>> printed_cards(ShopId shop, const Order& order);
    Result<void> replace_counted(ShopId shop, std::span<const std::string> names,
                                 std::span<const FigureEntry> entries);
    Result<void> recount_rating(ShopId shop, long long order, int parcel,
                                std::span<const PrintedCard> cards,
                                std::span<const CarrierEvent> events);

    Connection db_;
    JobTable jobs_{db_};
    HookTable hooks_{db_, jobs_};
    ParcelEventTable parcel_events_{
        db_, [this](ShopId shop, const std::string& parcel, Instant at, Instant now) {
            return tell_delivered(shop, parcel, at, now);
        }};
    ReturnTable returns_{db_, *this, hooks_};
    ListTable lists_{db_, *this};
    SpoolTable spool_{db_};
    ErasureTable erasure_{db_};
    PhotoTable photos_{db_};
    std::unique_ptr<OrderTable> order_table_;
    std::unique_ptr<AccessBook> access_;
};

}  // namespace verso::records
