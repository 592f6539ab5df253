// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/rating_rule.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/card/card_layout.h"
#include "core/domain/card_link.h"

namespace verso::records {

namespace {

std::string answers_text(const Response& response) {
    std::string text;
    for (const auto& [question, value] : response.answers) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", question, value);
    }
    return text;
}

constexpr int kMostStars = 5;

/// Whether each line that both rated has the same stars.
bool agree_on_products(const Response& a, const Response& b) {
    return std::all_of(a.products.begin(), a.products.end(), [&](const auto& rated) {
        const auto other = b.products.find(rated.first);
        return other == b.products.end() || other->second == rated.second;
    });
}

/// The later response against what counts: it merges, or it is a conflict.
RatingDecision merge(const Rating& current, const Response& response) {
    const auto conflict = [&](std::string detail) {
        return RatingDecision{ResponseOutcome::Conflict, current, std::move(detail)};
    };
    if (current.answers != response.answers) {
        return conflict(
            fmt::format("the order has the answer ({}) by {} already, this one says ({}) by {}",
                        answers_text(current), to_string(current.channel), answers_text(response),
                        to_string(response.channel)));
    }
    if (!agree_on_products(current, response)) {
        return conflict(fmt::format("the order has other stars for an article by {} already",
                                    to_string(current.channel)));
    }
    const bool two_comments = !current.comment.empty() && !response.comment.empty();
    if (two_comments && current.comment != response.comment) {
        return conflict(
            fmt::format("the order has another comment by {} already", to_string(current.channel)));
    }
    RatingDecision merged{ResponseOutcome::Merged, current, ""};
    if (merged.rating.comment.empty()) merged.rating.comment = response.comment;
    merged.rating.publish = current.publish && response.publish;
    merged.rating.products.insert(response.products.begin(), response.products.end());
    return merged;
}

Error refused(CardId card, std::string why, std::string cure = "") {
    return {ErrorCode::NotAllowed, std::move(why), format_card(card), std::move(cure)};
}

/// May this card change what counts, now?
Result<void> check_amendable(const RatingFacts& facts, CardId card, Instant at,
                             const AmendProof& proof) {
    if (!facts.rating) return refused(card, "the card has no answer that could be changed");
    if (facts.rating->card != card) {
        return refused(card, "the order was rated with another of its cards",
                       "use the card that gave the answer");
    }
    if (!proof.has_secret) {
        return refused(card, "an answer is changed with the card's own link only",
                       "scan the QR code of the card");
    }
    const CardPhase phase = facts.is_withdrawn ? CardPhase::Withdrawn : CardPhase::Final;
    const CardTimes times{{}, facts.answered_at};
    const auto step = allowed_now(phase, CardEvent::Amend, times, proof.terms, at);
    if (step.is_refused()) return refused(card, std::string(step.why), "contact the shop");
    return {};
}

bool says_the_same(const Rating& rating, const Response& response) {
    return rating.answers == response.answers && rating.products == response.products &&
           rating.comment == response.comment && rating.publish == response.publish;
}

Error not_an_answer(const Reading& reading, std::string_view why) {
    return {ErrorCode::NotAllowed, fmt::format("the reading is no answer: {}", why), reading.source,
            "settle it in review"};
}

}  // namespace

RatingDecision decide_rating(const RatingFacts& facts, const Response& response) {
    if (response.kind != ResponseKind::Scores) {
        return {ResponseOutcome::Noted, facts.rating.value_or(Rating{}), ""};
    }
    if (!facts.rating) return {ResponseOutcome::First, response, ""};
    const Rating& current = *facts.rating;
    if (facts.is_withdrawn) {
        return {ResponseOutcome::Conflict, current,
                fmt::format("the buyer took back the answer ({}) by {}, this one says ({}) by {}",
                            answers_text(current), to_string(current.channel),
                            answers_text(response), to_string(response.channel))};
    }
    return merge(current, response);
}

RatingDecision decide_rating(const std::optional<Rating>& current, const Response& response) {
    return decide_rating(RatingFacts{current, false, {}}, response);
}

Result<RatingDecision> decide_amendment(const RatingFacts& facts, const Response& response,
                                        const AmendProof& proof) {
    if (response.kind != ResponseKind::Scores || !response.answers.contains(kOverallQuestion)) {
        return refused(response.card, "a changed answer needs the overall score",
                       "withdraw the answer to take it back");
    }
    auto may = check_amendable(facts, response.card, response.recorded_at, proof);
    if (!may) return may.error();
    if (!facts.is_withdrawn && says_the_same(*facts.rating, response)) {
        return RatingDecision{ResponseOutcome::Merged, *facts.rating, ""};
    }
    return RatingDecision{ResponseOutcome::Amended, response, ""};
}

Result<RatingDecision> decide_withdrawal(const RatingFacts& facts, CardId card, Instant at,
                                         const AmendProof& proof) {
    if (auto may = check_amendable(facts, card, at, proof); !may) return may.error();
    return RatingDecision{ResponseOutcome::Withdrawn, *facts.rating, ""};
}

Result<void> check_response(const Response& response, const Order& order) {
    const std::string& where = order.number.get();
    const auto wrong = [&](const std::string& why) {
        return Error{ErrorCode::ValueInvalid, why, where, ""};
    };
    if (response.kind != ResponseKind::Scores) {
        if (response.answers.empty() && response.products.empty()) return {};
        return wrong(fmt::format("the answer '{}' has no scores", to_string(response.kind)));
    }
    if (!response.answers.contains(kOverallQuestion)) {
        return wrong("the overall question is not answered");
    }
    for (const auto& [line, stars] : response.products) {
        const bool known = std::any_of(
            order.lines.begin(), order.lines.end(),
            [&, number = line](const OrderLine& candidate) { return candidate.line == number; });
        if (!known) return wrong(fmt::format("the order has no line {}", line));
        if (stars < 1 || stars > kMostStars) {
            return wrong(
                fmt::format("{} stars for line {} are not 1 to {}", stars, line, kMostStars));
        }
    }
    return {};
}

Result<Response> to_response(const Reading& reading, Instant at) {
    if (reading.verdict != Verdict::Accepted) return not_an_answer(reading, "it was not accepted");
    if (reading.side != SheetSide::Answer) return not_an_answer(reading, "it is no answer card");
    if (!reading.card) return not_an_answer(reading, "it names no card");
    if (reading.order.empty()) return not_an_answer(reading, "its order is not known");
    Response response;
    response.card = *reading.card;
    response.order = OrderNumber{reading.order};
    response.channel = Channel::Paper;
    response.recorded_at = at;
    for (const AnswerReading& answer : reading.answers) {
        if (answer.state == AnswerState::Blank) continue;
        if (answer.state == AnswerState::Ambiguous || !answer.value) {
            return not_an_answer(reading, fmt::format("'{}' is doubtful", answer.question));
        }
        if (answer.question == kPublishQuestion) {
            response.publish = *answer.value == 1;
        } else {
            response.answers[answer.question] = *answer.value;
        }
    }
    if (!response.answers.contains(kOverallQuestion)) {
        return not_an_answer(reading, "the overall question is not answered");
    }
    return response;
}

}  // namespace verso::records
