// SPDX-License-Identifier: Apache-2.0
// Databases that an older, a newer and a foreign program left behind, made with sqlite3 itself.
#include "records/store/schema.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

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

TEST_F(Schema, StepsAreNumberedWithoutGaps) {
    int expected = 1;
    for (const Migration& step : migrations()) EXPECT_EQ(step.version, expected++);
    EXPECT_EQ(schema_version(), expected - 1);
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

}  // namespace
}  // namespace verso::records
