// SPDX-License-Identifier: Apache-2.0
#include "records/carriers/carrier_event.h"

#include <gtest/gtest.h>

namespace verso::records {
namespace {

TEST(CarrierEvent, NamesAreReadBackInAnyWriting) {
    for (int i = 0; i <= static_cast<int>(ParcelStatus::Unknown); ++i) {
        const auto status = static_cast<ParcelStatus>(i);
        EXPECT_EQ(parse_parcel_status(to_string(status)).value(), status);
    }
    for (int i = 0; i <= static_cast<int>(EventSource::Json); ++i) {
        const auto source = static_cast<EventSource>(i);
        EXPECT_EQ(parse_event_source(to_string(source)).value(), source);
    }
    for (int i = 0; i <= static_cast<int>(IncidentCause::Shop); ++i) {
        const auto cause = static_cast<IncidentCause>(i);
        EXPECT_EQ(parse_incident_cause(to_string(cause)).value(), cause);
    }
    EXPECT_EQ(parse_parcel_status(" OUT_FOR_DELIVERY ").value(), ParcelStatus::OutForDelivery);
    EXPECT_EQ(parse_parcel_status("Out for delivery").value(), ParcelStatus::OutForDelivery);
    const auto refused = parse_parcel_status("livré");
    EXPECT_EQ(refused.error().code, ErrorCode::ValueInvalid);
    EXPECT_NE(refused.error().cure.find("available-for-pickup"), std::string::npos);
}

TEST(CarrierEvent, TimesAsCarriersWriteThem) {
    const auto shown = [](std::string_view text) {
        const auto time = parse_event_time(text);
        return time ? format_time(*time) : "refused";
    };
    EXPECT_EQ(shown("2026-10-08T15:01:00+02:00"), "2026-10-08T15:01:00+02:00");
    EXPECT_EQ(shown("2024-08-02T19:26:52.000Z"), "2024-08-02T19:26:52Z");
    EXPECT_EQ(shown(" 2026-10-08T15:01:00 "), "2026-10-08T15:01:00Z");
    EXPECT_EQ(shown("2026-10-08 15:01"), "2026-10-08T15:01:00Z");
    EXPECT_EQ(shown("2026-10-08T15:01+02:00"), "2026-10-08T15:01:00+02:00");
    EXPECT_EQ(shown("2026-10-08T15:01Z"), "2026-10-08T15:01:00Z");
    EXPECT_EQ(shown("2026-10-08"), "2026-10-08T12:00:00Z");
    for (const char* bad : {"", "   ", "yesterday", "2026-02-30", "2026-10-08T25:00:00",
                            "0001-01-01T00:00:00", "1999-12-31", "08/10/2026", "2026-10-08T15:0"})
        EXPECT_EQ(shown(bad), "refused") << bad;
}

TEST(CarrierEvent, TheSameNewsHasTheSameId) {
    CarrierEvent event;
    event.tracking = "EW 1127 2041 3FR";
    event.word = "DI1";
    event.at = parse_event_time("2026-10-08T15:01:00+02:00").value();
    CarrierEvent again = event;
    again.tracking = "ew112720413fr";
    again.raw = "told again";
    again.carrier = "La Poste";
    EXPECT_EQ(content_id(event), content_id(again));
    for (const auto& change : {+[](CarrierEvent& e) { e.word = "MD2"; },
                               +[](CarrierEvent& e) { e.tracking = "EW112720427FR"; },
                               +[](CarrierEvent& e) { e.source = EventSource::LaPoste; },
                               +[](CarrierEvent& e) { e.at.utc += std::chrono::seconds{1}; }}) {
        CarrierEvent other = event;
        change(other);
        EXPECT_NE(content_id(event), content_id(other));
    }
}

}  // namespace
}  // namespace verso::records
