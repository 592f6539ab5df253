// SPDX-License-Identifier: Apache-2.0
// A home that holds a row of nearly everything moves from SQLite to PostgreSQL and back.
#include "records/store/store_copy.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>

#include "records/store/store_info.h"
#include "tests/records/builders.h"
#include "tests/support/postgres_server.h"

namespace verso::records::testing {
namespace {

const ShopId kShop{1};

void fill_prints(Store& store) {
    for (int i = 1; i <= 70; ++i) {  // more than one statement inserts
        const Order order = sample_order("#" + std::to_string(1000 + i), 2);
        ASSERT_TRUE(store.save_order(kShop, order, at(0)));
    }
    Order changed = sample_order("#1001", 2);
    changed.ship_to.city = "Saint-Étienne";
    ASSERT_TRUE(store.save_order(kShop, changed, at(50)));
    const auto layout = store.freeze_layout(sample_layout()).value().number;
    const Printed first = sample_print(OrderNumber{"#1001"}, layout, 1, 1, 2);
    const Printed second = sample_print(OrderNumber{"#1002"}, layout, 2, 2);
    const PrintedInsert both[] = {first.insert, second.insert};
    const auto recorded = store.record_prints(kShop, both);
    ASSERT_TRUE(recorded) << recorded.error().text();
    const auto scan = store.record_scan(kShop, {"images/aa.tif", std::string(64, 'a'), 1, at(5)});
    ASSERT_TRUE(scan);
    Reading doubtful = sample_reading(first);
    doubtful.verdict = Verdict::Review;
    ASSERT_TRUE(store.record_reading(kShop, scan->id, doubtful, at(900)));
    ASSERT_TRUE(store.record_response(kShop, sample_response(first.insert), {}));
    ASSERT_TRUE(store.void_card(kShop, second.insert.card, "torn", at(7)));
    ASSERT_TRUE(store.fold_figures(kShop));
}

void fill_rest(Store& store) {
    ASSERT_TRUE(store.create_shop("deuxieme"));
    ASSERT_TRUE(store.save_order(ShopId{2}, sample_order(), at(0)));
    ASSERT_TRUE(store.take_numbers(kShop, {"s10", 5, 99}, 3));
    WaveRecord wave;
    wave.name = "monday";
    wave.template_name = "a4-fold";
    const WavePosition place{1, OrderNumber{"#1003"}, 1, 1, WavePositionState::Waiting};
    ASSERT_TRUE(store.create_wave(kShop, wave, std::span(&place, 1)));
    Return back;
    back.rma = Rma{"7QF2M4KD9"};
    back.order = OrderNumber{"#1001"};
    back.parcel = 1;
    back.label = "RR473124829FR";
    back.lines = {{1, 1, 0, ReturnReason::TooSmall}};
    ASSERT_TRUE(store.returns().announce(kShop, back, "Zoé", at(1)));
    ASSERT_TRUE(store.jobs().enqueue(kShop, {"scan", "a", "{}", {}, 8}, at(3)));
    CarrierEvent event;
    event.source = EventSource::LaPoste;
    event.tracking = "6A123";
    event.status = ParcelStatus::Delivered;
    event.at = parse_event_time("2026-10-08T08:00:00+02:00").value();
    event.raw = "{\"code\":\"é\"}";
    event.event_id = content_id(event);
    ASSERT_TRUE(store.parcel_events().keep(kShop, std::span(&event, 1), at(10'000'000)));
}

class StoreCopy : public ::testing::Test {
  protected:
    void SetUp() override {
        if (const auto reason = tests::PostgresServer::reason_to_skip(); !reason.empty()) {
            GTEST_SKIP() << reason;
        }
        const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() /
                  ("verso-copy-" + std::string(info->name()) + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
        here_ = (folder_ / "verso.db").string();
        url_ = tests::PostgresServer::shared().create_database().value();
        auto store = open_store(here_).value();
        fill_prints(*store);
        fill_rest(*store);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path folder_;
    std::string here_, url_;
};

TEST_F(StoreCopy, ThereAndBackIsTheSame) {
    const auto sent = copy_store(here_, url_);
    ASSERT_TRUE(sent) << sent.error().text();
    const std::string back = (folder_ / "back.db").string();
    const auto returned = copy_store(url_, back);
    ASSERT_TRUE(returned) << returned.error().text();
    ASSERT_EQ(sent->size(), returned->size());
    std::map<std::string, long long> rows;
    for (std::size_t i = 0; i < sent->size(); ++i) {
        EXPECT_EQ((*sent)[i].sha256, (*returned)[i].sha256) << (*sent)[i].name;
        rows[(*sent)[i].name] = (*sent)[i].rows;
    }
    EXPECT_EQ(rows["customer_order"], 71);
    EXPECT_EQ(rows["order_body"], 72);
    for (const char* table : {"shop",        "printed_insert", "card",         "scan",
                              "reading",     "review_item",    "response",     "rating",
                              "wave",        "wave_position",  "number_range", "number_block",
                              "return_case", "return_line",    "return_key",   "return_event",
                              "job",         "parcel_event",   "parcel_state", "order_search",
                              "layout",      "figure_cell"}) {
        EXPECT_GT(rows[table], 0) << table;
    }
    for (const auto& place : {url_, back}) {
        auto store = open_store(place).value();
        EXPECT_EQ(store->find_order(kShop, OrderNumber{"#1001"})->ship_to.city, "Saint-Étienne");
        EXPECT_EQ(store->find_order(kShop, OrderNumber{"#1001"}, 1).value(),
                  sample_order("#1001", 2));
        // New rows get ids behind those that came.
        EXPECT_EQ(store->save_order(kShop, sample_order("#9"), at(0)).value(), Saved::New);
        EXPECT_EQ(store->create_shop("Third").value(), ShopId{3});
    }
}

TEST_F(StoreCopy, ATargetWithDataIsRefusedAndStaysAsItIs) {
    {
        auto store = open_store(url_).value();
        ASSERT_TRUE(store->save_order(kShop, sample_order("#5"), at(0)));
    }
    const auto copied = copy_store(here_, url_);
    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(open_store(url_).value()->counts(kShop)->orders, 1);
    EXPECT_EQ(copy_store(here_, here_).error().code, ErrorCode::Usage);
}

TEST_F(StoreCopy, OneThatBreaksOffLeavesTheTargetEmpty) {
    const auto copied = copy_store(here_, url_, [](std::string_view table, long long) {
        if (table == "rating") throw std::runtime_error("the plug was pulled");
    });
    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().code, ErrorCode::DatabaseFailed);
    EXPECT_EQ(open_store(url_).value()->counts(kShop)->orders, 0);
    EXPECT_TRUE(copy_store(here_, url_));
}

TEST_F(StoreCopy, TellsWhatItIs) {
    EXPECT_EQ(look_at_store(url_).error().code, ErrorCode::HomeInvalid);
    ASSERT_TRUE(open_store(url_));
    const auto info = look_at_store(url_).value();
    EXPECT_EQ(info.database, "PostgreSQL");
    EXPECT_GT(info.bytes, 0);
    EXPECT_EQ(look_at_store(here_)->database, "SQLite");
    EXPECT_EQ(without_password("postgresql://u:a@b/c@h:1/d?password=x&port=2"),
              "postgresql://u:***@h:1/d?password=***&port=2");
    EXPECT_EQ(without_password("postgresql://h:1/d"), "postgresql://h:1/d");
}

}  // namespace
}  // namespace verso::records::testing
