// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "records/desk/order_story.h"
#include "records/lifecycle/return_refund.h"

namespace verso::records {

/// "2=1:damaged": of the order's line, how many pieces, and a word.
struct LineWord {
    int line = 0, pieces = 0;
    std::string word;  ///< empty when none was said
};
/// ValueInvalid, with how to write it; also for a line that is named twice.
Result<std::vector<LineWord>> parse_line_words(const std::vector<std::string>& texts);

/// The return that a person or a scanner names: by its RMA, or by the number of its label as
/// match_label finds it. NotFound; NotAllowed when a person must choose.
Result<Rma> find_one_return(Store& store, ShopId shop, const std::string& code);

/// A return with all that a person needs to decide: docs/operating.md, Returns.
struct ReturnStory {
    Return made;
    Order order;              ///< the newest revision
    RefundProposal proposal;  ///< worth nothing before it was inspected
    std::vector<ReturnEntry> history;
};

/// Everything of one return. NotFound.
Result<ReturnStory> read_return(Store& store, ShopId shop, const Rma& rma);

/// An RMA that a person gives: it is on a sheet of this order. ValueInvalid, NotAllowed.
Result<Rma> given_rma(const OrderStory& story, const std::string& text);

}  // namespace verso::records
