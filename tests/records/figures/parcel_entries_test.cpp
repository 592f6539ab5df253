// SPDX-License-Identifier: Apache-2.0
// One order of one parcel, promised for 2026-10-05, and what carriers told of it.
#include "records/figures/parcel_entries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ParcelEntries : public ::testing::Test {
  protected:
    ParcelEntries() {
        card_.insert = sample_print(order_.number, LayoutNumber{1}, 1).insert;
        card_.insert.packer = "Zoé";
        card_.insert.buyer = "repeat";
    }
    void told(std::string_view when, ParcelStatus status) {
        CarrierEvent event;
        event.event_id = std::to_string(events_.size());
        event.status = status;
        event.at = parse_event_time(when).value();
        events_.push_back(event);
    }
    std::vector<FigureEntry> entries() {
        const PrintedCard printed{card_, order_};
        return parcel_entries(order_, 1, std::span(&printed, 1), events_);
    }
    FigureEntry answer(std::string_view when, int overall = 2) {
        Rating rating = sample_response(card_.insert, overall);
        rating.answers["delivery"] = 0;
        rating.recorded_at = parse_event_time(when).value().utc;
        return entry_of_answer(order_, card_.insert, rating, events_);
    }
    static bool measures(const FigureEntry& entry, std::string_view measure, int value) {
        return std::ranges::any_of(entry.measures, [&](const FigureMeasure& each) {
            return each.measure == measure && each.value == value;
        });
    }

    Order order_ = sample_order();  // placed on 2026-09-21
    CardRecord card_;
    std::vector<CarrierEvent> events_;
};

TEST_F(ParcelEntries, NothingToldCountsNothing) {
    EXPECT_THAT(entries(), IsEmpty());
    told("2026-10-01T10:00:00Z", ParcelStatus::InTransit);
    EXPECT_THAT(entries(), IsEmpty());
}

TEST_F(ParcelEntries, PromisedAgainstActualDays) {
    told("2026-10-01T10:00:00Z", ParcelStatus::InTransit);
    told("2026-10-08T10:00:00Z", ParcelStatus::Delivered);
    ASSERT_THAT(entries(), SizeIs(1));
    const FigureEntry entry = entries().front();
    const DayNumber placed = day_of(order_.placed_at.local_day());
    EXPECT_TRUE(measures(entry, kDelayDays, 3));
    EXPECT_TRUE(measures(entry, kActualDays, day_of(parse_day("2026-10-08").value()) - placed));
    EXPECT_TRUE(measures(entry, kPromisedDays, day_of(parse_day("2026-10-05").value()) - placed));
    EXPECT_THAT(entry.keys, Contains(FigureKey{"packer", "Zoé"}));
    EXPECT_THAT(entry.keys, Contains(FigureKey{"buyer", "repeat"}));
    EXPECT_THAT(entry.keys, Contains(FigureKey{"carrier", "Colissimo"}));
}

TEST_F(ParcelEntries, AParcelThatCameBackAskedNobody) {
    told("2026-10-08T10:00:00Z", ParcelStatus::Returned);
    ASSERT_THAT(entries(), SizeIs(1));
    EXPECT_TRUE(measures(entries().front(), kUndelivered, 0));
    card_.state = CardState::Voided;
    EXPECT_THAT(entries(), IsEmpty()) << "a voided card asked nobody already";
    card_.state = CardState::Answered;
    EXPECT_THAT(entries(), IsEmpty()) << "who answered was asked";
}

TEST_F(ParcelEntries, LostAndFoundAgainIsDelivered) {
    told("2026-10-08T10:00:00Z", ParcelStatus::Failure);
    told("2026-10-20T10:00:00Z", ParcelStatus::Delivered);
    ASSERT_THAT(entries(), SizeIs(1));
    EXPECT_TRUE(measures(entries().front(), kDelayDays, 15));
}

TEST_F(ParcelEntries, AnAnswerBeforeTheParcelIsFlagged) {
    EXPECT_FALSE(measures(answer("2026-10-07T09:00:00Z"), kBeforeDelivery, 0)) << "nothing known";
    told("2026-10-08T10:00:00Z", ParcelStatus::Delivered);
    EXPECT_TRUE(measures(answer("2026-10-07T09:00:00Z"), kBeforeDelivery, 0));
    EXPECT_FALSE(measures(answer("2026-10-08T07:00:00Z"), kBeforeDelivery, 0)) << "the same day";
}

TEST_F(ParcelEntries, ALateParcelIsTheCarriersWhereItSaysSo) {
    EXPECT_TRUE(measures(answer("2026-10-09T09:00:00Z"), kFault, static_cast<int>(Fault::Unknown)));
    told("2026-10-01T10:00:00Z", ParcelStatus::InTransit);
    told("2026-10-08T10:00:00Z", ParcelStatus::Delivered);
    EXPECT_TRUE(measures(answer("2026-10-09T09:00:00Z"), kFault, static_cast<int>(Fault::Carrier)));
}

TEST_F(ParcelEntries, TextAndBack) {
    told("2026-10-08T10:00:00Z", ParcelStatus::Delivered);
    auto two = entries();
    two.push_back(two.front().reversed());
    EXPECT_EQ(parse_entries(entries_to_text(two)).value(), two);
    EXPECT_THAT(parse_entries("").value(), IsEmpty());
    EXPECT_EQ(parse_entries("no").error().code, ErrorCode::FormatInvalid);
}

}  // namespace
}  // namespace verso::records
