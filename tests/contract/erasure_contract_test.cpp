// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/domain/card_link.h"
#include "records/import/importer.h"
#include "records/store/desk_book.h"
#include "records/store/erasure_book.h"
#include "tests/contract/any_store.h"

namespace verso::records::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

const ShopId kShop{1};
const OrderNumber kOrder{"#1001"};
/// Every text by which the buyer of #1001 could be known.
const std::vector<std::string> kPersonal{
    "Zwanziger",         "zwanziger",         "Zwanzigerhof GmbH",
    "Geheimweg",         "Hinterhaus",        "98765X",
    "Unterwasserstadt",  "Nordregion",        "+49555123",
    "zwanz@example.com", "old-z@example.com", "Bitte leise klopfen",
    "TRACKZ1",           "ganz grossartig",   "zwanziger-scan.jpg",
    "z-crop.png",        "Handschrift",       "passt Zwanz nicht",
    "umgezogen nach",    "zfoto.jpg"};

class ErasureContract : public AnyStore {
  protected:
    void SetUp() override {
        AnyStore::SetUp();
        if (IsSkipped()) return;
        fill();
    }
    ErasureBook& book() { return store_->erasure(); }

    static Order personal(const std::string& email) {
        Order order = sample_order("#1001", 1);
        order.ship_to = {"Zora Zwanziger", "Zwanzigerhof GmbH", "Geheimweg 7", "Hinterhaus",
                         "98765X",         "Unterwasserstadt",  "Nordregion",  "DE"};
        order.email = email;
        order.phone = "+49555123";
        order.note = "Bitte leise klopfen";
        order.parcels.front().tracking = "TRACKZ1";
        return order;
    }
    void save(const Order& order) {
        auto saved = store_->save_order(kShop, order, at(1));
        ASSERT_TRUE(saved) << saved.error().text();
    }
    Printed print(const OrderNumber& order, std::uint64_t seed, int revision = 1) {
        auto layout = store_->freeze_layout(sample_layout());
        EXPECT_TRUE(layout);
        Printed made = sample_print(order, layout->number, seed, 1, revision);
        auto kept = store_->record_prints(kShop, std::span(&made.insert, 1));
        EXPECT_TRUE(kept) << kept.error().text();
        return made;
    }
    void read_card(const Printed& printed) {
        auto scan = store_->record_scan(
            kShop, {"inbox/zwanziger-scan.jpg", std::string(64, 'a'), 1, at(900)});
        ASSERT_TRUE(scan);
        Reading reading = sample_reading(printed);
        reading.source = "inbox/zwanziger-scan.jpg";
        reading.order = kOrder.get();
        reading.dpi = 300;
        reading.verdict = Verdict::Review;
        reading.fields = {{.field = "comment", .inked = true, .crop = "z-crop.png"}};
        reading.fields.front().guess = "Handschrift";
        ASSERT_TRUE(store_->record_reading(kShop, scan->id, reading, at(901), {}));
    }
    void fill() {
        // Others around, so that pages of the database split.
        for (int i = 2000; i < 2300; ++i) save(sample_order("#" + std::to_string(i)));
        save(personal("old-z@example.com"));
        save(personal("zwanz@example.com"));
        other_ = print(OrderNumber{"#2001"}, 7);
        card_ = print(kOrder, 8, 2);
        Response mine = sample_response(card_.insert, 4),
                 others = sample_response(other_.insert, 2);
        mine.comment = "ganz grossartig";
        others.comment = "bleibt stehen";
        ASSERT_TRUE(store_->note_card(kShop, card_.insert.card, CardEvent::Save, "Entwurf von mir",
                                      {}, at(800)));
        ASSERT_TRUE(store_->record_response(kShop, mine, {}));
        ASSERT_TRUE(store_->record_response(kShop, others, {}));
        read_card(card_);
        CarrierEvent event;
        event.event_id = "e1";
        event.tracking = "TRACKZ1";
        event.at = {at(50), std::chrono::minutes{0}};
        event.word = "umgezogen nach";
        event.raw = "{\"name\": \"Zwanziger\"}";
        ASSERT_TRUE(store_->parcel_events().keep(kShop, std::span(&event, 1), at(60)));
        Return back;
        back.rma = Rma{"7QF2M4KD9"};
        back.order = kOrder;
        back.comment = "passt Zwanz nicht";
        back.label = "TRACKZ1BACK";
        back.lines = {{1, 1, 0, ReturnReason::TooSmall}};
        back.lines.front().photos = {"zfoto.jpg"};
        auto announced = store_->returns().announce(kShop, back, "Max", at(70));
        ASSERT_TRUE(announced) << announced.error().text();
    }
    ErasureCounts erase() {
        auto done = book().erase(kShop, std::span(&kOrder, 1), "Max", "asked by mail", at(5000));
        EXPECT_TRUE(done) << done.error().text();
        return done.value_or(ErasureCounts{});
    }
    std::string all_bytes() const {
        std::string all;
        const auto folder = std::filesystem::path(place_).parent_path();
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file()) continue;
            std::ifstream file(entry.path(), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(file), {});
        }
        return all;
    }
    Printed card_, other_;
};

