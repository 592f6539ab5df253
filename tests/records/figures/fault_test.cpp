// SPDX-License-Identifier: Apache-2.0
#include "records/figures/fault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "records/figures/carrier_moments.h"

namespace verso::records {
namespace {

using ::testing::HasSubstr;

constexpr DayNumber kPromised = 20'000;  // 2024-10-04

FaultFacts late(std::vector<ParcelEvent> events) {
    FaultFacts facts;
    facts.late = true;
    facts.answered = kPromised + 6;
    facts.promised = kPromised;
    facts.ship_by = kPromised - 2;
    facts.events = std::move(events);
    return facts;
}

TEST(Fault, EveryRow) {
    using enum ParcelMoment;
    const DayNumber day = kPromised;
    struct Row {
        const char* story;
        std::vector<ParcelEvent> events;
        Fault fault;
    };
    const std::vector<Row> rows{
        {"nothing is known", {}, Fault::Unknown},
        {"handed over in time, delivered late",
         {{HandedOver, day - 3}, {Delivered, day + 2}},
         Fault::Carrier},
        {"handed over in time, still under way", {{HandedOver, day - 3}}, Fault::Carrier},
        {"handed over on the last day",
         {{HandedOver, day - 2}, {Delivered, day + 1}},
         Fault::Carrier},
        {"handed over too late", {{HandedOver, day - 1}, {Delivered, day + 1}}, Fault::Merchant},
        {"late from the shop, and the carrier late too",
         {{HandedOver, day + 1}, {CarrierIncident, day + 2}, {Delivered, day + 5}},
         Fault::Merchant},
        {"announced only", {{Announced, day - 3}}, Fault::Merchant},
        {"announced, then handed over in time",
         {{Announced, day - 4}, {HandedOver, day - 3}},
         Fault::Carrier},
        {"nobody at home in time",
         {{HandedOver, day - 3}, {AttemptFailed, day}, {Delivered, day + 3}},
         Fault::BuyerAbsent},
        {"nobody at home, but late already",
         {{HandedOver, day - 3}, {AttemptFailed, day + 1}, {Delivered, day + 3}},
         Fault::Carrier},
        {"refused", {{HandedOver, day - 3}, {Refused, day - 1}}, Fault::BuyerAbsent},
        {"address not usable", {{HandedOver, day - 3}, {AddressWrong, day - 1}}, Fault::Unknown},
        {"weather",
         {{HandedOver, day - 3}, {OutsideCause, day - 1}, {Delivered, day + 1}},
         Fault::Unknown},
        {"the carrier's own incident",
         {{CarrierIncident, day - 1}, {Delivered, day + 1}},
         Fault::Carrier},
        {"the carrier says it came in time",
         {{HandedOver, day - 3}, {Delivered, day}},
         Fault::Unknown},
        {"delivered late, nobody knows since when", {{Delivered, day + 1}}, Fault::Unknown},
    };
    for (const Row& row : rows) {
        const FaultFinding finding = find_fault(late(row.events));
        EXPECT_EQ(to_string(finding.fault), to_string(row.fault)) << row.story;
        EXPECT_FALSE(finding.evidence.empty()) << row.story;
        auto turned = row.events;
        std::ranges::reverse(turned);
        EXPECT_EQ(find_fault(late(turned)).fault, row.fault) << row.story << ", reversed";
    }
}

CarrierEvent told(ParcelStatus status, DayNumber day, const std::string& word = "",
                  IncidentCause cause = IncidentCause::None) {
    CarrierEvent event;
    event.status = status;
    event.cause = cause;
    event.at.utc = Instant{std::chrono::days{day}};
    event.word = word;
    return event;
}

TEST(Fault, FromWhatCarriersTell) {
    using enum ParcelStatus;
    const DayNumber day = kPromised;
    struct Row {
        const char* story;
        std::vector<CarrierEvent> events;
        Fault fault;
    };
    const CarrierEvent label = told(LabelCreated, day - 9), moving = told(InTransit, day - 3);
    const CarrierEvent late_delivery = told(Delivered, day + 2);
    for (const Row& row : std::vector<Row>{
             {"only a label", {label}, Fault::Merchant},
             {"a label that was cancelled", {label, told(Cancelled, day - 1)}, Fault::Merchant},
             {"late on the way", {label, moving, late_delivery}, Fault::Carrier},
             {"scanned after the promise",
              {label, told(InTransit, day + 1), late_delivery},
              Fault::Merchant},
             {"snow",
              {moving, told(Delayed, day, "w", IncidentCause::Weather), late_delivery},
              Fault::Unknown},
             {"customs",
              {moving, told(Delayed, day, "c", IncidentCause::Customs), late_delivery},
              Fault::Unknown},
             {"lost",
              {moving, told(Failure, day + 3, "lost", IncidentCause::Carrier)},
              Fault::Carrier},
             {"not ready",
              {moving, told(Delayed, day - 3, "n", IncidentCause::Shop), late_delivery},
              Fault::Merchant},
             {"nobody at home",
              {moving, told(FailedAttempt, day), late_delivery},
              Fault::BuyerAbsent},
             {"waits at the counter",
              {moving, told(AvailableForPickup, day - 1), late_delivery},
              Fault::BuyerAbsent},
             {"refused",
              {moving, told(Returned, day, "Refused", IncidentCause::Consignee)},
              Fault::BuyerAbsent},
             {"address",
              {moving, told(Returned, day, "bad_address", IncidentCause::Consignee)},
              Fault::Unknown},
             {"a word that nobody knows", {told(Unknown, day - 1, "zz")}, Fault::Unknown},
         }) {
        const FaultFinding finding = find_fault(late(moments_of(row.events)));
        EXPECT_EQ(to_string(finding.fault), to_string(row.fault))
            << row.story << ": " << finding.evidence;
    }
    FaultFacts damaged;
    damaged.damaged = true;
    damaged.events = moments_of(std::vector{told(Failure, day, "DAMAGED", IncidentCause::Carrier)});
    EXPECT_EQ(find_fault(damaged).fault, Fault::Carrier);
}

TEST(Fault, WithoutComplaintThereIsNone) {
    FaultFacts facts = late({{ParcelMoment::HandedOver, kPromised + 3}});
    facts.late = false;
    EXPECT_EQ(find_fault(facts).fault, Fault::None);
}

TEST(Fault, WithoutPromiseNobodyIsLate) {
    FaultFacts facts = late({{ParcelMoment::HandedOver, kPromised - 9}});
    facts.promised.reset();
    EXPECT_EQ(find_fault(facts).fault, Fault::Unknown);
}

TEST(Fault, AComplaintBeforeThePromisedDayIsNobodys) {
    FaultFacts facts = late({{ParcelMoment::HandedOver, kPromised - 3}});
    facts.answered = kPromised;
    EXPECT_EQ(find_fault(facts).fault, Fault::Unknown);
}

TEST(Fault, DamageIsTheCarriersWhereItSaysSo) {
    FaultFacts facts = late({{ParcelMoment::HandedOver, kPromised - 3},
                             {ParcelMoment::Damaged, kPromised - 1, "box open"}});
    facts.late = false;
    facts.damaged = true;
    EXPECT_EQ(find_fault(facts).fault, Fault::Carrier);
    EXPECT_THAT(find_fault(facts).evidence, HasSubstr("damaged on 2024-10-03 (\"box open\")"));
    facts.events.pop_back();
    EXPECT_EQ(find_fault(facts).fault, Fault::Unknown);
}

TEST(Fault, TheEvidenceNamesTheDays) {
    EXPECT_EQ(find_fault(late({{ParcelMoment::HandedOver, kPromised - 3, "accepted"},
                               {ParcelMoment::Delivered, kPromised + 2}}))
                  .evidence,
              "handed over on 2024-10-01 (\"accepted\"), promised for 2024-10-04, delivered on "
              "2024-10-06");
}

TEST(Fault, AnswersThatComplain) {
    Response response;
    response.answers = {{"overall", 5}, {"delivery", 1}};
    EXPECT_FALSE(complaint_of(response).late);
    response.answers["delivery"] = 0;
    EXPECT_TRUE(complaint_of(response).late);
    EXPECT_FALSE(complaint_of(response).damaged);
    response.answers = {{"overall", 5}, {"undamaged", 0}};
    EXPECT_TRUE(complaint_of(response).damaged);
    response.answers.clear();
    response.kind = ResponseKind::NotReceived;
    EXPECT_TRUE(complaint_of(response).late);
}

}  // namespace
}  // namespace verso::records
