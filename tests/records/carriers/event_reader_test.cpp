// SPDX-License-Identifier: Apache-2.0
// Each source in the form in which it comes; then files as they come in reality: mixed, doubled,
// cut off, damaged.
#include "records/carriers/event_reader.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <random>

namespace verso::records {
namespace {

using S = ParcelStatus;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string sample(const std::string& name) {
    std::ifstream in(VERSO_SOURCE_DIR "/tests/data/carriers/" + name, std::ios::binary);
    EXPECT_TRUE(in) << name;
    return {std::istreambuf_iterator<char>(in), {}};
}

struct Read {
    std::vector<CarrierEvent> events;
    std::vector<RejectedEvent> rejected;
    std::vector<std::string> remarks;
    Result<void> outcome;
};

Read read(std::string_view bytes, std::optional<EventSource> only = std::nullopt) {
    Read out;
    EventSink sink([&](CarrierEvent&& event) -> Result<void> {
        out.events.push_back(std::move(event));
        return {};
    });
    const auto source = memory_source(bytes);
    out.outcome = read_carrier_events(*source, only, sink);
    out.rejected = sink.rejected();
    out.remarks = sink.remarks();
    return out;
}

std::vector<S> statuses(const Read& read) {
    std::vector<S> out;
    for (const auto& event : read.events) out.push_back(event.status);
    return out;
}

TEST(EventReader, EasyPostWebhook) {
    const Read got = read(sample("easypost-event.json"));
    ASSERT_TRUE(got.outcome) << got.outcome.error().text();
    EXPECT_THAT(got.rejected, IsEmpty());
    ASSERT_GE(got.events.size(), 4U);
    const CarrierEvent& first = got.events.front();
    EXPECT_EQ(first.source, EventSource::EasyPost);
    EXPECT_EQ(first.tracking, "1");
    EXPECT_EQ(first.carrier, "FedEx");
    EXPECT_EQ(first.status, S::LabelCreated);
    EXPECT_EQ(format_time(first.at), "2024-07-31T15:00:00Z");
    EXPECT_FALSE(first.promised);
    const CarrierEvent& last = got.events.back();
    EXPECT_EQ(last.status, S::InTransit);
    EXPECT_EQ(format_time(last.at), "2024-08-02T18:50:00Z");
    EXPECT_EQ(format_day(last.promised.value()), "2024-08-05");
    EXPECT_THAT(last.raw, ::testing::Not(HasSubstr("EDISON TWP"))) << "no places are kept";
}

TEST(EventReader, ListOfEasyPostTrackers) {
    const Read got = read(sample("easypost-trackers.json"));
    ASSERT_TRUE(got.outcome);
    EXPECT_THAT(got.rejected, IsEmpty());
    EXPECT_GE(got.events.size(), 2U);
}

TEST(EventReader, EasyPostStatusAboveTheHistory) {
    const Read got = read(R"({"object":"Tracker","tracking_code":"EZ1","carrier":"USPS",
        "status":"delivered","status_detail":"arrived_at_destination","updated_at":"2026-10-08T13:05:00Z",
        "tracking_details":[{"status":"in_transit","datetime":"2026-10-08T06:00:00Z"}]})");
    EXPECT_THAT(statuses(got), ElementsAre(S::InTransit, S::Delivered));
    EXPECT_EQ(format_time(got.events.back().at), "2026-10-08T13:05:00Z");
}

TEST(EventReader, AfterShipWebhook) {
    const Read got = read(sample("aftership-delivered.json"));
    ASSERT_TRUE(got.outcome);
    ASSERT_THAT(got.events, SizeIs(1)) << "the tag above is the newest checkpoint's";
    const CarrierEvent& event = got.events[0];
    EXPECT_EQ(event.source, EventSource::AfterShip);
    EXPECT_EQ(event.status, S::Delivered);
    EXPECT_EQ(event.tracking, "EW112720413FR");
    EXPECT_EQ(event.carrier, "la-poste-colissimo");
    EXPECT_EQ(event.order, "#1001");
    EXPECT_EQ(event.order_key, "1001");
    EXPECT_EQ(event.word, "Delivered_001");
    EXPECT_EQ(format_day(event.at.local_day()), "2026-10-08");
}

TEST(EventReader, AfterShipWithoutCheckpoints) {
    const Read got = read(R"({"ts":1791464400,"event":"tracking_update","event_id":"x",
        "msg":{"tracking_number":"A1","tag":"Exception","subtag":"Exception_004","checkpoints":[]}})");
    ASSERT_THAT(got.events, SizeIs(1));
    EXPECT_EQ(got.events[0].status, S::Delayed);
    EXPECT_EQ(got.events[0].cause, IncidentCause::Customs);
    EXPECT_EQ(got.events[0].at.utc.time_since_epoch().count(), 1791464400);
}

