// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/util/result.h"
#include "core/util/time.h"
#include "records/lifecycle/transition.h"

namespace verso::records {

// The life of one card. Only a final answer spends it: opening the link, a draft, or "not received
// yet" leave it as it was. Pure.

enum class CardPhase {
    Printed,    ///< nobody has used it
    Opened,     ///< its page was seen
    Draft,      ///< answers were begun and not sent
    Final,      ///< answered: the card is spent
    Amended,    ///< answered, and changed by the same card
    Withdrawn,  ///< answered, and taken back by the same card
    Voided,     ///< never to be answered: reprinted, or its order changed
    Expired,    ///< not answered in time
};

enum class CardEvent {
    Open,      ///< its page is shown
    Save,      ///< a draft is kept
    Answer,    ///< scores come, by any channel
    NoScore,   ///< "not received yet" or "cancelled" comes
    Amend,     ///< other scores come, by the card's secret
    Withdraw,  ///< the answer is taken back, by the card's secret
    Void,      ///< by the shop, with a reason
    Expire,    ///< its time is over
};

/// All of them, in their order.
std::span<const CardPhase> all_card_phases();
std::span<const CardEvent> all_card_events();
/// "printed", "opened" …
std::string_view to_string(CardPhase phase);
Result<CardPhase> parse_card_phase(std::string_view text);
/// "open", "save" …
std::string_view to_string(CardEvent event);

/// What an event does to a card. Time is not in it: ask allowed_now.
Transition<CardPhase> next_phase(CardPhase phase, CardEvent event);

/// Whether the card has been used up: it has, or had, an answer.
bool is_spent(CardPhase phase);

/// The shop's terms: verso.toml, section [cards].
struct CardTerms {
    int amend_days = 30;  ///< after the first answer; 0: answers are never changed. Default 30
    int card_days = 0;    ///< after the print; 0: cards never expire. Default 0

    friend bool operator==(const CardTerms&, const CardTerms&) = default;
};

/// When things happened to one card.
struct CardTimes {
    Instant printed_at{};
    std::optional<Instant> answered_at{};  ///< its first final answer
};

/// The moment from which the card is expired; nothing when it never is.
std::optional<Instant> expires_at(const CardTimes& times, const CardTerms& terms);
/// The moment from which an answer can neither be amended nor withdrawn; nothing without answer.
std::optional<Instant> amendable_until(const CardTimes& times, const CardTerms& terms);

/// The phase at a moment: a card that nobody answered becomes Expired exactly at expires_at.
CardPhase phase_at(CardPhase phase, const CardTimes& times, const CardTerms& terms, Instant now);

/// The same as next_phase, with time: an expired card takes no answer, a closed window no change.
/// At the very second of the end it is over.
Transition<CardPhase> allowed_now(CardPhase phase, CardEvent event, const CardTimes& times,
                                  const CardTerms& terms, Instant now);

}  // namespace verso::records
