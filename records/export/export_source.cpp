// SPDX-License-Identifier: Apache-2.0
#include "records/export/export_source.h"

#include <algorithm>
#include <limits>
#include <set>

#include "core/card/card_layout.h"
#include "records/store/desk_book.h"

namespace verso::records {

namespace {

/// Completes a response by what its order and its card say.
Result<ExportRow> row_of(Store& store, ShopId shop, Response response) {
    auto order = store.find_order(shop, response.order);
    if (!order) return order.error();
    auto cards = store.cards_of(shop, response.order);
    if (!cards) return cards.error();
    ExportRow row{std::move(response), std::move(*order)};
    auto notes = desk_of(store).order_notes(shop, row.order.number);
    if (!notes) return notes.error();
    row.text_hidden = is_text_hidden(*notes);
    const auto card = std::ranges::find(*cards, row.rating.card,
                                        [](const CardRecord& each) { return each.insert.card; });
    if (card == cards->end()) return row;
    row.parcel = card->insert.parcel;
    row.template_name = card->insert.template_name;
    for (const Parcel& parcel : row.order.parcels) {
        if (parcel.number != row.parcel) continue;
        row.carrier = parcel.carrier;
        row.service = parcel.service;
    }
    return row;
}

void add_return(const Return& made, SegmentRow& to) {
    if (made.state == ReturnState::Cancelled) return;
    ++to.returns;
    for (const ReturnLine& line : made.lines) {
        if (std::ranges::find(to.reasons, line.reason) == to.reasons.end()) {
            to.reasons.push_back(line.reason);
        }
    }
}

bool is_same(const Response& a, const Response& b) {
    return a.card == b.card && a.recorded_at == b.recorded_at && a.channel == b.channel &&
           a.answers == b.answers;
}

}  // namespace

Result<std::vector<std::string>> questions_of(Store& store, ShopId shop) {
    std::set<std::string, std::less<>> names;
    auto visited = store.ratings(shop, [&](const Rating& rating) -> Result<void> {
        for (const auto& [question, value] : rating.answers) names.insert(question);
        return {};
    });
    if (!visited) return visited.error();
    std::vector<std::string> questions{std::string(kOverallQuestion)};
    for (const std::string& name : names) {
        if (name != kOverallQuestion) questions.push_back(name);
    }
    return questions;
}

Result<ExportCursor> visit_ratings(Store& store, ShopId shop, const ExportCursor& since,
                                   const std::function<Result<void>(const ExportRow&)>& visit) {
    ExportCursor::Advance advance(since);
    // The numbers first, so that the visitor may use the store.
    std::vector<OrderNumber> found;
    auto listed = store.ratings(shop, [&](const Rating& rating) -> Result<void> {
        advance.saw(rating);
        if (since.is_new(rating)) found.push_back(rating.order);
        return {};
    });
    if (!listed) return listed.error();
    for (const OrderNumber& number : found) {
        auto rating = store.find_rating(shop, number);
        if (!rating) return rating.error();
        if (!*rating) continue;  // withdrawn in between
        auto row = row_of(store, shop, std::move(**rating));
        if (!row) return row.error();
        if (auto visited = visit(*row); !visited) return visited.error();
    }
    return advance.cursor();
}

Result<ExportCursor> visit_responses(
    Store& store, ShopId shop, const ExportCursor& since,
    const std::function<Result<void>(const ExportedResponse&)>& visit) {
    ExportCursor::Advance advance(since);
    auto visited = store.orders(shop, [&](const Order& order) -> Result<void> {
        auto responses = store.responses_of(shop, order.number);
        if (!responses) return responses.error();
        if (responses->empty()) return {};
        auto rating = store.find_rating(shop, order.number);
        if (!rating) return rating.error();
        for (Response& response : *responses) {
            advance.saw(response);
            if (!since.is_new(response)) continue;
            const bool counts = *rating && is_same(**rating, response);
            auto row = row_of(store, shop, std::move(response));
            if (!row) return row.error();
            if (auto shown = visit({std::move(*row), counts}); !shown) return shown;
        }
        return {};
    });
    if (!visited) return visited.error();
    return advance.cursor();
}

Result<void> visit_segments(Store& store, ShopId shop,
                            const std::function<Result<void>(const SegmentRow&)>& visit) {
    return store.orders(shop, [&](const Order& order) -> Result<void> {
        if (order.insider) return {};
        auto cards = store.cards_of(shop, order.number);
        if (!cards) return cards.error();
        const bool asked = std::ranges::any_of(
            *cards, [](const CardRecord& card) { return card.state != CardState::Voided; });
        if (!asked) return {};
        auto rating = store.find_rating(shop, order.number);
        if (!rating) return rating.error();
        SegmentRow row{order, segment_of(*rating), std::move(*rating)};
        auto returns = store.returns().of_order(shop, order.number);
        if (!returns) return returns.error();
        for (const Return& one : *returns) add_return(one, row);
        return visit(row);
    });
}

Result<void> visit_returns(
    Store& store, ShopId shop,
    const std::function<Result<void>(const Return&, const Order&, Instant)>& visit) {
    auto all = store.returns().list(shop, std::nullopt, std::numeric_limits<int>::max());
    if (!all) return all.error();
    for (auto one = all->rbegin(); one != all->rend(); ++one) {
        auto order = store.find_order(shop, one->order);
        if (!order) return order.error();
        auto history = store.returns().history(shop, one->rma);
        if (!history) return history.error();
        const Instant opened = history->empty() ? Instant{} : history->front().at;
        if (auto shown = visit(*one, *order, opened); !shown) return shown;
    }
    return {};
}

}  // namespace verso::records
