// SPDX-License-Identifier: Apache-2.0
#include "records/desk/return_acts.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/domain/card_link.h"
#include "records/desk/return_number.h"
#include "records/lifecycle/review_rule.h"

namespace verso::records {

namespace {

/// The parcel that the lines travelled in; NotAllowed when they were in several and none was said.
Result<int> parcel_of(const ReturnWords& words, const Order& order,
                      const std::vector<ReturnLine>& lines) {
    const auto has = [&](int parcel) {
        return std::any_of(order.parcels.begin(), order.parcels.end(),
                           [&](const Parcel& one) { return one.number == parcel; });
    };
    if (words.parcel != 0) {
        if (has(words.parcel)) return words.parcel;
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("the order has no parcel {}", words.parcel), order.number.get(),
                     "see: verso orders show"};
    }
    int parcel = 0;
    for (const OrderLine& bought : order.lines) {
        const bool comes = std::any_of(lines.begin(), lines.end(), [&](const ReturnLine& one) {
            return one.line == bought.line;
        });
        if (!comes) continue;
        if (parcel != 0 && parcel != bought.parcel) {
            return Error{ErrorCode::NotAllowed, "the lines went out in several parcels",
                         order.number.get(), "announce one return for each, or say which parcel"};
        }
        parcel = bought.parcel;
    }
    return parcel == 0 ? order.parcels.front().number : parcel;
}

Result<std::vector<ReturnLine>> announced_lines(const std::vector<std::string>& texts) {
    auto said = parse_line_words(texts);
    if (!said) return said.error();
    std::vector<ReturnLine> lines;
    for (const LineWord& word : *said) {
        if (word.pieces == 0) {
            return Error{ErrorCode::ValueInvalid,
                         fmt::format("no piece of line {} is announced", word.line), "",
                         "leave the line out"};
        }
        ReturnLine line{word.line, word.pieces};
        if (!word.word.empty()) {
            auto reason = parse_return_reason(word.word);
            if (!reason) return reason.error();
            line.reason = *reason;
        }
        lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end(),
              [](const ReturnLine& a, const ReturnLine& b) { return a.line < b.line; });
    return lines;
}

/// What the words announce, but for the RMA.
Result<Return> announced(const ReturnWords& words, const Order& order) {
    Return made;
    made.order = order.number;
    auto lines = announced_lines(words.lines);
    if (!lines) return lines.error();
    made.lines = std::move(*lines);
    auto parcel = parcel_of(words, order, made.lines);
    if (!parcel) return parcel.error();
    made.parcel = *parcel;
    auto wish = parse_return_wish(words.wish);
    if (!wish) return wish.error();
    made.wish = *wish;
    auto channel = parse_return_channel(words.channel);
    if (!channel) return channel.error();
    made.channel = *channel;
    made.label = words.label;
    made.comment = words.comment;
    return made;
}

/// What was counted, on top of what is known of the lines. Every announced line must be told the
/// first time: a forgotten one would count as missing.
Result<std::vector<ReturnLine>> counted_lines(const ReturnWords& words, const Return& made) {
    auto said = parse_line_words(words.lines);
    if (!said) return said.error();
    std::vector<ReturnLine> lines;
    for (const LineWord& word : *said) {
        const ReturnLine* known = made.find_line(word.line);
        ReturnLine line = known ? *known : ReturnLine{word.line};
        line.received = word.pieces;
        if (!word.word.empty()) {
            auto condition = parse_condition(word.word);
            if (!condition) return condition.error();
            line.condition = *condition;
        }
        lines.push_back(std::move(line));
    }
    for (const ReturnLine& line : made.lines) {
        const bool told = std::any_of(lines.begin(), lines.end(),
                                      [&](const ReturnLine& one) { return one.line == line.line; });
        if (told || made.state != ReturnState::Received) continue;
        return Error{ErrorCode::NotAllowed,
                     fmt::format("nobody said how many of line {} came", line.line), made.rma.get(),
                     fmt::format("say {}=PIECES, 0 if none", line.line)};
    }
    return lines;
}

Result<void> add_notes(const std::vector<std::string>& notes, std::vector<ReturnLine>& lines) {
    for (const std::string& text : notes) {
        const auto equals = text.find('=');
        const std::string number = text.substr(0, equals);
        const auto line = std::find_if(lines.begin(), lines.end(), [&](const ReturnLine& one) {
            return std::to_string(one.line) == number;
        });
        if (equals == std::string::npos || line == lines.end()) {
            return Error{ErrorCode::ValueInvalid,
                         fmt::format("'{}' is no note on one of the lines", text), "",
                         "write LINE=TEXT for a line that is counted"};
        }
        line->note = text.substr(equals + 1);
    }
    return {};
}

/// The sum that goes back, in words: what was said, else the proposal when nothing is doubtful.
Result<std::string> refund_words(const ReturnWords& words, const ReturnStory& story) {
    Money sum = story.proposal.total;
    if (words.amount.empty()) {
        for (const auto& line : story.proposal.lines) {
            if (line.doubt.empty()) continue;
            return Error{ErrorCode::NotAllowed, line.doubt,
                         fmt::format("{}, line {}", story.made.rma.get(), line.line),
                         "decide and say the amount; the proposal is " + format_money(sum)};
        }
    } else {
        auto said = parse_money(words.amount);
        if (!said) return said.error();
        sum = *said;
    }
    if (sum < Money{} || sum > story.order.total) {
        return Error{ErrorCode::NotAllowed,
                     fmt::format("{} is not between nothing and the order's total of {}",
                                 format_money(sum), format_money(story.order.total)),
                     story.order.number.get(), "give another amount"};
    }
    return format_money(sum) + " " + story.order.currency;
}

/// What is written down with a refund: the sum, and the reason that was given. The reason alone
/// where the table refuses it anyway.
Result<std::string> refund_detail(const Counter& counter, const ReturnWords& words,
                                  const Rma& rma) {
    auto story = read_return(counter.store, counter.shop, rma);
    if (!story) return story.error();
    if (next_return_state(story->made.state, ReturnEvent::Refund).is_refused()) return words.reason;
    auto sum = refund_words(words, *story);
    if (!sum) return sum.error();
    return *sum + (words.reason.empty() ? "" : ": " + words.reason);
}

}  // namespace

