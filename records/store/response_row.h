// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/domain/answer.h"
#include "records/store/connection.h"
#include "records/store/store_json.h"

namespace verso::records {

/// The columns that responses and ratings share.
struct ResponseRow {
    std::string order;
    long long card = 0;
    std::string channel, answers, comment;
    int publish = 0;
    long long recorded_at = 0;
    std::string kind, products;

    ResponseRow() = default;
    explicit ResponseRow(const Response& from)
        : order(from.order.get()),
          card(static_cast<long long>(from.card.get())),
          channel(to_string(from.channel)),
          answers(answers_to_json(from.answers)),
          comment(from.comment),
          publish(from.publish ? 1 : 0),
          recorded_at(seconds(from.recorded_at)),
          kind(to_string(from.kind)),
          products(products_to_json(from.products)) {}

    Query& bind(Query& query) {
        return query.out(order, card, channel, answers, comment, publish, recorded_at, kind,
                         products);
    }

    Result<Response> response() const {
        auto parsed = parse_answers(answers);
        if (!parsed) return parsed.error().at(order);
        auto stars = parse_products(products);
        if (!stars) return stars.error().at(order);
        auto by = parse_channel(channel);
        if (!by) return by.error().at(order);
        auto what = parse_response_kind(kind);
        if (!what) return what.error().at(order);
        return Response{CardId{static_cast<std::uint64_t>(card)},
                        OrderNumber{order},
                        *by,
                        std::move(*parsed),
                        comment,
                        publish != 0,
                        instant(recorded_at),
                        *what,
                        std::move(*stars)};
    }
};

}  // namespace verso::records
