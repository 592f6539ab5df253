// SPDX-License-Identifier: Apache-2.0
// The line between two shops of a home, tried through every call of every book: with what is only
// the other's, nothing may change at all; with what both have, nothing of the other's.
#include <gmock/gmock.h>

#include <set>

#include "records/store/hook_book.h"
#include "records/store/list_book.h"
#include "records/store/photo_book.h"
#include "records/store/review_book.h"
#include "tests/contract/any_store.h"
#include "tests/contract/book_calls.h"
#include "tests/contract/two_shops.h"

namespace verso::records::testing {
namespace {

class ShopLine : public AnyStore {
  protected:
    void SetUp() override {
        AnyStore::SetUp();
        if (IsSkipped()) return;
        if (is_memory()) GTEST_SKIP() << "its rows are seen by no other connection";
        const ShopId other = store_->create_shop("other").value();
        ours_ = fill_shop(*store_, ShopId{1}, "Mimosa", 10);
        const Rows before = all_rows(place_);
        theirs_ = fill_shop(*store_, other, "Vanille", 20);
        their_rows_ = rows_added(before, all_rows(place_));
    }

    /// Tries a call with what is the other's alone: refused, or empty, and not a byte changes.
    template <class Call>
    void foreign(const std::string& name, Call call) {
        tried_.insert(name);
        const Rows before = all_rows(place_);
        EXPECT_TRUE(nothing_came(call())) << name << " gave something of the other shop";
        EXPECT_TRUE(all_rows(place_) == before) << name << " changed something";
    }
    /// Tries a call with what both have: what it gives is `shown`, and holds no word of the other;
    /// the other's rows stand as they stood.
    template <class Call>
    void alike(const std::string& name, Call call) {
        tried_.insert(name);
        const std::string shown = call();
        EXPECT_EQ(shown.find("Vanille"), std::string::npos) << name << ": " << shown;
        EXPECT_EQ(rows_missing(their_rows_, all_rows(place_)), "") << name;
        const auto count = [&](const Rows& rows) {
            std::size_t found = 0;
            const std::string mark = "shop_id=" + std::to_string(theirs_.id.get()) + "|";
            for (const auto& [table, list] : rows) {
                for (const auto& row : list) found += row.find(mark) != row.npos ? 1U : 0U;
            }
            return found;
        };
        EXPECT_EQ(count(all_rows(place_)), count(their_rows_)) << name << " added to the other";
    }

    static bool nothing_came(bool refused) { return refused; }
    template <class T>
    static bool nothing_came(const Result<T>& result) {
        if (!result) {
            EXPECT_EQ(result.error().text().find("Vanille Exemple"), std::string::npos);
            return result.error().code != ErrorCode::DatabaseFailed;
        }
        if constexpr (requires { result->empty(); }) return result->empty();
        if constexpr (requires { result->has_value(); }) return !result->has_value();
        return false;
    }
    /// A result as text: its words, or why there is none.
    template <class T>
    static std::string told(const Result<T>& result) {
        return result ? "done" : result.error().text();
    }
    static std::string words(const Order& order) {
        return order.number.get() + order.ship_to.name + order.note;
    }

    void try_foreign_store();
    void try_foreign_books();
    void try_alike_store();
    void try_alike_books();

