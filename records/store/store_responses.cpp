// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "core/domain/card_link.h"
#include "records/lifecycle/rating_rule.h"
#include "records/store/statements.h"
#include "records/store/store_json.h"
#include "records/store/store_soci.h"

namespace verso::records {

namespace {

/// The columns that responses and ratings share.
struct ResponseRow {
    std::string order;
    long long card = 0;
    std::string channel, answers, comment;
    int publish = 0;
    long long recorded_at = 0;

    ResponseRow() = default;
    explicit ResponseRow(const Response& from)
        : order(from.order.get()),
          card(static_cast<long long>(from.card.get())),
          channel(to_string(from.channel)),
          answers(answers_to_json(from.answers)),
          comment(from.comment),
          publish(from.publish ? 1 : 0),
          recorded_at(from.recorded_at.time_since_epoch().count()) {}

    Query& bind(Query& query) {
        return query.out(order, card, channel, answers, comment, publish, recorded_at);
    }

    Result<Response> response() const {
        auto parsed = parse_answers(answers);
        if (!parsed) return parsed.error().at(order);
        auto by = parse_channel(channel);
        if (!by) return by.error().at(order);
        return Response{CardId{static_cast<std::uint64_t>(card)},
                        OrderNumber{order},
                        *by,
                        std::move(*parsed),
                        comment,
                        publish != 0,
                        Instant{std::chrono::seconds{recorded_at}}};
    }
};

/// May this card answer for this order?
Result<void> check_card(const std::optional<CardRecord>& card, ShopId shop,
                        const Response& response) {
    const std::string where = format_card(response.card);
    if (!card || card->shop != shop || card->insert.order != response.order) {
        return Error{ErrorCode::NotFound,
                     fmt::format("no such card was printed for order {}", response.order.get()),
                     where, ""};
    }
    if (card->state == CardState::Voided) {
        return Error{ErrorCode::NotAllowed,
                     fmt::format("the card was voided: {}", card->void_reason), where, ""};
    }
    return {};
}

}  // namespace

std::string_view to_string(ResponseOutcome outcome) {
    switch (outcome) {
        case ResponseOutcome::First:
            return "first";
        case ResponseOutcome::Merged:
            return "merged";
        case ResponseOutcome::Conflict:
            return "conflict";
        case ResponseOutcome::Amended:
            return "amended";
        case ResponseOutcome::Withdrawn:
            return "withdrawn";
        case ResponseOutcome::Noted:
            return "noted";
    }
    return "";
}

Result<RecordedResponse> SociStore::record_response(ShopId shop, const Response& response,
                                                    std::optional<ReadingId> reading) {
    return in_scope([&]() -> Result<RecordedResponse> {
        auto card = find_card(response.card);
        if (!card) return card.error();
        if (auto may = check_card(*card, shop, response); !may) return may.error();
        auto current = find_rating(shop, response.order);
        if (!current) return current.error();
        auto order = order_id(shop, response.order);
        if (!order) return order.error();
        const RatingDecision decision = decide_rating(*current, response);
        auto kept = insert_response(shop, *order, response, reading, decision.outcome);
        if (!kept) return kept.error();
        write_rating(*order, decision);
        if (decision.outcome == ResponseOutcome::Conflict && !reading) {
            insert_review(shop, 0, kept->get(), response.order.get(), format_card(response.card),
                          {{RejectionCode::Duplicate, "", decision.detail}}, response.recorded_at);
        }
        const auto card_id = static_cast<long long>(response.card.get());
        before(sql::kAnswerCard);
        query(sql::kAnswerCard).in(card_id).run();
        return RecordedResponse{*kept, decision.outcome};
    });
}

Result<ResponseId> SociStore::insert_response(ShopId shop, long long order,
                                              const Response& response,
                                              std::optional<ReadingId> reading,
                                              ResponseOutcome outcome) {
    const long long shop_id = shop.get(), reading_id = reading ? reading->get() : 0;
    if (reading) {
        long long known = 0;
        query(sql::kReadingOfShop).in(reading_id, shop_id).out(known).run();
        if (known == 0) {
            return Error{ErrorCode::NotFound, "the reading of this response was not recorded",
                         response.order.get(), ""};
        }
    }
    const ResponseRow row(response);
    const std::string decided(to_string(outcome));
    long long id = 0;
    before(sql::kInsertResponse);
    query(sql::kInsertResponse)
        .in(order, row.card, reading_id, row.channel, row.answers, row.comment, row.publish,
            row.recorded_at, decided)
        .out(id)
        .run();
    return ResponseId{id};
}

void SociStore::write_rating(long long order, const RatingDecision& decision) {
    const ResponseRow row(decision.rating);
    if (decision.outcome == ResponseOutcome::First) {
        before(sql::kInsertRating);
        query(sql::kInsertRating)
            .in(order, row.card, row.channel, row.answers, row.comment, row.publish,
                row.recorded_at)
            .run();
    } else if (decision.outcome == ResponseOutcome::Merged) {
        before(sql::kMergeRating);
        query(sql::kMergeRating).in(row.comment, row.publish, order).run();
    }
}

Result<std::vector<Response>> SociStore::responses_of(ShopId shop, const OrderNumber& order) {
    return in_safety([&]() -> Result<std::vector<Response>> {
        std::vector<Response> found;
        ResponseRow row;
        const long long shop_id = shop.get();
        Query query(db_.cache(), sql::kResponsesOfOrder);
        query.in(shop_id, order.get());
        row.bind(query);
        for (bool more = query.first(); more; more = query.next()) {
            auto response = row.response();
            if (!response) return response.error().at(db_.place());
            found.push_back(std::move(*response));
        }
        return found;
    });
}

Result<std::optional<Rating>> SociStore::find_rating(ShopId shop, const OrderNumber& order) {
    return in_safety([&]() -> Result<std::optional<Rating>> {
        ResponseRow row;
        const long long shop_id = shop.get();
        Query query(db_.cache(), sql::kRatingOfOrder);
        query.in(shop_id, order.get());
        if (!row.bind(query).run()) return std::optional<Rating>{};
        auto rating = row.response();
        if (!rating) return rating.error().at(db_.place());
        return std::optional<Rating>{std::move(*rating)};
    });
}

Result<void> SociStore::ratings(ShopId shop,
                                const std::function<Result<void>(const Rating&)>& visit) {
    return in_safety([&]() -> Result<void> {
        ResponseRow row;
        const long long shop_id = shop.get();
        Query query(db_.cache(), sql::kRatings);
        query.in(shop_id);
        row.bind(query);
        for (bool more = query.first(); more; more = query.next()) {
            auto rating = row.response();
            if (!rating) return rating.error().at(db_.place());
            if (auto visited = visit(*rating); !visited) return visited;
        }
        return {};
    });
}

}  // namespace verso::records
