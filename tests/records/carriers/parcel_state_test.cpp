// SPDX-License-Identifier: Apache-2.0
// A parcel's life is written as lines "hour status"; days are 24 hours from a fixed start.
#include "records/carriers/parcel_state.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

namespace verso::records {
namespace {

using S = ParcelStatus;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

ZonedTime hour(int hours) {
    return {Instant(std::chrono::hours{24 * 20'000 + hours}), std::chrono::minutes{120}};
}

CarrierEvent event(int at, S status, IncidentCause cause = IncidentCause::None) {
    CarrierEvent out;
    out.tracking = "X1";
    out.status = status;
    out.cause = cause;
    out.at = hour(at);
    out.word = to_string(status);
    out.event_id = content_id(out);
    return out;
}

using Events = std::vector<CarrierEvent>;

TEST(ParcelState, AddsALifeUp) {
    Events life{event(0, S::LabelCreated),    event(5, S::InTransit),
                event(30, S::OutForDelivery), event(34, S::FailedAttempt, IncidentCause::Consignee),
                event(54, S::OutForDelivery), event(57, S::Delivered)};
    life[1].promised = hour(30).local_day();
    life[3].promised = hour(54).local_day();
    const ParcelState state = parcel_state(life);
    EXPECT_EQ(state.status, S::Delivered);
    EXPECT_EQ(state.delivered, hour(57));
    EXPECT_EQ(state.handed_over, hour(5));
    EXPECT_EQ(state.failed_attempts, 1);
    EXPECT_THAT(state.causes, ElementsAre(IncidentCause::Consignee));
    EXPECT_EQ(state.first_promised, hour(30).local_day());
    EXPECT_EQ(state.promised, hour(54).local_day());
}

TEST(ParcelState, NothingIsKnownOfNoEvents) {
    EXPECT_EQ(parcel_state({}), ParcelState{});
    EXPECT_EQ(parcel_state(Events{event(1, S::Unknown)}).status, S::Unknown);
}

TEST(ParcelState, NeverBackFromDelivered) {
    for (int i = 0; i <= static_cast<int>(S::Unknown); ++i) {
        const auto later = static_cast<S>(i);
        const ParcelState state =
            parcel_state(Events{event(1, S::InTransit), event(9, S::Delivered),
                                event(10, later, IncidentCause::Carrier)});
        EXPECT_EQ(state.status, S::Delivered) << to_string(later);
        EXPECT_EQ(state.delivered, hour(9)) << to_string(later);
        EXPECT_THAT(state.causes, IsEmpty()) << to_string(later);
    }
}

// A carrier writes "delivered" when a refused parcel is back at the shop.
TEST(ParcelState, WhatWentBackWasNotDeliveredToTheBuyer) {
    const ParcelState state =
        parcel_state(Events{event(1, S::InTransit), event(5, S::Returned, IncidentCause::Consignee),
                            event(50, S::Delivered)});
    EXPECT_EQ(state.status, S::Returned);
    EXPECT_FALSE(state.delivered);
}

TEST(ParcelState, ALabelIsNotMadeAgainOnceItMoved) {
    EXPECT_EQ(parcel_state(Events{event(1, S::InTransit), event(2, S::LabelCreated)}).status,
              S::InTransit);
    EXPECT_EQ(parcel_state(Events{event(1, S::InTransit), event(2, S::Cancelled)}).status,
              S::InTransit);
    EXPECT_EQ(parcel_state(Events{event(1, S::LabelCreated), event(2, S::Cancelled)}).status,
              S::Cancelled);
    EXPECT_EQ(parcel_state(Events{event(1, S::Cancelled), event(2, S::InTransit)}).status,
              S::InTransit);
}

TEST(ParcelState, AParcelGivenUpMayStillArrive) {
    const ParcelState state =
        parcel_state(Events{event(1, S::Failure, IncidentCause::Carrier), event(9, S::Delivered)});
    EXPECT_EQ(state.status, S::Delivered);
    EXPECT_THAT(state.causes, ElementsAre(IncidentCause::Carrier));
}

TEST(ParcelState, ToldTwiceCountsOnce) {
    const auto failed = event(3, S::FailedAttempt);
    EXPECT_EQ(parcel_state(Events{failed, failed, failed}).failed_attempts, 1);
    auto other_source = failed;
    other_source.source = EventSource::LaPoste;
    EXPECT_EQ(parcel_state(Events{failed, other_source}).failed_attempts, 2);
}

TEST(ParcelState, TheOrderOfArrivalDoesNotMatter) {
    const unsigned seed = 20261122;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 300; ++round) {
        Events events;
        for (int i = 0; i < 8; ++i) {
            events.push_back(event(static_cast<int>(random() % 6), static_cast<S>(random() % 11),
                                   static_cast<IncidentCause>(random() % 6)));
        }
        const ParcelState state = parcel_state(events);
        std::shuffle(events.begin(), events.end(), random);
        events.push_back(events.at(random() % events.size()));
        ASSERT_EQ(parcel_state(events), state) << "round " << round;
    }
}

TEST(ParcelNews, EachStatusIsToldOnce) {
    Events events{event(1, S::InTransit)};
    const ParcelState first = parcel_state(events);
    EXPECT_THAT(news({}, first), ElementsAre(S::InTransit));
    events.push_back(event(2, S::InTransit));
    EXPECT_THAT(news(first, parcel_state(events)), IsEmpty());
    events.push_back(event(5, S::OutForDelivery));
    const ParcelState second = parcel_state(events);
    EXPECT_THAT(news(first, second), ElementsAre(S::OutForDelivery));
    events.push_back(event(9, S::Delivered));
    const ParcelState third = parcel_state(events);
    EXPECT_THAT(news(second, third), ElementsAre(S::Delivered));
    events.push_back(event(7, S::FailedAttempt));
    EXPECT_THAT(news(third, parcel_state(events)), IsEmpty()) << "came too late";
}

TEST(ParcelNews, WhatCameAllAtOnceIsToldByItsEnd) {
    const ParcelState all = parcel_state(
        Events{event(1, S::InTransit), event(5, S::OutForDelivery), event(9, S::Delivered)});
    EXPECT_THAT(news({}, all), ElementsAre(S::Delivered));
}

TEST(ParcelNews, AnOlderStatusThatComesLateIsNoNews) {
    Events events{event(5, S::OutForDelivery)};
    const ParcelState before = parcel_state(events);
    events.push_back(event(1, S::InTransit));
    EXPECT_THAT(news(before, parcel_state(events)), IsEmpty());
}

}  // namespace
}  // namespace verso::records
