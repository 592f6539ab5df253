// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "records/store/store.h"

namespace verso::records::bench {

// What the benches of the store fill it with. Every function throws std::runtime_error with the
// store's own words.

inline const ShopId kShop{1};

std::unique_ptr<Store> open(const std::string& place);

/// "#1000000" for 0.
std::string number_of(int order);
/// The buyer's address and tracking number of an order, known without asking the store.
std::string email_of(int order);
std::string tracking_of(int order);

/// Orders 0 to count - 1, three lines each, placed over two years.
void make_orders(Store& store, int count, std::mt19937& random);

/// `count` prints, spread evenly over the orders, with cards that no secret was made for (making
/// one takes longer than keeping it), over two years.
std::vector<PrintedInsert> print_some(Store& store, int orders, int count);

/// The answer to the i-th print, a week after it was printed.
Response answer_to(const PrintedInsert& insert, int i);

/// Prints p50, p99 and the longest of look-ups of every kind, `each` of each kind.
void time_look_ups(Store& store, int orders, const std::vector<PrintedInsert>& inserts,
                   std::mt19937& random, int each = 500);

/// Folds what waits, then prints how long the figures of a dashboard take, the median of nine.
void time_figures(Store& store);

}  // namespace verso::records::bench
