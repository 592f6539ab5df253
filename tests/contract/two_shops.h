// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "records/hooks/hook.h"
#include "records/store/access_book.h"
#include "records/store/desk_book.h"
#include "tests/records/builders.h"

namespace verso::records::testing {

/// A shop that has one of everything. What two shops share by name is the same in both: order #1,
/// wave "monday", key "till", tracking numbers, e-mail; what is one shop's own holds its word.
struct FullShop {
    ShopId id;
    std::string word;  ///< in every text that is this shop's own
    OrderNumber shared{"#1"}, own;
    PrintedInsert print;  ///< of #1, answered
    PrintedInsert open;   ///< of the own order
    ScanId scan;
    Reading reading;  ///< on that scan
    ReadingId kept;
    ReviewId item;
    ResponseId answer;  ///< of `print`
    WaveId wave;
    JobId job, dead;
    Return made;
    ApiKeyId key;
    HookId hook;
    long long photo = 0;  ///< of the own order
};

/// Fills a shop. `seed` decides its cards. Throws when the store refuses.
FullShop fill_shop(Store& store, ShopId id, const std::string& word, std::uint64_t seed);

/// All rows of a store's database, as text, by table; schema_version aside.
using Rows = std::map<std::string, std::vector<std::string>>;
Rows all_rows(const std::string& place);

/// The rows of `all` that are not in `before`.
Rows rows_added(const Rows& before, const Rows& all);
/// Which rows of `wanted` are not in `all` any more: a line each.
std::string rows_missing(const Rows& wanted, const Rows& all);

}  // namespace verso::records::testing
