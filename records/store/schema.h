// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace verso::records {

// The tables, as numbered steps. A step that was released is never edited again: a change is a new
// step. schema_version has one row per step that a database has taken.

/// One step: statements run in order, in one transaction, {…} translated (dialect.h); one that
/// begins with {sqlite} or {postgres} runs on that database only.
struct Migration {
    int version = 0;
    std::vector<std::string_view> statements;
};

/// All steps, by version, from 1 without gaps.
std::span<const Migration> migrations();
/// The version that this program writes.
int schema_version();

}  // namespace verso::records
