// SPDX-License-Identifier: Apache-2.0
// The crash is played by doing only the first steps of a print, then asking what the next one does.
#include "app/print_intent.h"

#include <gmock/gmock.h>

#include "app/files.h"
#include "core/domain/card_link.h"
#include "tests/app/temp_folder.h"

namespace verso::app {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

const CardId kCard{12345};

class PrintIntentTest : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(make_home(home, "text").has_value());
        auto opened = records::open_sqlite_store(":memory:");
        ASSERT_TRUE(opened.has_value());
        store = std::move(*opened);
        intent = {folder.path() / "wave.pdf", folder.path() / "wave.jsonl", format_card(kCard),
                  std::nullopt};
    }

    void begin_print() {
        ASSERT_TRUE(note_intent(home, intent).has_value());
        for (const auto& file : {intent.pdf, intent.manifest}) {
            ASSERT_TRUE(write_file(PrintIntent::unfinished(file), "x", FileMode::Private));
        }
    }

    void commit_card() {
        Order order;
        order.number = OrderNumber("#1");
        order.parcels = {Parcel{}};
        order.lines = {OrderLine{}};
        order.lines.front().line = 1;
        order.lines.front().quantity = 1;
        ASSERT_TRUE(store->save_order(ShopId{1}, order, Instant{}).has_value());
        Layout layout;
        layout.template_name = "a4-fold";
        layout.pages = {{Mm{210}, Mm{297}}};
        auto frozen = store->freeze_layout(layout);
        ASSERT_TRUE(frozen.has_value());
        records::PrintedInsert insert;
        insert.insert = InsertId("I000000000001");
        insert.order = order.number;
        insert.card = kCard;
        insert.layout = frozen->number;
        insert.rma = make_rma(1);
        auto recorded = store->record_prints(ShopId{1}, std::span(&insert, 1));
        ASSERT_TRUE(recorded.has_value()) << recorded.error().text();
    }

    bool is_settled() {
        for (const auto& entry : fs::directory_iterator(home.spool())) {
            if (entry.path().extension() == ".json") return false;
        }
        return true;
    }

    TempFolder folder;
    Home home{folder.path() / "home"};
    std::unique_ptr<records::Store> store;
    PrintIntent intent;
};

TEST_F(PrintIntentTest, CrashBeforeTheCommitTakesTheFilesBack) {
    begin_print();
    const fs::path half = PrintIntent::unfinished(intent.pdf).string() + ".x1Y2z3";
    ASSERT_TRUE(write_file(half, "%PDF", FileMode::Private));
    auto told = settle_intents(home, *store);
    ASSERT_TRUE(told.has_value());
    EXPECT_THAT(*told, ElementsAre(HasSubstr("taken back")));
    EXPECT_FALSE(fs::exists(half));
    EXPECT_FALSE(fs::exists(PrintIntent::unfinished(intent.pdf)));
    EXPECT_FALSE(fs::exists(PrintIntent::unfinished(intent.manifest)));
    EXPECT_FALSE(fs::exists(intent.pdf));
    EXPECT_TRUE(is_settled());
}

TEST_F(PrintIntentTest, CrashAfterTheCommitPutsTheFilesInPlace) {
    begin_print();
    commit_card();
    auto told = settle_intents(home, *store);
    ASSERT_TRUE(told.has_value());
    EXPECT_THAT(*told, ElementsAre(HasSubstr("complete")));
    EXPECT_TRUE(fs::exists(intent.pdf));
    EXPECT_TRUE(fs::exists(intent.manifest));
    EXPECT_TRUE(is_settled());
}

TEST_F(PrintIntentTest, CrashBetweenTheTwoNamesIsFinished) {
    begin_print();
    commit_card();
    fs::rename(PrintIntent::unfinished(intent.pdf), intent.pdf);
    ASSERT_TRUE(settle_intents(home, *store).has_value());
    EXPECT_TRUE(fs::exists(intent.pdf));
    EXPECT_TRUE(fs::exists(intent.manifest));
    EXPECT_TRUE(is_settled());
}

TEST_F(PrintIntentTest, ASharedManifestLosesOnlyTheLinesOfTheFileThatIsTakenBack) {
    intent.manifest_start = 2;
    ASSERT_TRUE(note_intent(home, intent).has_value());
    const auto waiting = PrintIntent::unfinished(intent.manifest);
    ASSERT_TRUE(write_file(waiting, "1\n2\n", FileMode::Private));
    ASSERT_TRUE(settle_intents(home, *store).has_value());
    EXPECT_EQ(read_file(waiting, 100).value(), "1\n");
    EXPECT_TRUE(is_settled());
}

TEST_F(PrintIntentTest, ASharedManifestGetsItsNameWithTheLastFileOfTheWave) {
    intent.manifest_start = 0;
    begin_print();
    commit_card();
    ASSERT_TRUE(settle_intents(home, *store).has_value());
    EXPECT_TRUE(fs::exists(intent.pdf));
    EXPECT_FALSE(fs::exists(intent.manifest));
    EXPECT_TRUE(fs::exists(PrintIntent::unfinished(intent.manifest)));
}

TEST_F(PrintIntentTest, LostSheetsAreToldNotForgotten) {
    begin_print();
    commit_card();
    fs::remove(PrintIntent::unfinished(intent.pdf));
    EXPECT_EQ(settle_intents(home, *store).error().code, ErrorCode::FileUnwritable);
    EXPECT_FALSE(is_settled());
}

TEST_F(PrintIntentTest, OnlyOnePrintAtATime) {
    auto first = PrintLock::take(home);
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(PrintLock::take(home).error().code, ErrorCode::NotAllowed);
}

TEST_F(PrintIntentTest, LockIsFreeAfterwards) {
    { ASSERT_TRUE(PrintLock::take(home).has_value()); }
    EXPECT_TRUE(PrintLock::take(home).has_value());
}

}  // namespace
}  // namespace verso::app
