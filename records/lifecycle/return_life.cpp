// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/return_life.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace verso::records {

namespace {

using S = ReturnState;
using C = Cell<ReturnState>;

constexpr EnumNames<ReturnState, 7> kStates{{{S::Announced, "announced"},
                                             {S::InTransit, "in-transit"},
                                             {S::Received, "received"},
                                             {S::Inspected, "inspected"},
                                             {S::Refunded, "refunded"},
                                             {S::Exchanged, "exchanged"},
                                             {S::Cancelled, "cancelled"}}};
constexpr EnumNames<ReturnEvent, 6> kEvents{{{ReturnEvent::Depart, "depart"},
                                             {ReturnEvent::Receive, "receive"},
                                             {ReturnEvent::Inspect, "inspect"},
                                             {ReturnEvent::Refund, "refund"},
                                             {ReturnEvent::Exchange, "exchange"},
                                             {ReturnEvent::Cancel, "cancel"}}};
constexpr EnumNames<ReturnReason, 7> kReasons{{{ReturnReason::NotSaid, "not-said"},
                                               {ReturnReason::TooSmall, "too-small"},
                                               {ReturnReason::TooLarge, "too-large"},
                                               {ReturnReason::Damaged, "damaged"},
                                               {ReturnReason::NotAsDescribed, "not-as-described"},
                                               {ReturnReason::ChangedMind, "changed-mind"},
                                               {ReturnReason::Other, "other"}}};
constexpr EnumNames<ReturnWish, 3> kWishes{{{ReturnWish::NotSaid, "not-said"},
                                            {ReturnWish::Refund, "refund"},
                                            {ReturnWish::Exchange, "exchange"}}};
constexpr EnumNames<ReturnChannel, 3> kChannels{
    {{ReturnChannel::Sheet, "sheet"}, {ReturnChannel::Web, "web"}, {ReturnChannel::Desk, "desk"}}};
constexpr EnumNames<Condition, 5> kConditions{{{Condition::NotInspected, "not-inspected"},
                                               {Condition::AsNew, "as-new"},
                                               {Condition::Opened, "opened"},
                                               {Condition::Used, "used"},
                                               {Condition::Damaged, "damaged"}}};
constexpr auto kEveryState = enumerators(kStates);
constexpr auto kEveryEvent = enumerators(kEvents);
constexpr auto kEveryReason = enumerators(kReasons);

constexpr C stay = C::stays();
constexpr C to(ReturnState state) { return C::moves(state); }
constexpr C away = C::refused("the parcel has not come yet");
constexpr C unseen = C::refused("what came is not inspected yet");
constexpr C coming = C::refused("the parcel is on its way or here already");
constexpr C closed = C::refused("the return is closed: its money went back");
constexpr C swapped = C::refused("the return is closed: it was exchanged");
constexpr C dropped = C::refused("the return was cancelled");

/// A column for each event: depart, receive, inspect, refund, exchange, cancel.
constexpr TransitionTable<ReturnState, 7, 6> kTable{{
    // announced
    {to(S::InTransit), to(S::Received), away, away, away, to(S::Cancelled)},
    // in transit
    {stay, to(S::Received), away, away, away, coming},
    // received
    {stay, stay, to(S::Inspected), unseen, unseen, coming},
    // inspected: may be looked at again
    {stay, stay, stay, to(S::Refunded), to(S::Exchanged), coming},
    // refunded: never paid twice
    {stay, stay, closed, closed, closed, closed},
    // exchanged
    {stay, stay, swapped, swapped, swapped, swapped},
    // cancelled: a parcel that comes after all is taken in
    {to(S::InTransit), to(S::Received), dropped, dropped, dropped, stay},
}};

const OrderLine* find_line(const Order& order, int line) {
    const auto it = std::find_if(order.lines.begin(), order.lines.end(),
                                 [&](const OrderLine& one) { return one.line == line; });
    return it == order.lines.end() ? nullptr : &*it;
}

/// Pieces of a line that other returns have or expect.
std::int64_t elsewhere(std::span<const Return> others, const Rma& own, int line) {
    std::int64_t pieces = 0;
    for (const Return& other : others) {
        if (other.rma == own || other.state == S::Cancelled) continue;
        if (const ReturnLine* found = other.find_line(line)) {
            const bool is_counted = other.state != S::Announced && other.state != S::InTransit;
            pieces += is_counted ? found->received : found->expected;
        }
    }
    return pieces;
}

std::string name_of(const Order& order, int line) {
    const OrderLine* found = find_line(order, line);
    if (found == nullptr) return fmt::format("line {}", line);
    const std::string& text = found->title.empty() ? found->sku : found->title;
    if (found->sku.empty() || found->title.empty()) return text;
    return fmt::format("{} ({})", text, found->sku);
}

}  // namespace

