// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <limits>

#include "core/domain/card_link.h"
#include "records/hooks/hook_data.h"
#include "records/lifecycle/rating_rule.h"
#include "records/store/order_table.h"
#include "records/store/response_row.h"
#include "records/store/statements.h"
#include "records/store/store_json.h"
#include "records/store/store_soci.h"

namespace verso::records {

namespace {

/// What a response was for its card.
CardEvent event_of(ResponseOutcome outcome) {
    switch (outcome) {
        case ResponseOutcome::Amended:
            return CardEvent::Amend;
        case ResponseOutcome::Withdrawn:
            return CardEvent::Withdraw;
        case ResponseOutcome::Noted:
            return CardEvent::NoScore;
        case ResponseOutcome::First:
        case ResponseOutcome::Merged:
        case ResponseOutcome::Conflict:
        case ResponseOutcome::Chosen:
            break;
    }
    return CardEvent::Answer;
}

/// What a shop's own systems are told of it, if anything.
std::optional<HookKind> hook_kind_of(ResponseOutcome outcome) {
    switch (outcome) {
        case ResponseOutcome::First:
        case ResponseOutcome::Chosen:
            return HookKind::RatingRecorded;
        case ResponseOutcome::Amended:
            return HookKind::RatingAmended;
        case ResponseOutcome::Withdrawn:
            return HookKind::RatingWithdrawn;
        case ResponseOutcome::Merged:
        case ResponseOutcome::Conflict:
        case ResponseOutcome::Noted:
            break;
    }
    return std::nullopt;
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
        case ResponseOutcome::Chosen:
            return "chosen";
    }
    return "";
}

Result<SociStore::Asked> SociStore::ask(ShopId shop, const OrderNumber& order, CardId card) {
    // From here on order and card stand still: what is decided is what is written.
    auto asked = read_card(card);
    if (!asked || asked->card.shop != shop || asked->card.insert.order != order) {
        return Error{ErrorCode::NotFound,
                     fmt::format("no such card was printed for order {}", order.get()),
                     format_card(card), ""};
    }
    if (asked->card.state == CardState::Voided) {
        return Error{ErrorCode::NotAllowed,
                     fmt::format("the card was voided: {}", asked->card.void_reason),
                     format_card(card), ""};
    }
    // Kept so once its secret was forgotten; a time that is over is told by check_answerable.
    if (asked->card.phase == CardPhase::Expired) {
        return Error{ErrorCode::NotAllowed, "the card has expired", format_card(card), ""};
    }
    if (auto read = read_facts(*asked); !read) return read.error();
    return std::move(*asked);
}

std::optional<SociStore::Asked> SociStore::read_card(CardId card) {
    const auto id = static_cast<long long>(card.get());
    long long shop = 0, printed_at = 0, voided_at = -1;
    std::string number, state, void_reason;
    Asked asked;
    PrintedInsert& insert = asked.card.insert;
    Query query = db_.query(sql::kAnsweredCard);
    query.in(id).out(shop, asked.order, number, insert.revision, insert.parcel,
                     insert.template_name, printed_at, insert.packer, insert.buyer, state,
                     void_reason, voided_at, asked.body);
    if (!query.run()) return std::nullopt;
    asked.card.shop = ShopId{shop};
    insert.order = OrderNumber{number};
    insert.card = card;
    insert.printed_at = instant(printed_at);
    set_state(asked.card, state, voided_at, void_reason);
    return asked;
}

Result<void> SociStore::read_facts(Asked& to) {
    ResponseRow row;
    int withdrawn = 0;
    long long answered_at = 0;
    std::string figures;
    row.order = to.card.insert.order.get();
    row.kind = "scores";  // nothing else counts
    if (!db_.query(sql::kRatingFacts)
             .in(to.order)
             .out(row.card, row.channel, row.answers, row.comment, row.publish, row.recorded_at,
                  row.products, withdrawn, answered_at, figures)
             .run()) {
        return {};
    }
    auto rating = row.response();
    if (!rating) return rating.error().at(db_.place());
    to.facts = {std::move(*rating), withdrawn != 0, instant(answered_at)};
    to.has_row = true;
    to.figures = figures;
    return {};
}

Result<RecordedResponse> SociStore::record_response(ShopId shop, const Response& response,
                                                    std::optional<ReadingId> reading) {
    return in_scope([&]() -> Result<RecordedResponse> {
        auto asked = ask(shop, response.order, response.card);
        if (!asked) return asked.error();
        return keep_decision(shop, *asked, response, decide_rating(asked->facts, response),
                             reading);
    });
}

Result<RecordedResponse> SociStore::amend_response(ShopId shop, const Response& response,
                                                   const AmendProof& proof) {
    return in_scope([&]() -> Result<RecordedResponse> {
        auto asked = ask(shop, response.order, response.card);
        if (!asked) return asked.error();
        auto decision = decide_amendment(asked->facts, response, proof);
        if (!decision) return decision.error();
        return keep_decision(shop, *asked, response, *decision, std::nullopt);
    });
}

Result<RecordedResponse> SociStore::withdraw_response(ShopId shop, const OrderNumber& order,
                                                      CardId card, Instant at,
                                                      const AmendProof& proof) {
    return in_scope([&]() -> Result<RecordedResponse> {
        auto asked = ask(shop, order, card);
        if (!asked) return asked.error();
        auto decision = decide_withdrawal(asked->facts, card, at, proof);
        if (!decision) return decision.error();
        Response taken_back;
        taken_back.card = card;
        taken_back.order = order;
        taken_back.channel = Channel::Qr;
        taken_back.recorded_at = at;
        return keep_decision(shop, *asked, taken_back, *decision, std::nullopt);
    });
}

Result<RecordedResponse> SociStore::keep_decision(ShopId shop, const Asked& asked,
                                                  const Response& response,
                                                  const RatingDecision& decision,
                                                  std::optional<ReadingId> reading) {
    auto kept = insert_response(shop, asked.order, response, reading, decision.outcome);
    if (!kept) return kept.error();
    if (auto written = write_rating(shop, asked, response, decision); !written) {
        return written.error();
    }
    if (decision.outcome == ResponseOutcome::Conflict && !reading) {
        auto waits =
            insert_review(shop, 0, kept->get(), response.order.get(), format_card(response.card),
                          {{RejectionCode::Duplicate, "", decision.detail}}, response.recorded_at);
        if (!waits) return waits.error();
    }
    const auto moved = next_phase(asked.card.phase, event_of(decision.outcome));
    if (moved.kind == Transition<CardPhase>::Kind::Moves) {
        write_phase(response.card, moved.to, "", response.recorded_at);
    }
    auto told = tell_rating(shop, decision.outcome, response, response.recorded_at);
    if (!told) return told.error();
    return RecordedResponse{*kept, decision.outcome};
}

Result<void> SociStore::tell_rating(ShopId shop, ResponseOutcome outcome, const Response& response,
                                    Instant now) {
    const auto kind = hook_kind_of(outcome);
    if (!kind || !hooks_.is_wanted(shop, *kind)) return {};
    return hooks_.tell(shop, *kind, rating_data(response), now);
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
            row.recorded_at, row.kind, row.products, decided)
        .out(id)
        .run();
    return ResponseId{id};
}