    FullShop ours_, theirs_;
    Rows their_rows_;
    std::set<std::string> tried_;
};

void ShopLine::try_foreign_store() {
    Store& s = *store_;
    const ShopId a = ours_.id;
    const FullShop& b = theirs_;
    foreign("order_as_said", [&] { return s.order_as_said(a, b.own); });
    foreign("find_order", [&] { return s.find_order(a, b.own); });
    foreign("find_summary", [&] { return s.find_summary(a, b.own); });
    foreign("find_order", [&] { return s.find_order(a, b.own, 1); });
    foreign("search_orders", [&] { return s.search_orders(a, "Vanille", 9); });
    foreign("search_orders", [&] { return s.search_orders(a, b.print.rma.get(), 9); });
    foreign("search_orders", [&] { return s.search_orders(a, format_card(b.print.card), 9); });
    foreign("record_prints", [&] { return s.record_prints(a, std::span(&b.open, 1)); });
    PrintedInsert taken = ours_.print;
    taken.card = b.print.card;
    foreign("record_prints", [&] { return s.record_prints(a, std::span(&taken, 1)); });
    foreign("cards_of", [&] { return s.cards_of(a, b.own); });
    foreign("note_card",
            [&] { return s.note_card(a, b.open.card, CardEvent::Open, "", {}, at(500)); });
    foreign("card_draft", [&] { return s.card_draft(a, b.open.card); });
    foreign("rma_taken", [&] { return !s.rma_taken(a, b.print.rma).value(); });
    foreign("void_card", [&] { return s.void_card(a, b.open.card, "why", at(500)); });
    foreign("orders_of_label", [&] { return s.orders_of_label(a, "Vanille"); });
    foreign("create_wave", [&] {
        WaveRecord wave;
        wave.name = "tuesday";
        return s.create_wave(a, wave, std::vector<WavePosition>{{1, b.own}});
    });
    foreign("wave_positions", [&] { return s.wave_positions(a, b.wave, 1, 9); });
    foreign("first_waiting", [&] {
        auto first = s.first_waiting(a, b.wave);
        return !first || *first == 0;
    });
    const WavePosition place{1, b.own, 1, 1, WavePositionState::Printed};
    foreign("mark_positions", [&] { return s.mark_positions(a, b.wave, std::span(&place, 1)); });
    foreign("close_wave", [&] { return s.close_wave(a, b.wave); });
    foreign("record_reading", [&] { return s.record_reading(a, b.scan, b.reading, at(500)); });
    foreign("find_reading", [&] { return s.find_reading(a, b.scan, b.reading); });
    foreign("earlier_readings", [&] { return s.earlier_readings(a, b.open.card); });
    foreign("settle_review", [&] { return s.settle_review(a, b.item, "done", at(500)); });
    foreign("record_response",
            [&] { return s.record_response(a, sample_response(b.open), std::nullopt); });
    foreign("record_response",
            [&] { return s.record_response(a, sample_response(ours_.open), b.kept); });
    Response mixed = sample_response(b.open);
    mixed.order = ours_.own;
    foreign("record_response", [&] { return s.record_response(a, mixed, std::nullopt); });
    foreign("amend_response",
            [&] { return s.amend_response(a, sample_response(b.print, 2), {true}); });
    foreign("withdraw_response",
            [&] { return s.withdraw_response(a, b.shared, b.print.card, at(500), {true}); });
    foreign("responses_of", [&] { return s.responses_of(a, b.own); });
    foreign("find_rating", [&] { return s.find_rating(a, b.own); });
    ReviewBook& reviews = reviews_of(s);
    foreign("find_open", [&] { return reviews.find_open(a, b.item); });
    foreign("picture_of", [&] { return reviews.picture_of(a, b.item); });
    foreign("last_done", [&] { return reviews.last_done(a, b.word, at(0)); });
    foreign("reopen_review", [&] { return reviews.reopen_review(a, b.item); });
    foreign("take_back", [&] { return reviews.take_back(a, b.shared, b.print.card, at(500)); });
    foreign("find_job", [&] { return reviews.find_job(a, "scan", b.word); });
}

void ShopLine::try_foreign_books() {
    const ShopId a = ours_.id;
    const FullShop& b = theirs_;
    JobQueue& jobs = store_->jobs();
    foreign("retry", [&] { return jobs.retry(a, b.dead, at(500)); });
    foreign("drop", [&] { return jobs.drop(a, b.job); });
    ReturnBook& returns = store_->returns();
    Return made = b.made;
    made.order = b.own;
    foreign("announce", [&] { return returns.announce(a, made, "emma", at(500)); });
    foreign("move",
            [&] { return returns.move(a, b.made.rma, ReturnEvent::Receive, "emma", "", at(500)); });
    foreign("inspect",
            [&] { return returns.inspect(a, b.made.rma, b.made.lines, "emma", at(500)); });
    foreign("find", [&] { return returns.find(a, b.made.rma); });
    foreign("of_order", [&] { return returns.of_order(a, b.own); });
    foreign("history", [&] { return returns.history(a, b.made.rma); });
    foreign("find_hook", [&] { return hooks_of(*store_).find_hook(a, b.hook); });
    foreign("remove_hook", [&] { return hooks_of(*store_).remove_hook(a, b.hook); });
    PhotoBook& photos = photos_of(*store_);
    foreign("keep_photo", [&] {
        return photos.keep_photo(a, {0, b.own, b.open.card, Rma(""), "new.jpg", at(500)});
    });
    foreign("photos_of_order", [&] { return photos.photos_of_order(a, b.own); });
    foreign("find_photo", [&] { return photos.find_photo(a, b.photo); });
    foreign("drop_answer_photos",
            [&] { return photos.drop_answer_photos(a, b.open.card).value_or(1) == 0; });
    ErasureBook& erasure = store_->erasure();
    foreign("erase", [&] { return erasure.erase(a, std::span(&b.own, 1), "emma", "x", at(500)); });
    foreign("collect", [&] { return erasure.collect(a, b.own); });
    foreign("events_of", [&] { return store_->parcel_events().events_of(a, "Vanille"); });
    DeskBook& desk = desk_of(*store_);
    const DeskEntry entry{at(500), "emma", "edit", ""};
    foreign("revisions_of", [&] { return desk.revisions_of(a, b.own); });
    foreign("edit_order", [&] { return desk.edit_order(a, sample_order(b.own.get()), at(500)); });
    foreign("note_order", [&] { return desk.note_order(a, b.own, entry); });
    foreign("order_notes", [&] { return desk.order_notes(a, b.own); });
    foreign("note_review", [&] { return desk.note_review(a, b.item, entry); });
    foreign("review_notes", [&] { return desk.review_notes(a, b.item); });
    ReviewItem item;
    item.reading = b.kept;
    item.response = b.answer;
    foreign("response_in_review", [&] { return desk.response_in_review(a, item); });
    foreign("choose_response", [&] {
        return desk.choose_response(a, {b.answer, sample_response(ours_.print)});
    });
    foreign("choose_response", [&] {
        return desk.choose_response(a, {b.answer, sample_response(b.print)});
    });
    foreign("identify_review", [&] { return desk.identify_review(a, b.item, ours_.open.card); });
    foreign("identify_review", [&] { return desk.identify_review(a, ours_.item, b.open.card); });
    AccessBook& book = store_->access();
    foreign("revoke_key", [&] { return book.revoke_key(a, b.key, at(500)); });
    foreign("keep_answer", [&] { return book.keep_answer(a, b.key, "same", 1, "x"); });
    foreign("users", [&] { return book.users(a); });
}

void ShopLine::try_alike_store() {
    Store& s = *store_;
    const ShopId a = ours_.id;
    Order changed = sample_order("#1");
    alike("save_order", [&] { return told(s.save_order(a, changed, at(600))); });
    changed.note = "again";
    alike("save_orders", [&] { return told(s.save_orders(a, std::span(&changed, 1), at(601))); });
    alike("order_as_said", [&] { return words(s.order_as_said(a, ours_.shared).value()); });
    alike("find_order", [&] { return words(s.find_order(a, ours_.shared).value()); });
    alike("list_orders", [&] {
        std::string all;
        for (const auto& order : s.list_orders(a).value()) all += order.number.get();
        return all;
    });
    alike("search_orders", [&] {
        std::string all;
        for (const auto& order : s.search_orders(a, "buyer@example.com", 99).value())
            all += order.number.get();
        return all;
    });
    alike("orders", [&] {
        std::string all;
        EXPECT_TRUE(s.orders(a, [&](const Order& order) -> Result<void> {
            all += words(order);
            return {};
        }));
        return all;
    });
    alike("cards_of", [&] {
        std::string all;
        for (const auto& card : s.cards_of(a, ours_.shared).value()) all += card.insert.file;
        return all;
    });
    alike("take_numbers", [&] {
        EXPECT_EQ(s.take_numbers(a, {"range", 1, 100}, 1).value().numbers.front(), 6U);
        return std::string();
    });
    alike("find_wave", [&] { return s.find_wave(a, "monday").value()->template_name; });
    alike("waves", [&] {
        const auto waves = s.waves(a).value();
        return std::to_string(waves.size()) + waves.front().template_name;
    });
    alike("record_scan", [&] {
        return told(s.record_scan(a, {"b.tif", std::string(64, 'a'), 1, at(600)}));
    });
    alike("review_queue", [&] {
        std::string all;
        for (const auto& item : s.review_queue(a).value())
            all += item.order + item.source + item.reading_json;
        return all;
    });
    alike("open_disputes", [&] {
        std::string all;
        for (const auto& one : desk_of(s).open_disputes(a, 9).value()) all += one.order.get();
        return all;
    });
    alike("disputes", [&] { return std::to_string(desk_of(s).disputes(a).value()); });
    alike("reviews_waiting", [&] { return std::to_string(desk_of(s).reviews_waiting(a).value()); });
    alike("newest_ratings", [&] {
        std::string all;
        for (const auto& one : desk_of(s).newest_ratings(a, 0, 100).value())
            all += one.rating.comment;
        return all;
    });
    alike("open_after", [&] {
        std::string all;
        for (const auto& item : reviews_of(s).open_after(a, ReviewId{0}, 99).value())
            all += item.order + item.source + item.reading_json;
        return all;
    });
    alike("recent_scans", [&] {
        std::string all;
        for (const auto& scan : reviews_of(s).recent_scans(a, 99).value())
            all += scan.path + std::to_string(scan.review) + std::to_string(scan.waiting);
        return all;
    });
    alike("find_scan", [&] {
        const auto scan = reviews_of(s).find_scan(a, std::string(64, 'a')).value();
        return scan->path + std::to_string(scan->waiting);
    });
    alike("responses_of", [&] { return s.responses_of(a, ours_.shared).value().at(0).comment; });
    alike("find_rating", [&] { return s.find_rating(a, ours_.shared).value()->comment; });
    alike("ratings", [&] {
        std::string all;
        EXPECT_TRUE(s.ratings(a, [&](const Rating& rating) -> Result<void> {
            all += rating.comment;
            return {};
        }));
        return all;
    });
    FigureEntry entry;
    entry.keys = {FigureKey{"all", ""}};
    entry.measures = {FigureMeasure{"printed", 0, 20'000}};
    alike("add_figures", [&] { return told(s.add_figures(a, entry)); });
    alike("fold_figures", [&] { return told(s.fold_figures(a)); });
    alike("figure_cells", [&] {
        FigureQuery query;
        std::string all;
        for (const auto& cell : s.figure_cells(a, query).value()) all += cell.key + cell.measure;
        return all;
    });
    alike("counts", [&] {
        EXPECT_EQ(s.counts(a).value().orders, 2);
        return std::string();
    });
}

void ShopLine::try_alike_books() {
    const ShopId a = ours_.id;
    JobQueue& jobs = store_->jobs();
    alike("enqueue", [&] { return told(jobs.enqueue(a, {"print", "#1"}, at(600))); });
    alike("list", [&] {
        std::string all;
        for (const JobState state : {JobState::Waiting, JobState::Dead}) {
            for (const auto& job : jobs.list(a, state, 99).value())
                all += job.key + job.payload + job.last_error;
        }
        return all;
    });
    alike("count", [&] {
        EXPECT_EQ(jobs.count(a).value().size(), 2U);
        return std::string();
    });
    alike("forget_done", [&] { return told(jobs.forget_done(a, at(9999))); });
    alike("list", [&] {
        std::string all;
        for (const auto& made : store_->returns().list(a, std::nullopt, 99).value())
            all += made.comment;
        return all;
    });
    alike("match", [&] {
        EXPECT_EQ(store_->returns().match(a, "XY123456789FR").value().size(), 1U);
        return store_->returns().match(a, "XY123456789FR").value().at(0).order.get();
    });
    alike("keep", [&] {
        CarrierEvent event;
        event.event_id = "2";
        event.tracking = "XY123456789FR";
        event.status = ParcelStatus::Delivered;
        event.at = {at(610), std::chrono::minutes{0}};
        return told(store_->parcel_events().keep(a, std::span(&event, 1), at(611)));
    });
    alike("events_of", [&] {
        std::string all;
        for (const auto& one : store_->parcel_events().events_of(a, "XY123456789FR").value())
            all += one.word + one.raw;
        return all;
    });
    const DeskEntry entry{at(600), "emma", "edit", ""};
    alike("note_order", [&] { return told(desk_of(*store_).note_order(a, ours_.shared, entry)); });
    AccessBook& book = store_->access();
    alike("keys", [&] {
        EXPECT_EQ(book.keys(a).value().size(), 1U);
        return book.keys(a).value().at(0).name;
    });
    alike("add_key", [&] {
        return told(book.add_key(a, "second", "x", std::vector{KeyScope::Print}, at(600)));
    });
    alike("claim_request", [&] {
        return book.claim_request(a, ApiKeyId{}, "same", "x", at(9999), at(600)).value()->body;
    });
    alike("keep_answer",
          [&] { return told(book.keep_answer(a, ApiKeyId{}, "same", 201, "changed")); });
    alike("note", [&] { return told(book.note({0, a, at(600), "emma", "x", "", ""})); });
    alike("note_delivery", [&] { return told(book.note_delivery(a, "shopify", "2", at(600))); });
    alike("audit", [&] {
        std::string all;
        for (const auto& one : book.audit({a, at(0), 0, 99}).value()) all += one.who + one.detail;
        return all;
    });
    HookBook& hooks = hooks_of(*store_);
    const auto urls = [&] {
        std::string all;
        for (const Hook& one : hooks.hooks(a).value()) all += one.url;
        return all;
    };
    alike("hooks", urls);
    alike("add_hook", [&] { return told(hooks.add_hook(a, hooks.hooks(a)->front(), at(600))); });
    alike("is_wanted", [&] { return hooks.is_wanted(a, HookKind::PrintDone) ? "yes" : "no"; });
    alike("tell", [&] { return told(hooks.tell(a, HookKind::PrintDone, "{}", at(600))); });
    alike("photos_of_order", [&] {
        std::string all;
        for (const auto& one : photos_of(*store_).photos_of_order(a, ours_.shared).value()) {
            all += one.path;
        }
        return all;
    });
    ListBook& lists = lists_of(*store_);
    alike("order_page", [&] {
        std::string all;
        for (const auto& one : lists.order_page(a, {}, 99).value()) all += one.order.name;
        return all;
    });
    alike("return_page", [&] {
        std::string all;
        for (const auto& one : lists.return_page(a, {}, 99).value()) all += one.made.comment;
        return all;
    });
    alike("rating_page", [&] {
        std::string all;
        for (const auto& one : lists.rating_page(a, {}, 99).value()) all += one.rating.comment;
        return all;
    });
    alike("response_page", [&] {
        std::string all;
        for (const auto& one : lists.response_page(a, {}, 99).value()) all += one.response.comment;
        return all;
    });
    // Last, for they take away.
    ErasureBook& erasure = store_->erasure();
    alike("collect", [&] { return erasure.collect(a, ours_.shared).value(); });
    alike("orders_of_email", [&] {
        std::string all;
        for (const auto& order : erasure.orders_of_email(a, "buyer@example.com").value())
            all += order.get();
        return all;
    });
    alike("erase", [&] {
        return told(erasure.erase(a, std::span(&ours_.shared, 1), "emma", "asked", at(700)));
    });
    alike("retain", [&] { return told(erasure.retain(a, {1, 1, 1}, at(90'000'000))); });
    alike("files", [&] {
        std::string all;
        for (const auto& file : erasure.files(a, 0, 99).value()) {
            all += file.name;
            EXPECT_TRUE(erasure.file_gone(a, file.id));
        }
        return all;
    });
    tried_.insert("file_gone");
}

TEST_P(ShopLine, NoCallCrossesIt) {
    try_foreign_store();
    try_foreign_books();
    try_alike_store();
    try_alike_books();
    for (const std::string& name : declared_calls()) {
        EXPECT_TRUE(tried_.contains(name) || calls_of_the_home().contains(name))
            << name << " is in a book's header and is not tried here";
    }
    EXPECT_GT(declared_calls().size(), 60U);
}

VERSO_ON_EVERY_STORE(ShopLine);

}  // namespace
}  // namespace verso::records::testing
