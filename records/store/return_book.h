// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "core/util/time.h"
#include "records/lifecycle/label_match.h"
#include "records/lifecycle/return_life.h"

namespace verso::records {

/// What happened to a return, by whom and when.
struct ReturnEntry {
    Instant at{};
    std::string who;
    std::string what;    ///< an event's name: "announce", "receive" …
    std::string detail;  ///< what was said with it; may be empty
    friend bool operator==(const ReturnEntry&, const ReturnEntry&) = default;
};

/// A return that a scanned code may mean.
struct ReturnCandidate {
    Rma rma;
    OrderNumber order;
    MatchGrade grade = MatchGrade::Exact;
    std::size_t length = 0;  ///< of the text that they share
    friend bool operator==(const ReturnCandidate&, const ReturnCandidate&) = default;
};

/// Returns, durable (lifecycle/return_life.h). Part of its Store's transactions and threads; each
/// call that writes is a whole. Any may fail with DatabaseFailed; `who` is never empty.
class ReturnBook {
  public:
    virtual ~ReturnBook() = default;

    /// Keeps a return as Announced, whatever its state says. NotFound: no such order;
    /// AlreadyExists: the RMA is announced already; ValueInvalid: what check_return says.
    virtual Result<void> announce(ShopId shop, const Return& made, std::string_view who,
                                  Instant at) = 0;
    /// Does what the event does; an event that changes nothing is not entered. NotFound; NotAllowed
    /// with the table's reason. Gives the return as it is then.
    virtual Result<Return> move(ShopId shop, const Rma& rma, ReturnEvent event,
                                std::string_view who, std::string_view detail, Instant at) = 0;
    /// Writes down what was counted: received, condition, note and photos of these lines; a line
    /// that was not announced is added with nothing expected. NotFound; NotAllowed by the table;
    /// ValueInvalid for a line that the order has not.
    virtual Result<Return> inspect(ShopId shop, const Rma& rma, std::span<const ReturnLine> counted,
                                   std::string_view who, Instant at) = 0;

    virtual Result<std::optional<Return>> find(ShopId shop, const Rma& rma) = 0;
    /// All returns of an order, oldest first.
    virtual Result<std::vector<Return>> of_order(ShopId shop, const OrderNumber& order) = 0;
    /// In that state, or all, newest first, at most `most`.
    virtual Result<std::vector<Return>> list(ShopId shop, std::optional<ReturnState> state,
                                             int most) = 0;
    /// Oldest first; empty for an RMA that is not known.
    virtual Result<std::vector<ReturnEntry>> history(ShopId shop, const Rma& rma) = 0;
    /// The returns whose label number a scanned code may be, best first; never a guess.
    virtual Result<std::vector<ReturnCandidate>> match(ShopId shop, std::string_view scanned) = 0;
};

}  // namespace verso::records
