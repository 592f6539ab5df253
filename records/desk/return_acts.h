// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/desk/counter.h"
#include "records/desk/returns_desk.h"

namespace verso::records {

/// What a person says of goods that come back.
struct ReturnWords {
    std::string code;  ///< names an order to announce, else a return: find_one_return
    std::string who, reason, rma, label, comment;
    std::string amount;  ///< instead of the proposed refund: "1.50"
    std::string wish = "not-said", channel = "desk";
    int parcel = 0;                  ///< that the goods came in; 0: the one of the lines
    std::vector<std::string> lines;  ///< "2=1:damaged": parse_line_words
    std::vector<std::string> notes;  ///< "2=a text"
};

/// Announces what a buyer sends back of an order that has left, under the RMA of its sheet or a new
/// one. NotFound, ValueInvalid; NotAllowed by the table of actions, or when the lines went out in
/// several parcels and none was said.
Result<Rma> announce_return(const Counter& counter, const ReturnWords& words, Instant at);

/// Writes down what came back, line by line. NotAllowed, when it is done the first time, unless
/// every announced line is told: a forgotten one would count as missing. NotFound, ValueInvalid.
Result<Rma> inspect_return(const Counter& counter, const ReturnWords& words, Instant at);

/// Does one step of its life. A refund is the proposal, or the amount that is said: NotAllowed when
/// neither is beyond doubt. NotFound; NotAllowed as ReturnBook::move.
Result<Rma> move_return(const Counter& counter, const ReturnWords& words, ReturnEvent event,
                        Instant at);

}  // namespace verso::records