const char* const kShippo = R"({"event":"track_updated","test":false,"data":{"carrier":"usps",
    "tracking_number":"9205590164917312751089","eta":"2026-10-09T00:00:00Z","metadata":"Order 000123",
    "address_to":{"city":"Las Vegas"},
    "tracking_status":{"object_id":"b","status":"DELIVERED","status_date":"2026-10-08T13:03:00Z",
       "substatus":{"code":"delivered","text":"Package delivered.","action_required":false}},
    "tracking_history":[
      {"object_id":"a","status":"TRANSIT","status_date":"2026-10-08T07:00:00Z",
       "substatus":{"code":"out_for_delivery","text":"","action_required":false},
       "location":{"city":"Las Vegas"}},
      {"object_id":"b","status":"DELIVERED","status_date":"2026-10-08T13:03:00Z",
       "substatus":{"code":"delivered","text":"","action_required":false}}]}})";

TEST(EventReader, ShippoWebhookAlsoToldTwice) {
    const Read got = read(kShippo);
    ASSERT_TRUE(got.outcome) << got.outcome.error().text();
    EXPECT_THAT(statuses(got), ElementsAre(S::OutForDelivery, S::Delivered));
    EXPECT_EQ(format_day(got.events[1].promised.value()), "2026-10-09");
    EXPECT_THAT(got.events[0].raw, ::testing::Not(HasSubstr("Las Vegas")));
    std::string again = kShippo;
    again.replace(again.find("\"b\""), 3, "\"c\"");
    EXPECT_EQ(read(again).events[1].event_id, got.events[1].event_id);
}

TEST(EventReader, KarrioWithReasonsAndTimesApart) {
    const Read got = read(R"({"event":"tracker_updated","data":{"object_type":"tracker",
        "carrier_name":"ups","tracking_number":"1Z1","status":"delivered","delivered":true,
        "estimated_delivery":"2026-10-07","events":[
        {"date":"2026-10-08","time":"01:05 PM","code":"D","description":"Delivered"},
        {"date":"2026-10-07","time":"12:10 AM","status":"delivery_failed","reason":"consignee_not_home"},
        {"timestamp":"2026-10-06T08:00:00.000Z","date":"2026-10-06","status":"picked_up"}]}})");
    ASSERT_TRUE(got.outcome);
    EXPECT_THAT(statuses(got), ElementsAre(S::InTransit, S::FailedAttempt, S::Delivered));
    EXPECT_EQ(format_time(got.events[1].at), "2026-10-07T00:10:00Z");
    EXPECT_EQ(got.events[1].cause, IncidentCause::Consignee);
    EXPECT_EQ(format_time(got.events[2].at), "2026-10-08T13:05:00Z");
    EXPECT_EQ(format_day(got.events[2].promised.value()), "2026-10-07");
}

TEST(EventReader, LaPosteAnswer) {
    const Read got = read(sample("la-poste-delivered.json"));
    ASSERT_TRUE(got.outcome);
    EXPECT_THAT(statuses(got), ElementsAre(S::OutForDelivery, S::Delivered));
    EXPECT_EQ(got.events[1].word, "DI1");
    EXPECT_EQ(got.events[1].carrier, "colissimo");
    EXPECT_EQ(format_time(got.events[1].at), "2026-10-08T15:01:00+02:00");
    EXPECT_FALSE(got.events[1].promised) << "deliveryDate is when it came";
    const Read refused =
        read(R"([{"returnCode":404,"returnMessage":"Aucun produit","idShip":"X"},)" +
             sample("la-poste-delivered.json") + "]");
    EXPECT_THAT(refused.events, SizeIs(2));
    ASSERT_THAT(refused.rejected, SizeIs(1));
    EXPECT_THAT(refused.rejected[0].reason, HasSubstr("Aucun produit"));
}

