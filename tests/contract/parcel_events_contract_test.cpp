// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <thread>

#include "records/carriers/parcel_events.h"
#include "tests/contract/any_store.h"

namespace verso::records::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const ShopId kShop{1};
const Instant kNow{std::chrono::seconds{1'790'000'000}};

CarrierEvent event(std::string_view at, ParcelStatus status, std::string tracking = "6A 123") {
    CarrierEvent out;
    out.source = EventSource::LaPoste;
    out.carrier = "colissimo";
    out.tracking = std::move(tracking);
    out.status = status;
    out.at = parse_event_time(at).value();
    out.word = to_string(status);
    out.raw = "{\"code\":\"é\"}";
    out.event_id = content_id(out);
    return out;
}

class ParcelEventsContract : public AnyStore {
  protected:
    KeptEvents keep(const std::vector<CarrierEvent>& events) {
        auto kept = store_->parcel_events().keep(kShop, events, kNow);
        EXPECT_TRUE(kept) << kept.error().text();
        return kept.value_or({});
    }
    std::vector<CarrierEvent> of(std::string_view parcel) {
        return store_->parcel_events().events_of(kShop, parcel).value();
    }
};

TEST_P(ParcelEventsContract, GivesBackWhatItWasGiven) {
    CarrierEvent full = event("2026-10-08T23:30:00-05:00", ParcelStatus::FailedAttempt);
    full.cause = IncidentCause::Consignee;
    full.promised = parse_day("2026-10-09").value();
    full.order = "#1001";
    full.order_key = "77";
    full.parcel = 2;
    keep({full});
    EXPECT_THAT(of("6A123"), ElementsAre(full));
    EXPECT_THAT(of("6a-123"), SizeIs(1)) << "as people write it";
    EXPECT_THAT(of("6A124"), IsEmpty());
    EXPECT_EQ(format_day(of("6A123").at(0).at.local_day()), "2026-10-08") << "the day of the place";
}

TEST_P(ParcelEventsContract, ToldTwiceIsKeptOnce) {
    const auto first = event("2026-10-08T08:00:00Z", ParcelStatus::InTransit);
    const auto second = event("2026-10-08T15:00:00Z", ParcelStatus::Delivered);
    EXPECT_EQ(keep({first}).added, 1);
    const KeptEvents kept = keep({second, first, second});
    EXPECT_EQ(kept.added, 1);
    EXPECT_EQ(kept.known, 2);
    EXPECT_THAT(of("6A123"), ElementsAre(first, second));
    CarrierEvent other = first;
    other.source = EventSource::AfterShip;
    EXPECT_EQ(keep({other}).added, 1) << "an id is its source's";
}

TEST_P(ParcelEventsContract, ByTheCarriersTimeNotByArrival) {
    const auto late = event("2026-10-08T15:00:00Z", ParcelStatus::Delivered);
    const auto early = event("2026-10-08T08:00:00Z", ParcelStatus::OutForDelivery);
    keep({late});
    keep({early});
    EXPECT_THAT(of("6A123"), ElementsAre(early, late));
    EXPECT_EQ(parcel_state(of("6A123")).status, ParcelStatus::Delivered);
}

TEST_P(ParcelEventsContract, AParcelKnownByItsOrderOnly) {
    CarrierEvent event_of_order = event("2026-10-08T08:00:00Z", ParcelStatus::Delivered, "");
    event_of_order.order_key = "2776493818019";
    keep({event_of_order});
    EXPECT_THAT(of("key:2776493818019"), ElementsAre(event_of_order));
}

TEST_P(ParcelEventsContract, OneShopNeverSeesAnother) {
    const auto one = event("2026-10-08T08:00:00Z", ParcelStatus::InTransit);
    keep({one});
    const ShopId other = store_->create_shop("Autre").value();
    EXPECT_THAT(store_->parcel_events().events_of(other, "6A123").value(), IsEmpty());
    EXPECT_EQ(store_->parcel_events().keep(other, std::vector{one}, kNow)->added, 1);
}

TEST_P(ParcelEventsContract, AFailureInBetweenLeavesNothingHalf) {
    const std::vector<CarrierEvent> both{event("2026-10-08T08:00:00Z", ParcelStatus::InTransit),
                                         event("2026-10-08T09:00:00Z", ParcelStatus::Delivered)};
    for (int failures = 0; failures < 3; ++failures) {
        fail_after_ = failures;
        EXPECT_FALSE(store_->parcel_events().keep(kShop, both, kNow)) << failures;
        fail_after_.reset();
        EXPECT_THAT(of("6A123"), IsEmpty()) << failures;
    }
    EXPECT_EQ(keep(both).added, 2);
}

// Two programs are told different things of the same parcels at once.
TEST_P(ParcelEventsContract, TwoWhoTellAtOnceAreBothHeard) {
    auto second = another();
    if (!second) GTEST_SKIP() << "a memory has one connection";
    const auto tell = [](Store& store, ParcelStatus status, int hour) {
        for (int i = 0; i < 20; ++i) {
            const std::string at = "2026-10-08T" + std::to_string(hour) + ":00:00Z";
            std::vector<CarrierEvent> told{event(at, status, "A" + std::to_string(i)),
                                           event(at, status, "B" + std::to_string(19 - i))};
            auto kept = store.parcel_events().keep(kShop, told, kNow);
            EXPECT_TRUE(kept) << kept.error().text();
        }
    };
    std::thread other([&] { tell(*second, ParcelStatus::Delivered, 15); });
    tell(*store_, ParcelStatus::InTransit, 10);
    other.join();
    for (int i = 0; i < 20; ++i) {
        EXPECT_THAT(of("A" + std::to_string(i)), SizeIs(2));
        EXPECT_THAT(of("B" + std::to_string(i)), SizeIs(2));
    }
}

VERSO_ON_EVERY_STORE(ParcelEventsContract);

}  // namespace
}  // namespace verso::records::testing