TEST_P(ErasureContract, LeavesScoresAndNothingOfThePerson) {
    auto figures = store_->figure_cells(kShop, {});
    const ErasureCounts counts = erase();
    EXPECT_EQ(counts.orders, 1);
    EXPECT_EQ(counts.revisions, 2);
    EXPECT_EQ(counts.responses, 1);
    EXPECT_EQ(counts.readings, 1);
    EXPECT_EQ(counts.returns, 1);
    EXPECT_EQ(counts.events, 1);
    EXPECT_EQ(counts.files, 3);
    auto order = store_->find_order(kShop, kOrder);
    ASSERT_TRUE(order);
    EXPECT_EQ(order->ship_to, (Address{"", "", "", "", "", "", "", "DE"}));
    EXPECT_EQ(order->total, (Money{1870}));
    auto rating = store_->find_rating(kShop, kOrder);
    ASSERT_TRUE(rating && *rating);
    EXPECT_EQ((*rating)->answers.at("overall"), 4);
    EXPECT_EQ((*rating)->comment, "");
    auto others = store_->find_rating(kShop, OrderNumber{"#2001"});
    ASSERT_TRUE(others && *others);
    EXPECT_EQ((*others)->comment, "bleibt stehen");
    auto after = store_->figure_cells(kShop, {});
    ASSERT_TRUE(figures && after);
    EXPECT_EQ(figures->size(), after->size());
    const auto name = store_->find_order(kShop, OrderNumber{"#2001"})->ship_to.name;
    EXPECT_EQ(name, "Éloïse Exemple");
    EXPECT_THAT(*store_->search_orders(kShop, "zwanziger", 10), SizeIs(0));
    EXPECT_THAT(*store_->review_queue(kShop), SizeIs(0));
    auto kept = book().collect(kShop, kOrder);
    ASSERT_TRUE(kept) << kept.error().text();
    for (const auto& text : kPersonal) EXPECT_THAT(*kept, Not(HasSubstr(text)));
}

TEST_P(ErasureContract, LeavesNoByteInTheFile) {
    if (is_memory() || is_postgres()) GTEST_SKIP() << "only a file can be searched";
    const std::string before = all_bytes();
    for (const auto& text : kPersonal)
        EXPECT_THAT(before.find(text), Not(std::string::npos)) << text;
    erase();
    auto files = book().files(kShop, 0, 10);
    ASSERT_TRUE(files);
    ASSERT_THAT(*files, SizeIs(3));
    for (const auto& file : *files) ASSERT_TRUE(book().file_gone(kShop, file.id));
    auto scrubbed = book().scrub();
    ASSERT_TRUE(scrubbed) << scrubbed.error().text();
    EXPECT_TRUE(*scrubbed);
    const std::string after = all_bytes();
    for (const auto& text : kPersonal) EXPECT_EQ(after.find(text), std::string::npos) << text;
    EXPECT_NE(after.find("bleibt stehen"), std::string::npos);
}