TEST(EventReader, ShopifyEventAndFulfillment) {
    const Read got = read(sample("shopify-delivered.json"));
    ASSERT_THAT(got.events, SizeIs(1));
    EXPECT_EQ(got.events[0].event_id, "12584341209251");
    EXPECT_EQ(got.events[0].order_key, "2776493818019");
    EXPECT_EQ(got.events[0].status, S::Delivered);
    EXPECT_EQ(got.events[0].tracking, "");
    const Read fulfillment =
        read(R"({"id":1,"order_id":2,"status":"success","tracking_company":"UPS",
        "tracking_number":"1Z2345","tracking_numbers":["1Z2345","1Z2346"],
        "shipment_status":"out_for_delivery","updated_at":"2026-10-08T08:00:00+02:00"})");
    ASSERT_THAT(fulfillment.events, SizeIs(2));
    EXPECT_EQ(fulfillment.events[1].tracking, "1Z2346");
    EXPECT_NE(fulfillment.events[0].event_id, fulfillment.events[1].event_id);
}

TEST(EventReader, NeutralCsvOfASpreadsheet) {
    const Read got = read(
        "\xEF\xBB\xBF"
        "Tracking;Status;At;Cause;Promised_on;Event_id;Shelf\r\n"
        "'6A123;Out for delivery;2026-10-08 08:20;;2026-10-08;e1;x\r\n"
        "6A123;delivered;2026-10-08T15:01:00+02:00;;;e2;x\r\n"
        "6A124;teleported;2026-10-08;;;;x\r\n"
        "6A125;delivered;soon;;;;x\r\n"
        ";delivered;2026-10-08;;;;x\r\n"
        "6A126;delayed;2026-10-08;gremlins;;;x\r\n");
    ASSERT_TRUE(got.outcome) << got.outcome.error().text();
    EXPECT_THAT(statuses(got), ElementsAre(S::OutForDelivery, S::Delivered, S::Unknown));
    EXPECT_EQ(got.events[0].tracking, "6A123");
    EXPECT_EQ(got.events[0].event_id, "e1");
    EXPECT_EQ(got.events[2].word, "teleported");
    ASSERT_THAT(got.rejected, SizeIs(3));
    EXPECT_EQ(got.rejected[0].line, 5U);
    EXPECT_EQ(got.rejected[0].pointer, "at");
    EXPECT_THAT(got.rejected[1].reason, HasSubstr("no parcel"));
    EXPECT_THAT(got.rejected[2].reason, HasSubstr("gremlins"));
    EXPECT_THAT(got.remarks, ElementsAre(HasSubstr("Shelf")));
}

TEST(EventReader, LinesOfAllSourcesInOneFile) {
    std::string shippo = kShippo;
    std::replace(shippo.begin(), shippo.end(), '\n', ' ');
    std::string la_poste = sample("la-poste-delivered.json");
    std::replace(la_poste.begin(), la_poste.end(), '\n', ' ');
    const std::string lines =
        sample("aftership-delivered.json") + "\n\n" + shippo + "\r\n" + "{broken\n" + la_poste +
        "\n{\"what\":1}\n" + sample("shopify-delivered.json") + "\n" +
        R"({"tracking":"N1","status":"in-transit","at":"2026-10-08T10:00:00Z"})";
    const Read got = read(lines);
    ASSERT_TRUE(got.outcome) << got.outcome.error().text();
    EXPECT_THAT(got.events, SizeIs(7));
    ASSERT_THAT(got.rejected, SizeIs(2));
    EXPECT_EQ(got.rejected[0].line, 4U);
    EXPECT_EQ(got.rejected[1].line, 6U);
    EXPECT_EQ(got.events.back().source, EventSource::Json);
}

