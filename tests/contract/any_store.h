// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "records/store/store.h"
#include "tests/records/builders.h"

namespace verso::records::testing {

/// Opens a fresh, empty store of each kind that a home may have: SQLite in memory, SQLite in a
/// file, PostgreSQL. Suites of what every Store must do derive from it and are instantiated by
/// VERSO_ON_EVERY_STORE.
class AnyStore : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override;
    void TearDown() override;

    /// Opens the place again as store_; what was open is closed first.
    void reopen();
    /// One more connection to the same place; nullptr with a memory, which has one only.
    std::unique_ptr<Store> another() const;
    bool is_memory() const { return GetParam() == "memory"; }
    bool is_postgres() const { return GetParam() == "postgres"; }

    std::string place_;  ///< path or URL
    std::unique_ptr<Store> store_;
    /// When set, the write after so many throws, as if the plug was pulled.
    std::optional<int> fail_after_;

  private:
    std::string folder_;
};

/// "memory", "file", "postgres".
const std::vector<std::string>& store_kinds();

#define VERSO_ON_EVERY_STORE(suite)                                                         \
    INSTANTIATE_TEST_SUITE_P(Stores, suite,                                                 \
                             ::testing::ValuesIn(::verso::records::testing::store_kinds()), \
                             [](const auto& kind) { return kind.param; })

}  // namespace verso::records::testing
