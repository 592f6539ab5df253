// SPDX-License-Identifier: Apache-2.0
#include "records/desk/order_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "records/desk/returns_desk.h"
#include "records/lifecycle/order_changes.h"
#include "records/lifecycle/review_rule.h"
#include "records/store/desk_book.h"

namespace verso::records {

namespace {

/// The part of an address with this name; null when there is none.
std::string* part_of(Address& address, std::string_view name) {
    if (name == "name") return &address.name;
    if (name == "company") return &address.company;
    if (name == "line1") return &address.line1;
    if (name == "line2") return &address.line2;
    if (name == "postcode") return &address.postcode;
    if (name == "city") return &address.city;
    if (name == "region") return &address.region;
    if (name == "country") return &address.country;
    return nullptr;
}

bool is_country(std::string_view text) {
    return text.size() == 2 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Result<void> change_address(const std::vector<std::string>& parts, Address& address) {
    constexpr std::size_t kLongest = 200;
    for (const std::string& text : parts) {
        const auto equals = text.find('=');
        std::string* part = part_of(address, text.substr(0, equals));
        const std::string value = equals == std::string::npos ? "" : text.substr(equals + 1);
        const bool plain = value.size() <= kLongest &&
                           std::none_of(value.begin(), value.end(),
                                        [](unsigned char c) { return c < 0x20 || c == 0x7f; });
        if (equals == std::string::npos || part == nullptr || !plain ||
            (part == &address.country && !is_country(value))) {
            return Error{ErrorCode::ValueInvalid,
                         fmt::format("'{}' is no part of an address", text), "",
                         "write PART=TEXT on one line: name, company, line1, line2, postcode, "
                         "city, region, country (two capital letters)"};
        }
        *part = value;
    }
    return {};
}

/// What so many pieces of the line cost: a share of what it cost, or the pieces more at their
/// price.
Money total_of(const OrderLine& line, int pieces) {
    if (pieces <= line.quantity) {
        return share_of(line.line_total, line.quantity, 0, pieces);
    }
    return {line.line_total.minor + line.unit_price.minor * (pieces - line.quantity)};
}

Result<void> change_line(const LineWord& word, Order& order) {
    constexpr std::int64_t kDearest = 1'000'000'000'000;  // cents: times a million pieces it fits
    const auto line = std::find_if(order.lines.begin(), order.lines.end(),
                                   [&](const OrderLine& one) { return one.line == word.line; });
    if (line == order.lines.end() || !word.word.empty()) {
        return Error{ErrorCode::ValueInvalid, fmt::format("the order has no line {}", word.line),
                     order.number.get(), "write LINE=PIECES; the order shows its lines"};
    }
    if (line->unit_price.minor > kDearest || line->quantity <= 0) {
        return Error{ErrorCode::NotAllowed, fmt::format("line {} cannot be counted", word.line),
                     order.number.get(), "change it in the shop and import the order again"};
    }
    const Money total = total_of(*line, word.pieces);
    order.total.minor =
        std::max<std::int64_t>(0, order.total.minor + total.minor - line->line_total.minor);
    line->line_total = total;
    line->quantity = word.pieces;
    line->backordered = std::min(line->backordered, word.pieces);
    return {};
}

/// Lines without pieces go, and parcels that are empty then.
void drop_empty(Order& order) {
    std::erase_if(order.lines, [](const OrderLine& one) { return one.quantity == 0; });
    if (order.lines.empty()) return;
    std::erase_if(order.parcels, [&](const Parcel& box) {
        return std::none_of(order.lines.begin(), order.lines.end(),
                            [&](const OrderLine& one) { return one.parcel == box.number; });
    });
}

Result<void> change(const OrderWords& words, Order& order) {
    if (auto done = change_address(words.address, order.ship_to); !done) return done;
    if (words.lines.empty()) return {};
    auto lines = parse_line_words(words.lines);
    if (!lines) return lines.error();
    for (const LineWord& word : *lines) {
        if (auto done = change_line(word, order); !done) return done;
    }
    drop_empty(order);
    if (!order.lines.empty()) return {};
    return Error{ErrorCode::NotAllowed, "nothing would be left of the order", order.number.get(),
                 "cancel the whole order"};
}

Result<void> check_person(const Counter& counter, const OrderWords& words) {
    auto named = check_reviewer(words.who, counter.reviewers);
    if (!named) return named;
    if (!words.reason.empty()) return {};
    return Error{ErrorCode::ValueInvalid, "nobody said why", words.order, "give a reason"};
}

/// The cards that were not voided before and are now.
Result<std::vector<CardId>> voided_since(const Counter& counter, const OrderStory& before) {
    auto cards = counter.store.cards_of(counter.shop, before.order.number);
    if (!cards) return cards.error();
    std::vector<CardId> out;
    for (const auto& card : *cards) {
        if (card.state != CardState::Voided) continue;
        const bool was =
            std::any_of(before.cards.begin(), before.cards.end(), [&](const CardRecord& one) {
                return one.insert.card == card.insert.card && one.state == CardState::Voided;
            });
        if (!was) out.push_back(card.insert.card);
    }
    return out;
}

/// The order as a person found it, in a scope of its own.
Result<OrderStory> story_of(const Counter& counter, const OrderWords& words) {
    if (auto person = check_person(counter, words); !person) return person.error();
    auto number = find_one_order(counter.store, counter.shop, words.order);
    if (!number) return number.error();
    return read_story(counter.store, counter.shop, *number);
}

/// Keeps the changed order and the note. Inside a scope.
Result<OrderDone> keep(const Counter& counter, const OrderStory& before, const Order& changed,
                       const DeskEntry& entry) {
    auto saved = desk_of(counter.store).edit_order(counter.shop, changed, entry.at);
    if (!saved) return saved.error();
    if (*saved == Saved::Unchanged) {
        return Error{ErrorCode::ValueInvalid, "nothing would change", changed.number.get(),
                     "see: verso orders show"};
    }
    auto noted = desk_of(counter.store).note_order(counter.shop, changed.number, entry);
    if (!noted) return noted.error();
    auto order = counter.store.find_order(counter.shop, changed.number);
    if (!order) return order.error();
    auto voids = voided_since(counter, before);
    if (!voids) return voids.error();
    return OrderDone{std::move(*order), std::move(*voids)};
}

}  // namespace

Result<OrderDone> cancel_order(const Counter& counter, const OrderWords& words, Instant at) {
    auto scope = counter.store.begin();
    if (!scope) return scope.error();
    auto story = story_of(counter, words);
    if (!story) return story.error();
    auto may = check_staff_may(counter.actions, Action::Cancel, *story);
    if (!may) return may.error();
    Order changed = story->order;
    changed.status = OrderStatus::Cancelled;
    changed.cancelled_at = ZonedTime{at, changed.placed_at.offset};
    auto done = keep(counter, *story, changed, {at, words.who, "cancel", words.reason});
    if (!done) return done;
    if (auto kept = (*scope)->commit(); !kept) return kept.error();
    return done;
}

Result<OrderDone> edit_order(const Counter& counter, const OrderWords& words, Instant at) {
    auto scope = counter.store.begin();
    if (!scope) return scope.error();
    auto story = story_of(counter, words);
    if (!story) return story.error();
    const ActionTable& table = counter.actions;
    for (const auto& [said, action] : {std::pair{!words.address.empty(), Action::ChangeAddress},
                                       std::pair{!words.lines.empty(), Action::ChangeLines}}) {
        if (!said) continue;
        if (auto may = check_staff_may(table, action, *story); !may) return may.error();
    }
    Order changed = story->order;
    if (auto sound = change(words, changed); !sound) return sound.error();
    const auto changes = changes_between(story->order, changed);
    const std::string detail = words.reason + ": " + to_reason(changes);
    auto done = keep(counter, *story, changed, {at, words.who, "edit", detail});
    if (!done) return done;
    if (auto kept = (*scope)->commit(); !kept) return kept.error();
    return done;
}

}  // namespace verso::records
