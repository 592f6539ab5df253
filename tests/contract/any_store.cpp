// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/any_store.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "tests/support/postgres_server.h"

namespace verso::records::testing {

namespace {

/// The name in "postgresql://verso@/verso_1?host=…".
std::string database_name(const std::string& url) {
    const auto from = url.rfind('/', url.find('?')) + 1;
    return url.substr(from, url.find('?') - from);
}

/// A database that has the schema already: copying it is faster than making the tables again.
const std::string& made_database() {
    static const std::string name = [] {
        const std::string url = tests::PostgresServer::shared().create_database().value();
        auto store = open_postgres_store(url);
        if (!store) throw std::runtime_error(store.error().text());
        return database_name(url);
    }();
    return name;
}

}  // namespace

const std::vector<std::string>& store_kinds() {
    static const std::vector<std::string> kinds{"memory", "file", "postgres"};
    return kinds;
}

void AnyStore::SetUp() {
    if (is_memory()) {
        place_ = ":memory:";
    } else if (is_postgres()) {
        if (const auto reason = tests::PostgresServer::reason_to_skip(); !reason.empty()) {
            GTEST_SKIP() << reason;
        }
        place_ = tests::PostgresServer::shared().create_database(made_database()).value();
    } else {
        const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
        std::string name = std::string("verso-") + info->name() + std::to_string(::getpid());
        std::replace(name.begin(), name.end(), '/', '-');
        const auto folder = std::filesystem::temp_directory_path() / name;
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        folder_ = folder.string();
        place_ = (folder / "verso.db").string();
    }
    reopen();
}

void AnyStore::TearDown() {
    store_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
    if (is_postgres() && !place_.empty()) tests::PostgresServer::shared().drop_database(place_);
}

void AnyStore::reopen() {
    store_.reset();
    StoreOptions options;
    options.before_write = [this](std::string_view) {
        if (fail_after_ && (*fail_after_)-- == 0) throw std::runtime_error("the plug was pulled");
    };
    auto opened = open_store(place_, options);
    ASSERT_TRUE(opened) << opened.error().text();
    store_ = std::move(*opened);
}

std::unique_ptr<Store> AnyStore::another() const {
    if (is_memory()) return nullptr;
    auto opened = open_store(place_);
    EXPECT_TRUE(opened) << opened.error().text();
    return opened ? std::move(*opened) : nullptr;
}

}  // namespace verso::records::testing
