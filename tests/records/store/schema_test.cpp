// SPDX-License-Identifier: Apache-2.0
// Databases that an older, a newer and a foreign program left behind, made with sqlite3 itself.
#include "records/store/schema.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "records/store/access_book.h"
#include "records/store/dialect.h"
#include "records/store/store.h"
#include "tests/records/builders.h"

namespace verso::records {
namespace {

class Schema : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() /
                  ("verso-schema-" + std::string(info->name()) + std::to_string(::getpid()));
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        path_ = (folder_ / "verso.db").string();
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    void run(const char* statement) {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(path_.c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, statement, nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(database);
    }
    ErrorCode failure(const StoreOptions& options = {}) {
        auto store = open_sqlite_store(path_, options);
        EXPECT_FALSE(store);
        if (store) return ErrorCode::Internal;
        EXPECT_FALSE(store.error().cure.empty());
        EXPECT_EQ(store.error().where, path_);
        return store.error().code;
    }
    std::filesystem::path folder_;
    std::string path_;
};

TEST_F(Schema, StepsAreNumberedUpwards) {
    int last = 0;
    for (const Migration& step : migrations()) {
        EXPECT_GT(step.version, last);
        last = step.version;
    }
    EXPECT_EQ(schema_version(), last);
}

TEST_F(Schema, WhatWasWrittenIsThereWhenItIsOpenedAgain) {
    {
        auto store = open_sqlite_store(path_).value();
        ASSERT_TRUE(store->save_order(ShopId{1}, testing::sample_order(), testing::at(0)));
    }
    StoreOptions options;
    options.create = false;
    auto store = open_sqlite_store(path_, options).value();
    EXPECT_TRUE(store->find_order(ShopId{1}, OrderNumber{"#1001"}));
    EXPECT_EQ(store->shops()->size(), 1U);
}

TEST_F(Schema, ANewerDatabaseIsLeftAlone) {
    ASSERT_TRUE(open_sqlite_store(path_));
    run("INSERT INTO schema_version (version, applied_at) VALUES (999, 0)");
    EXPECT_EQ(failure(), ErrorCode::HomeInvalid);
}

TEST_F(Schema, AnotherProgramsDatabaseIsLeftAlone) {
    run("CREATE TABLE recipe (id INTEGER)");
    EXPECT_EQ(failure(), ErrorCode::HomeInvalid);
}

TEST_F(Schema, AFileThatIsNoDatabase) {
    std::ofstream(path_) << std::string(4096, 'x');
    EXPECT_EQ(failure(), ErrorCode::HomeInvalid);
}

TEST_F(Schema, AMissingFileOrFolder) {
    StoreOptions options;
    options.create = false;
    EXPECT_EQ(failure(options), ErrorCode::HomeInvalid);
    path_ = (folder_ / "none" / "verso.db").string();
    EXPECT_EQ(failure(), ErrorCode::DatabaseFailed);
}

TEST_F(Schema, AStepThatBreaksLeavesNoTables) {
    for (int allowed : {0, 3, 9}) {
        StoreOptions options;
        int left = allowed;
        options.before_write = [&](std::string_view) {
            if (left-- == 0) throw std::runtime_error("the plug was pulled");
        };
        EXPECT_EQ(failure(options), ErrorCode::DatabaseFailed);
    }
    EXPECT_TRUE(open_sqlite_store(path_));
}

/// The database as version `last` left it, by the steps themselves.
void make_version(const std::string& path, int last, const std::vector<std::string>& rows) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    const auto run = [&](const std::string& statement) {
        char* message = nullptr;
        EXPECT_EQ(sqlite3_exec(database, statement.c_str(), nullptr, nullptr, &message), SQLITE_OK)
            << (message ? message : "") << "\n"
            << statement;
        sqlite3_free(message);
    };
    run("CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at BIGINT NOT NULL)");
    for (const Migration& step : migrations()) {
        if (step.version > last) break;
        for (std::string_view statement : step.statements) {
            if (statement.starts_with("{postgres}")) continue;
            if (statement.starts_with("{sqlite}")) statement.remove_prefix(8);
            run(translate(statement, kSqlite));
        }
        run("INSERT INTO schema_version VALUES (" + std::to_string(step.version) + ", 0)");
    }
    for (const std::string& row : rows) run(row);
    sqlite3_close(database);
}

TEST_F(Schema, AStepThatCameLaterThanAHigherOneIsTaken) {
    make_version(path_, 13, {});
    for (const Migration& step : migrations()) {
        if (step.version != 17) continue;
        for (std::string_view statement : step.statements)
            run(translate(statement, kSqlite).c_str());
        run("INSERT INTO schema_version (version, applied_at) VALUES (17, 0)");
    }
    auto store = open_sqlite_store(path_);
    ASSERT_TRUE(store) << store.error().text();
    EXPECT_EQ((*store)->access().admins().value(), 0);
}

TEST_F(Schema, EveryEarlierVersionIsBroughtUpToDate) {
    for (int version = 1; version <= 4; ++version) {
        std::filesystem::remove(path_);
        make_version(path_, version, {});
        auto store = open_sqlite_store(path_);
        ASSERT_TRUE(store) << version << ": " << store.error().text();
        EXPECT_TRUE((*store)->save_order(ShopId{1}, testing::sample_order(), testing::at(0)));
    }
}

// Version 4 kept revisions, parcels and lines as rows; a home from then has all of it afterwards.
TEST_F(Schema, AHomeOfVersionFourKeepsItsOrdersCardsAndRatings) {
    const std::string revision =
        "'2026-09-21T16:13:20+02:00', 'open', 'paid', '2026-09-21T16:13:25+02:00', '', 'EUR', 'fr',"
        " 'buyer@example.com', '', 'Éloïse Exemple', '', '1 rue d’Exemple', '', '07140',"
        " 'Les Vans', '', 'FR', '2026-10-05', 490, 1870, 'Sonner,\ndeux fois')";
    make_version(
        path_, 4,
        {"INSERT INTO customer_order VALUES (7, 1, '#1001', 2, 'f', 1790000000)",
         "INSERT INTO order_revision VALUES (7, 1, 1790000000, " + revision,
         "INSERT INTO order_revision VALUES (7, 2, 1790000050, " + revision,
         "INSERT INTO parcel VALUES (7, 1, 1, 'Colissimo', 'Domicile', 'TEST-1')",
         "INSERT INTO parcel VALUES (7, 2, 2, 'Colissimo', 'Domicile', 'TEST-2')",
         "INSERT INTO parcel VALUES (7, 2, 1, 'Colissimo', 'Domicile', 'TEST-1')",
         "INSERT INTO order_line VALUES (7, 1, 1, 'SEL-1', '2000000044736', 'Fleur de sel',"
         " '125 g', 'E-08-1', 2, 690, 1380, 1)",
         "INSERT INTO order_line VALUES (7, 2, 2, 'SEL-1', '2000000044736', 'Fleur de sel',"
         " '125 g', 'E-08-1', 2, 690, 1380, 2)",
         "INSERT INTO order_line VALUES (7, 2, 1, 'SEL-1', '2000000044736', 'Fleur de sel',"
         " '125 g', 'E-08-1', 2, 690, 1380, 1)",
         "INSERT INTO layout VALUES (1, 'sha', '{}')",
         "INSERT INTO printed_insert VALUES (3, 1, 'I1', 7, 2, 2, 1, 'a4-fold', 'RMA', '', 'w.pdf',"
         " 1, 2, 1790000100)",
         "INSERT INTO card VALUES (99, 3, 'hash', 'key', 1, '', NULL)",
         "INSERT INTO response VALUES (5, 7, 99, NULL, 'qr', '{\"overall\":4}', 'bien', 1,"
         " 1790001000, 'first')",
         "INSERT INTO rating VALUES (6, 7, 99, 'qr', '{\"overall\":4}', 'bien', 1,"
         " 1790001000)"});
    auto store = open_sqlite_store(path_).value();
    const OrderNumber number{"#1001"};
    Order expected = testing::sample_order("#1001", 2);
    expected.revision = 2;
    EXPECT_EQ(store->find_order(ShopId{1}, number).value(), expected);
    EXPECT_EQ(store->find_order(ShopId{1}, number, 1)->lines.size(), 1U);
    const auto list = store->list_orders(ShopId{1}).value();
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].lines, 2);
    EXPECT_EQ(list[0].parcels, 2);
    EXPECT_EQ(list[0].name, "Éloïse Exemple");
    const auto card = store->find_card(CardId{99}).value().value();
    EXPECT_EQ(card.state, CardState::Answered);
    EXPECT_EQ(card.phase, CardPhase::Final);
    EXPECT_EQ(card.insert.parcel, 2);
    const auto rating = store->find_rating(ShopId{1}, number).value().value();
    EXPECT_EQ(rating.answers.at("overall"), 4);
    EXPECT_EQ(rating.comment, "bien");
    EXPECT_EQ(store->responses_of(ShopId{1}, number)->size(), 1U);
}

}  // namespace
}  // namespace verso::records
