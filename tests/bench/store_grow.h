// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/store/store.h"

namespace verso::records::bench {

/// Fills an empty store of this program's schema with orders, prints and responses by a few
/// statements of many rows, because ten million orders through the Store take a quarter of an hour:
/// the rows are those that the Store writes for store_fill.h's orders, spread over two years, three
/// lines each. The first `responses` prints, spread over all orders, are answered. Throws
/// std::exception.
void grow_store(const std::string& place, int orders, int responses);

/// What grow_store() printed for the i-th response: order, card and RMA alone.
PrintedInsert grown_print(int i, int orders, int responses);

}  // namespace verso::records::bench
