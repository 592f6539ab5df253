// SPDX-License-Identifier: Apache-2.0
#include "core/domain/card_link.h"
#include "records/store/list_book.h"
#include "service/api/api_routes.h"
#include "service/api/list_cursor.h"

namespace verso::service {

namespace {

using records::KeyScope;

Json products_json(const Response& response) {
    Json products = Json::array();
    for (const auto& [line, stars] : response.products) {
        products.push_back({{"line", line}, {"stars", stars}});
    }
    return products;
}

Json response_json(const Response& response) {
    return {{"order", response.order.get()},
            {"card", format_card(response.card)},
            {"channel", to_string(response.channel)},
            {"kind", to_string(response.kind)},
            {"answers", response.answers},
            {"products", products_json(response)},
            {"comment", response.comment},
            {"publish", response.publish},
            {"recorded_at", format_utc(response.recorded_at)}};
}

/// What makes a row another one than it was before.
std::string mark_of(long long id, const Response& response) {
    return std::to_string(id) +
           response_json(response).dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// A page of rows that have a place and hold a response.
template <class Listed, class Show>
Result<ApiAnswer> page_of(const ApiCall& call,
                          Result<std::vector<Listed>> (records::ListBook::*list)(ShopId,
                                                                                 records::ListPlace,
                                                                                 int),
                          Show&& show) {
    auto limit = limit_of(call);
    if (!limit) return limit.error();
    const std::string text = call.request.query_value("cursor");
    auto cursor = text.empty() ? Result<ListCursor>(ListCursor{}) : ListCursor::parse(text);
    if (!cursor) return cursor.error();
    auto rows = (records::lists_of(call.store).*list)(call.shop(), cursor->place(),
                                                      cursor->rows_for(*limit));
    if (!rows) return rows.error();
    std::vector<ListCursor::Row> seen;
    seen.reserve(rows->size());
    for (const Listed& row : *rows) seen.push_back(show.row(row));
    const auto page = cursor->take(seen, *limit, call.now);
    Json data = Json::array();
    for (const std::size_t index : page.chosen) data.push_back(show.json(rows->at(index)));
    return answer_json({{"data", std::move(data)}, {"next", cursor->text()}, {"more", page.more}});
}

struct ShowRating {
    ListCursor::Row row(const records::PlacedRating& one) const {
        return {one.place, one.rating.recorded_at, mark_of(one.place.id, one.rating)};
    }
    Json json(const records::PlacedRating& one) const { return response_json(one.rating); }
};

struct ShowResponse {
    ListCursor::Row row(const records::PlacedResponse& one) const {
        return {one.place, one.response.recorded_at, std::to_string(one.place.id)};
    }
    Json json(const records::PlacedResponse& one) const {
        Json json = response_json(one.response);
        json["outcome"] = one.outcome;
        return json;
    }
};

Result<ApiAnswer> list_ratings(const ApiCall& call) {
    return page_of(call, &records::ListBook::rating_page, ShowRating{});
}

Result<ApiAnswer> list_responses(const ApiCall& call) {
    return page_of(call, &records::ListBook::response_page, ShowResponse{});
}

Result<ApiAnswer> show_rating(const ApiCall& call) {
    const std::string& text = call.path.at("number");
    for (const std::string& number : {text, "#" + text}) {
        auto rating = call.store.find_rating(call.shop(), OrderNumber{number});
        if (!rating) return rating.error();
        if (*rating) return answer_json(response_json(**rating));
    }
    return Error{ErrorCode::NotFound, "this order has no rating", text, ""};
}

}  // namespace

void add_rating_routes(ApiDoor& door, Router& router) {
    door.read(router, "/api/v1/ratings", KeyScope::RatingsRead, {"cursor", "limit"}, list_ratings);
    door.read(router, "/api/v1/ratings/{number}", KeyScope::RatingsRead, {}, show_rating);
    door.read(router, "/api/v1/responses", KeyScope::RatingsRead, {"cursor", "limit"},
              list_responses);
}

}  // namespace verso::service
