// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/card_life.h"

namespace verso::records {

namespace {

using P = CardPhase;
using C = Cell<CardPhase>;

constexpr EnumNames<CardPhase, 8> kPhases{{{P::Printed, "printed"},
                                           {P::Opened, "opened"},
                                           {P::Draft, "draft"},
                                           {P::Final, "final"},
                                           {P::Amended, "amended"},
                                           {P::Withdrawn, "withdrawn"},
                                           {P::Voided, "voided"},
                                           {P::Expired, "expired"}}};

constexpr EnumNames<CardEvent, 8> kEvents{{{CardEvent::Open, "open"},
                                           {CardEvent::Save, "save"},
                                           {CardEvent::Answer, "answer"},
                                           {CardEvent::NoScore, "no-score"},
                                           {CardEvent::Amend, "amend"},
                                           {CardEvent::Withdraw, "withdraw"},
                                           {CardEvent::Void, "void"},
                                           {CardEvent::Expire, "expire"}}};

constexpr auto kEveryPhase = enumerators(kPhases);
constexpr auto kEveryEvent = enumerators(kEvents);

constexpr C stay = C::stays();
constexpr C to(CardPhase phase) { return C::moves(phase); }
constexpr C nothing = C::refused("the card has no answer that could be changed");
constexpr C spent = C::refused("the card is answered: amend or withdraw the answer");
constexpr C kept = C::refused("the card is answered, and an answer is never voided");
constexpr C back = C::refused("the answer was withdrawn; the same card may amend it");
constexpr C voided = C::refused("the card was voided");
constexpr C expired = C::refused("the card has expired");
constexpr std::string_view kClosed = "the time to change the answer is over";

/// A column for each event: open, save, answer, no-score, amend, withdraw, void, expire.
constexpr TransitionTable<CardPhase, 8, 8> kTable{{
    // printed
    {to(P::Opened), to(P::Draft), to(P::Final), to(P::Opened), nothing, nothing, to(P::Voided),
     to(P::Expired)},
    // opened
    {stay, to(P::Draft), to(P::Final), stay, nothing, nothing, to(P::Voided), to(P::Expired)},
    // draft
    {stay, stay, to(P::Final), stay, nothing, nothing, to(P::Voided), to(P::Expired)},
    // final: the same answer again merges and another one goes to a person; neither unspends it
    {stay, spent, stay, stay, to(P::Amended), to(P::Withdrawn), kept, stay},
    // amended
    {stay, spent, stay, stay, stay, to(P::Withdrawn), kept, stay},
    // withdrawn
    {stay, back, back, stay, to(P::Amended), stay, kept, stay},
    // voided
    {voided, voided, voided, voided, voided, voided, voided, stay},
    // expired: what was on the way by post goes to a person
    {expired, expired, expired, expired, expired, expired, to(P::Voided), stay},
}};

constexpr std::chrono::hours kDay{24};

bool has_no_answer(CardPhase phase) {
    return phase == P::Printed || phase == P::Opened || phase == P::Draft;
}

}  // namespace

std::span<const CardPhase> all_card_phases() { return kEveryPhase; }
std::span<const CardEvent> all_card_events() { return kEveryEvent; }
std::string_view to_string(CardPhase phase) { return name_in(kPhases, phase); }
std::string_view to_string(CardEvent event) { return name_in(kEvents, event); }

Result<CardPhase> parse_card_phase(std::string_view text) {
    return value_in(kPhases, text, "a state of a card");
}

Transition<CardPhase> next_phase(CardPhase phase, CardEvent event) {
    return step_of(kTable, phase, event);
}

bool is_spent(CardPhase phase) {
    return phase == P::Final || phase == P::Amended || phase == P::Withdrawn;
}

std::optional<Instant> expires_at(const CardTimes& times, const CardTerms& terms) {
    if (terms.card_days <= 0) return std::nullopt;
    return times.printed_at + kDay * terms.card_days;
}

std::optional<Instant> amendable_until(const CardTimes& times, const CardTerms& terms) {
    if (!times.answered_at) return std::nullopt;
    return *times.answered_at + kDay * terms.amend_days;
}

CardPhase phase_at(CardPhase phase, const CardTimes& times, const CardTerms& terms, Instant now) {
    const auto end = expires_at(times, terms);
    return has_no_answer(phase) && end && now >= *end ? P::Expired : phase;
}

Transition<CardPhase> allowed_now(CardPhase phase, CardEvent event, const CardTimes& times,
                                  const CardTerms& terms, Instant now) {
    const CardPhase current = phase_at(phase, times, terms, now);
    const Transition<CardPhase> step = next_phase(current, event);
    const bool changes = event == CardEvent::Amend || event == CardEvent::Withdraw;
    const auto end = amendable_until(times, terms);
    if (!changes || step.is_refused() || (end && now < *end)) return step;
    return {Transition<CardPhase>::Kind::Refused, current, kClosed};
}

}  // namespace verso::records