Result<Rma> announce_return(const Counter& counter, const ReturnWords& words, Instant at) {
    if (auto named = check_reviewer(words.who, {}); !named) return named.error();
    auto number = find_one_order(counter.store, counter.shop, words.code);
    if (!number) return number.error();
    auto story = read_story(counter.store, counter.shop, *number);
    if (!story) return story.error();
    auto may = check_staff_may(counter.actions, Action::Return, *story);
    if (!may) return may.error();
    auto made = announced(words, story->order);
    if (!made) return made.error();
    auto rma = words.rma.empty() ? rma_for(counter.store, counter.shop, *story, made->parcel)
                                 : given_rma(*story, words.rma);
    if (!rma) return rma.error();
    made->rma = *rma;
    if (made->label.empty()) made->label = printed_label(*story, *rma);
    auto kept = counter.store.returns().announce(counter.shop, *made, words.who, at);
    if (!kept) return kept.error();
    return rma;
}

Result<Rma> inspect_return(const Counter& counter, const ReturnWords& words, Instant at) {
    if (auto named = check_reviewer(words.who, {}); !named) return named.error();
    auto rma = find_one_return(counter.store, counter.shop, words.code);
    if (!rma) return rma;
    auto made = counter.store.returns().find(counter.shop, *rma);
    if (!made) return made.error();
    auto lines = counted_lines(words, **made);
    if (!lines) return lines.error();
    if (auto noted = add_notes(words.notes, *lines); !noted) return noted.error();
    auto kept = counter.store.returns().inspect(counter.shop, *rma, *lines, words.who, at);
    if (!kept) return kept.error();
    return rma;
}

Result<Rma> move_return(const Counter& counter, const ReturnWords& words, ReturnEvent event,
                        Instant at) {
    const bool decides = event != ReturnEvent::Receive;
    const std::span<const std::string> reviewers = counter.reviewers;
    auto named = check_reviewer(words.who, decides ? reviewers : reviewers.first(0));
    if (!named) return named.error();
    auto rma = find_one_return(counter.store, counter.shop, words.code);
    if (!rma) return rma;
    std::string detail = words.reason;
    if (event == ReturnEvent::Refund) {
        auto refund = refund_detail(counter, words, *rma);
        if (!refund) return refund.error();
        detail = std::move(*refund);
    }
    auto moved = counter.store.returns().move(counter.shop, *rma, event, words.who, detail, at);
    if (!moved) return moved.error();
    return rma;
}

}  // namespace verso::records
