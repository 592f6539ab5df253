// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/order.h"
#include "core/util/result.h"
#include "records/lifecycle/transition.h"

namespace verso::records {

// A return: what the buyer said would come, what came, and what is paid back. Pure.

enum class ReturnState {
    Announced,  ///< by the sheet, on the web or at the desk
    InTransit,  ///< a carrier has scanned it
    Received,   ///< the parcel is in the house
    Inspected,  ///< its lines are counted and looked at
    Refunded,   ///< the money went back
    Exchanged,  ///< another article went out
    Cancelled,  ///< the buyer keeps the goods
};
enum class ReturnEvent { Depart, Receive, Inspect, Refund, Exchange, Cancel };

std::span<const ReturnState> all_return_states();
std::span<const ReturnEvent> all_return_events();
/// "announced", "in-transit" …
std::string_view to_string(ReturnState state);
Result<ReturnState> parse_return_state(std::string_view text);
/// "depart", "receive" …
std::string_view to_string(ReturnEvent event);

/// What an event does to a return. Money goes back once, and only for what was looked at; a parcel
/// that comes after all opens a cancelled return again.
Transition<ReturnState> next_return_state(ReturnState state, ReturnEvent event);

/// Why, in the order of the boxes on the return sheet.
enum class ReturnReason {
    NotSaid,
    TooSmall,
    TooLarge,
    Damaged,
    NotAsDescribed,
    ChangedMind,
    Other
};
/// "not-said", "too-small" …
std::string_view to_string(ReturnReason reason);
Result<ReturnReason> parse_return_reason(std::string_view text);
/// All of them, in their order: the figures and pages that list them.
std::span<const ReturnReason> all_return_reasons();

/// What the buyer would like.
enum class ReturnWish { NotSaid, Refund, Exchange };
std::string_view to_string(ReturnWish wish);
Result<ReturnWish> parse_return_wish(std::string_view text);

/// How it was announced.
enum class ReturnChannel { Sheet, Web, Desk };
std::string_view to_string(ReturnChannel channel);
Result<ReturnChannel> parse_return_channel(std::string_view text);

/// How goods came back.
enum class Condition { NotInspected, AsNew, Opened, Used, Damaged };
std::string_view to_string(Condition condition);
Result<Condition> parse_condition(std::string_view text);

/// One article of a return.
struct ReturnLine {
    int line = 0;      ///< of the order
    int expected = 0;  ///< pieces announced; 0: it came unannounced
    int received = 0;  ///< pieces counted
    ReturnReason reason = ReturnReason::NotSaid;
    Condition condition = Condition::NotInspected;
    std::string note{};                 ///< the inspector's words
    std::vector<std::string> photos{};  ///< files of the home, by their path in it
    friend bool operator==(const ReturnLine&, const ReturnLine&) = default;
};

/// One return, known by its RMA.
struct Return {
    Rma rma;
    OrderNumber order;
    int parcel = 1;  ///< that the goods came in
    ReturnState state = ReturnState::Announced;
    ReturnChannel channel = ReturnChannel::Desk;
    ReturnWish wish = ReturnWish::NotSaid;
    std::string label{};  ///< number on the return label; empty when none is known
    std::string comment{};
    std::vector<ReturnLine> lines{};  ///< by line, each once
    friend bool operator==(const Return&, const Return&) = default;

    const ReturnLine* find_line(int line) const;
};

/// Whether it can be of this order: each line once, known to the order, not more pieces announced
/// than were bought less those of its other returns (`others`, of which cancelled ones do not
/// count). What was received is a fact and may be more. ValueInvalid, with the line.
Result<void> check_return(const Return& made, const Order& order,
                          std::span<const Return> others = {});

/// Expected against received, one sentence for each line that differs: "1 of 2 × Fleur de sel
/// (SEL-1) is missing", "1 × Thym came unannounced". Empty before it was inspected.
std::vector<std::string> differences(const Return& made, const Order& order);

}  // namespace verso::records