TEST_P(ErasureContract, WhatTheShopSaidBesideTheDesksEditGoesToo) {
    Order edited = store_->find_order(kShop, OrderNumber{"#2001"}).value();
    edited.ship_to.name = "Berta Beispiel";
    ASSERT_TRUE(desk_of(*store_).edit_order(kShop, edited, at(3000)));
    Order said = sample_order("#2001");
    said.email = "quentin@example.com";
    ASSERT_TRUE(store_->save_order(kShop, said, at(3001)));
    EXPECT_THAT(*book().collect(kShop, said.number), HasSubstr("\"said\""));
    ASSERT_TRUE(book().erase(kShop, std::span(&said.number, 1), "Max", "asked", at(5000)));
    const std::string kept = book().collect(kShop, said.number).value();
    for (const char* text : {"Berta", "loise", "quentin", "\"said\""}) {
        EXPECT_THAT(kept, Not(HasSubstr(text)));
    }
    EXPECT_EQ(store_->save_order(kShop, said, at(6000)).value(), Saved::Erased);
    if (is_memory() || is_postgres()) return;
    ASSERT_TRUE(book().scrub());
    EXPECT_EQ(all_bytes().find("quentin"), std::string::npos);
}

TEST_P(ErasureContract, TakesNothingOfTheOrderAnyMore) {
    erase();
    auto saved = store_->save_order(kShop, personal("zwanz@example.com"), at(6000));
    ASSERT_TRUE(saved);
    EXPECT_EQ(*saved, Saved::Erased);
    EXPECT_EQ(store_->find_order(kShop, kOrder)->email, "");
    Printed again = sample_print(kOrder, card_.insert.layout, 99, 1, 2);
    auto printed = store_->record_prints(kShop, std::span(&again.insert, 1));
    ASSERT_FALSE(printed);
    EXPECT_EQ(printed.error().code, ErrorCode::NotAllowed);
    EXPECT_EQ(erase().orders, 1);  // again is no mistake
}

TEST_P(ErasureContract, FindsTheOrdersOfAnEmail) {
    for (const char* email : {"zwanz@example.com", "OLD-Z@example.com"}) {
        auto found = book().orders_of_email(kShop, email);
        ASSERT_TRUE(found);
        EXPECT_THAT(*found, ElementsAre(kOrder)) << email;
    }
    EXPECT_EQ(book().orders_of_email(kShop, "zwanz").error().code, ErrorCode::ValueInvalid);
}

TEST_P(ErasureContract, GivesOutEverythingKept) {
    auto kept = book().collect(kShop, kOrder);
    ASSERT_TRUE(kept) << kept.error().text();
    for (const auto& text : kPersonal) {
        if (text == "zwanziger" || text == "TRACKZ1" || text == "umgezogen nach") continue;
        EXPECT_THAT(*kept, HasSubstr(text));
    }
    EXPECT_THAT(*kept, HasSubstr(format_card(card_.insert.card)));
}

TEST_P(ErasureContract, ForgetsWhatIsOld) {
    const Instant later = at(0) + std::chrono::hours(24 * 40);
    auto done = book().retain(kShop, {60, 60, 60}, later);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(done->all(), 0);
    done = book().retain(kShop, {30, 30, 30}, later);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(done->addresses, 301);
    EXPECT_EQ(done->secrets, 2);
    EXPECT_EQ(done->images, 0);  // its review is open
    EXPECT_EQ(store_->find_order(kShop, kOrder)->email, "");
    EXPECT_EQ((*store_->find_rating(kShop, kOrder))->comment, "ganz grossartig");
    auto again = book().retain(kShop, {30, 30, 30}, later);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->all(), 0);
}

TEST_P(ErasureContract, AnotherShopsOrderIsNotFound) {
    auto shop = store_->create_shop("second");
    ASSERT_TRUE(shop);
    auto done = book().erase(*shop, std::span(&kOrder, 1), "Max", "why", at(1));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::NotFound);
    EXPECT_FALSE(book().collect(*shop, kOrder));
    EXPECT_EQ(store_->find_order(kShop, kOrder)->email, "zwanz@example.com");
}

VERSO_ON_EVERY_STORE(ErasureContract);

}  // namespace
}  // namespace verso::records::testing
