// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "app/output.h"
#include "core/domain/order.h"
#include "records/lifecycle/return_refund.h"
#include "records/store/return_book.h"

namespace verso::app {

/// One line of JSON for a list of returns.
std::string return_json(const records::Return& made);

/// A return with all that a person needs to decide: docs/operating.md, Returns.
struct ReturnStory {
    records::Return made;
    Order order;                       ///< the newest revision
    records::RefundProposal proposal;  ///< worth nothing before it was inspected
    std::vector<records::ReturnEntry> history;
};

/// For a person, or as one line of JSON.
void show(Output& out, const ReturnStory& story);

}  // namespace verso::app
