// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/card_life.h"

#include <gtest/gtest.h>

#include "tests/records/builders.h"
#include "tests/records/lifecycle/transition_text.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

constexpr std::chrono::hours kDay{24};

TEST(CardLife, EveryCell) {
    EXPECT_EQ(table_text(all_card_phases(), all_card_events(), next_phase), squeezed(R"(
        printed   opened draft final opened x       x         voided expired
        opened    .      draft final .      x       x         voided expired
        draft     .      .     final .      x       x         voided expired
        final     .      x     .     .      amended withdrawn x      .
        amended   .      x     .     .      .       withdrawn x      .
        withdrawn .      x     x     .      amended .         x      .
        voided    x      x     x     x      x       x         x      .
        expired   x      x     x     x      x       x         voided .
    )"));
}

TEST(CardLife, OnlyAFinalAnswerSpendsACard) {
    for (const CardPhase phase : {CardPhase::Printed, CardPhase::Opened, CardPhase::Draft}) {
        for (const CardEvent event : all_card_events()) {
            EXPECT_EQ(is_spent(next_phase(phase, event).to), event == CardEvent::Answer);
        }
    }
}

TEST(CardLife, NoEventUnspendsACard) {
    for (const CardPhase phase : all_card_phases()) {
        if (!is_spent(phase)) continue;
        for (const CardEvent event : all_card_events()) {
            EXPECT_TRUE(is_spent(next_phase(phase, event).to));
        }
    }
}

TEST(CardLife, RefusalsSayWhy) {
    for (const CardPhase phase : all_card_phases()) {
        for (const CardEvent event : all_card_events()) {
            const auto step = next_phase(phase, event);
            EXPECT_EQ(step.is_refused(), !step.why.empty());
            EXPECT_TRUE(!step.is_refused() || step.to == phase);
        }
    }
}

TEST(CardLife, AnUnansweredCardExpiresAtTheSecondAndNotBefore) {
    const CardTimes times{at(0), {}};
    const CardTerms terms{30, 60};
    const Instant end = at(0) + 60 * kDay;
    EXPECT_EQ(expires_at(times, terms), end);
    for (const CardPhase phase : {CardPhase::Printed, CardPhase::Opened, CardPhase::Draft}) {
        EXPECT_EQ(phase_at(phase, times, terms, end - std::chrono::seconds{1}), phase);
        EXPECT_EQ(phase_at(phase, times, terms, end), CardPhase::Expired);
    }
    for (const CardPhase phase : {CardPhase::Final, CardPhase::Amended, CardPhase::Withdrawn,
                                  CardPhase::Voided, CardPhase::Expired}) {
        EXPECT_EQ(phase_at(phase, times, terms, end + 900 * kDay), phase);
    }
    EXPECT_TRUE(allowed_now(CardPhase::Printed, CardEvent::Answer, times, terms, end).is_refused());
}

TEST(CardLife, ByDefaultACardNeverExpires) {
    const CardTimes times{at(0), {}};
    EXPECT_EQ(expires_at(times, {}), std::nullopt);
    EXPECT_EQ(phase_at(CardPhase::Printed, times, {}, at(0) + 3650 * kDay), CardPhase::Printed);
}

TEST(CardLife, AnAnswerChangesInsideTheWindowOnly) {
    const CardTimes times{at(0), at(500)};
    const CardTerms terms{7, 0};
    const Instant end = at(500) + 7 * kDay;
    for (const CardEvent event : {CardEvent::Amend, CardEvent::Withdraw}) {
        const auto inside = end - std::chrono::seconds{1};
        EXPECT_FALSE(allowed_now(CardPhase::Final, event, times, terms, inside).is_refused());
        EXPECT_TRUE(allowed_now(CardPhase::Final, event, times, terms, end).is_refused());
        EXPECT_TRUE(allowed_now(CardPhase::Final, event, times, {0, 0}, at(500)).is_refused());
        EXPECT_TRUE(allowed_now(CardPhase::Printed, event, {at(0), {}}, terms, at(1)).is_refused());
    }
    EXPECT_FALSE(allowed_now(CardPhase::Final, CardEvent::Answer, times, terms, end).is_refused());
}

TEST(CardLife, NamesGoBothWays) {
    for (const CardPhase phase : all_card_phases()) {
        EXPECT_EQ(parse_card_phase(to_string(phase)).value(), phase);
    }
    EXPECT_FALSE(parse_card_phase(""));
}

}  // namespace
}  // namespace verso::records