TEST(EventReader, SaysWhatItCannotRead) {
    for (const char* bytes :
         {"", "  \n ", "{}", "[]x", "{\"event\":1}", "PK\x03\x04", "a,b\n1,2\n"}) {
        const Read got = read(bytes);
        EXPECT_FALSE(got.outcome) << bytes;
        EXPECT_THAT(got.events, IsEmpty());
    }
    EXPECT_EQ(read(kShippo, EventSource::LaPoste).outcome.error().code, ErrorCode::FormatInvalid);
    EXPECT_TRUE(read(kShippo, EventSource::Shippo).outcome);
    EXPECT_TRUE(read("[]").outcome) << "a list of nothing";
}

TEST(EventReader, DeepAndLongThingsAreRefusedQuickly) {
    const std::string deep = std::string(2'000'000, '[') + std::string(2'000'000, ']');
    EXPECT_THAT(read(deep).outcome.error().message, HasSubstr("nested deeper"));
    const Read long_id =
        read(R"({"tracking":"N1","status":"delivered","at":"2026-10-08","event_id":")" +
             std::string(5000, 'x') + "\"}");
    EXPECT_THAT(long_id.events, IsEmpty());
    EXPECT_THAT(long_id.rejected, SizeIs(1));
    const Read long_word =
        read(R"({"tracking":"N1","at":"2026-10-08","status":")" + std::string(60'000, 'x') + "\"}");
    ASSERT_THAT(long_word.events, SizeIs(1));
    EXPECT_LT(long_word.events[0].word.size(), 200U);
    EXPECT_EQ(long_word.events[0].raw, "");
}

TEST(EventReader, StopsWhenTheTakerFails) {
    int taken = 0;
    EventSink sink([&](CarrierEvent&&) -> Result<void> {
        if (++taken == 2) return Error{ErrorCode::DatabaseFailed, "full", "", ""};
        return {};
    });
    std::string lines;
    for (int i = 0; i < 10; ++i)
        lines += R"({"tracking":"N1","status":"delivered","at":"2026-10-08T10:00:00Z"})"
                 "\n";
    const auto source = memory_source(lines);
    EXPECT_EQ(read_carrier_events(*source, std::nullopt, sink).error().message, "full");
    EXPECT_EQ(taken, 2);
}

// Longer than any window of the reader, and one line in its midst longer than any document.
TEST(EventReader, AFileOfAnySizeIsReadLineByLine) {
    const std::string line =
        R"({"tracking":"N1","status":"in-transit","at":"2026-10-08T10:00:00Z"})"
        "\n";
    std::string lines;
    for (int i = 0; i < 3000; ++i) lines += line;
    lines += "{\"long\":\"" + std::string((32U << 20U) + 100, 'x') + "\"}\n" + line + line;
    const Read got = read(lines);
    ASSERT_TRUE(got.outcome) << got.outcome.error().text();
    EXPECT_THAT(got.events, SizeIs(3002));
    ASSERT_THAT(got.rejected, SizeIs(1));
    EXPECT_EQ(got.rejected[0].line, 3001U);
    const std::string document = "{\n\"long\":\"" + std::string((32U << 20U), 'x') + "\"}";
    EXPECT_EQ(read(document).outcome.error().code, ErrorCode::LimitExceeded);
}

// Every beginning of every sample, and samples with bytes changed: an answer, never a crash; and
// nothing but the true parcel's numbers is ever made up.
TEST(EventReader, DamagedSamplesNeverCrash) {
    const unsigned seed = 20261122;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (const char* name : {"easypost-event.json", "aftership-delivered.json",
                             "la-poste-delivered.json", "shopify-delivered.json"}) {
        const std::string whole = sample(name);
        for (std::size_t end = 0; end < whole.size(); end += 7) {
            const Read got = read(std::string_view(whole).substr(0, end));
            EXPECT_THAT(got.events, IsEmpty()) << name << " cut at " << end;
        }
        for (int round = 0; round < 300; ++round) {
            std::string bytes = whole;
            for (int i = 0; i < 4; ++i)
                bytes.at(random() % bytes.size()) = "{}[]\",:0\\\xff n"[random() % 12];
            (void)read(bytes);
        }
    }
}

}  // namespace
}  // namespace verso::records