std::span<const ReturnState> all_return_states() { return kEveryState; }
std::span<const ReturnEvent> all_return_events() { return kEveryEvent; }
std::span<const ReturnReason> all_return_reasons() { return kEveryReason; }
std::string_view to_string(ReturnState state) { return name_in(kStates, state); }
std::string_view to_string(ReturnEvent event) { return name_in(kEvents, event); }
std::string_view to_string(ReturnReason reason) { return name_in(kReasons, reason); }
std::string_view to_string(ReturnWish wish) { return name_in(kWishes, wish); }
std::string_view to_string(ReturnChannel channel) { return name_in(kChannels, channel); }
std::string_view to_string(Condition condition) { return name_in(kConditions, condition); }

Result<ReturnState> parse_return_state(std::string_view text) {
    return value_in(kStates, text, "a state of a return");
}
Result<ReturnReason> parse_return_reason(std::string_view text) {
    return value_in(kReasons, text, "a reason for a return");
}
Result<ReturnWish> parse_return_wish(std::string_view text) {
    return value_in(kWishes, text, "a wish of a return");
}
Result<ReturnChannel> parse_return_channel(std::string_view text) {
    return value_in(kChannels, text, "a way to announce a return");
}
Result<Condition> parse_condition(std::string_view text) {
    return value_in(kConditions, text, "a condition of goods");
}

Transition<ReturnState> next_return_state(ReturnState state, ReturnEvent event) {
    return step_of(kTable, state, event);
}

const ReturnLine* Return::find_line(int line) const {
    const auto it = std::find_if(lines.begin(), lines.end(),
                                 [&](const ReturnLine& one) { return one.line == line; });
    return it == lines.end() ? nullptr : &*it;
}

Result<void> check_return(const Return& made, const Order& order, std::span<const Return> others) {
    const auto wrong = [&](std::string why) {
        return Error{ErrorCode::ValueInvalid, std::move(why), order.number.get(),
                     "verso orders show has the lines"};
    };
    std::set<int> seen;
    for (const ReturnLine& line : made.lines) {
        const OrderLine* bought = records::find_line(order, line.line);
        if (bought == nullptr) return wrong(fmt::format("the order has no line {}", line.line));
        if (!seen.insert(line.line).second) {
            return wrong(fmt::format("line {} is in the return twice", line.line));
        }
        if (line.expected < 0 || line.received < 0) {
            return wrong(fmt::format("line {} has fewer than no pieces", line.line));
        }
        const std::int64_t left = bought->quantity - elsewhere(others, made.rma, line.line);
        if (line.expected > left) {
            return wrong(
                fmt::format("{} pieces of line {} are more than the {} that {} not "
                            "returned yet",
                            line.expected, line.line, std::max<std::int64_t>(left, 0),
                            left == 1 ? "is" : "are"));
        }
    }
    return {};
}

std::vector<std::string> differences(const Return& made, const Order& order) {
    std::vector<std::string> out;
    const bool is_counted =
        made.state == S::Inspected || made.state == S::Refunded || made.state == S::Exchanged;
    if (!is_counted) return out;
    for (const ReturnLine& line : made.lines) {
        if (line.received == line.expected) continue;
        const std::string name = name_of(order, line.line);
        if (line.expected == 0) {
            out.push_back(fmt::format("{} × {} came unannounced", line.received, name));
        } else if (line.received < line.expected) {
            const int missing = line.expected - line.received;
            out.push_back(fmt::format("{} of {} × {} {} missing", missing, line.expected, name,
                                      missing == 1 ? "is" : "are"));
        } else {
            out.push_back(fmt::format("{} × {} came, {} more than announced", line.received, name,
                                      line.received - line.expected));
        }
    }
    return out;
}

}  // namespace verso::records
