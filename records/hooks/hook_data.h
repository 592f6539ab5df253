// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/domain/answer.h"
#include "records/lifecycle/return_life.h"
#include "records/store/store_types.h"

namespace verso::records {

// What a message says: numbers, ids and answers, never a name, an address or a comment. Who needs
// more asks for it with a key that may. Each gives a JSON object. Pure.

std::string rating_data(const Response& response);
std::string return_data(const Return& made);
std::string print_data(const PrintedInsert& print);
std::string review_data(const std::string& order, const std::string& card,
                        const std::vector<Rejection>& reasons);
std::string delivery_data(const OrderNumber& order, int parcel, Instant delivered_at);

}  // namespace verso::records