Result<void> SociStore::write_rating(ShopId shop, const Asked& asked, const Response& response,
                                     const RatingDecision& decision) {
    if (decision.outcome == ResponseOutcome::Conflict) return {};
    const bool counts = decision.outcome != ResponseOutcome::Withdrawn &&
                        decision.outcome != ResponseOutcome::Noted;
    std::string figures;
    if (decision.outcome != ResponseOutcome::Withdrawn) {
        auto entry = count_response(shop, asked, counts ? decision.rating : response);
        if (!entry) return entry.error();
        figures = std::move(*entry);
    }
    if (decision.outcome == ResponseOutcome::Noted) return {};
    if (auto undone = uncount(shop, asked.figures); !undone) return undone;
    long long order = asked.order;
    if (decision.outcome == ResponseOutcome::Withdrawn) {
        db_.write(sql::kWithdrawRating, order);
        return {};
    }
    ResponseRow row(decision.rating);
    long long answered_at = seconds(response.recorded_at);
    if (asked.has_row) {
        db_.write(sql::kReplaceRating, row.card, row.channel, row.answers, row.comment, row.publish,
                  row.recorded_at, row.products, figures, order);
    } else {
        db_.write(sql::kInsertRating, order, row.card, row.channel, row.answers, row.comment,
                  row.publish, row.recorded_at, row.products, answered_at, figures);
    }
    return {};
}

Result<std::optional<KeptResponse>> SociStore::response_in_review(ShopId shop,
                                                                  const ReviewItem& item) {
    return in_safety([&]() -> Result<std::optional<KeptResponse>> {
        const long long shop_id = shop.get();
        const long long response = item.response ? item.response->get() : 0;
        const long long reading = item.reading ? item.reading->get() : 0;
        long long id = 0;
        ResponseRow row;
        Query query = db_.query(sql::kResponseInReview);
        query.in(shop_id, response, reading).out(id);
        if (!row.bind(query).run()) return std::optional<KeptResponse>{};
        auto kept = row.response();
        if (!kept) return kept.error().at(db_.place());
        return std::optional<KeptResponse>{{ResponseId{id}, std::move(*kept)}};
    });
}

Result<void> SociStore::choose_response(ShopId shop, const KeptResponse& chosen) {
    return in_scope([&]() -> Result<void> {
        const Response& response = chosen.response;
        auto asked = ask(shop, response.order, response.card);
        if (!asked) return asked.error();
        const std::string outcome(to_string(ResponseOutcome::Chosen));
        const long long id = chosen.id.get();
        if (db_.write(sql::kOutcome, outcome, id, asked->order) == 0) {
            return Error{ErrorCode::NotFound, "no such answer was recorded for the order",
                         response.order.get(), ""};
        }
        const RatingDecision decision{ResponseOutcome::Chosen, response, ""};
        if (auto kept = write_rating(shop, *asked, response, decision); !kept) return kept;
        const auto moved = next_phase(asked->card.phase, CardEvent::Answer);
        if (moved.kind == Transition<CardPhase>::Kind::Moves) {
            write_phase(response.card, moved.to, "", response.recorded_at);
        }
        return tell_rating(shop, ResponseOutcome::Chosen, response, system_clock().now());
    });
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

Result<std::vector<ListedRating>> SociStore::newest_ratings(ShopId shop, std::int64_t before,
                                                            int most) {
    return in_safety([&]() -> Result<std::vector<ListedRating>> {
        const long long shop_id = shop.get();
        const long long end = before > 0 ? before : std::numeric_limits<long long>::max();
        const long long limit = most;
        long long place = 0;
        ResponseRow row;
        Query query(db_.cache(), sql::kNewestRatings);
        query.in(shop_id, end, limit).out(place);
        row.bind(query);
        std::vector<ListedRating> out;
        for (bool more = query.first(); more; more = query.next()) {
            auto rating = row.response();
            if (!rating) return rating.error().at(db_.place());
            out.push_back({place, std::move(*rating)});
        }
        return out;
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
