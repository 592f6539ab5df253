// SPDX-License-Identifier: Apache-2.0
#include "records/carriers/neutral_event.h"

#include <charconv>

#include "records/carriers/json_sources.h"

namespace verso::records {

namespace {

constexpr int kMostParcels = 99;  // as in the neutral CSV of orders

Error in_column(Error error, std::string_view column) {
    error.where = std::string(column);
    return error;
}

Error missing(std::string_view column) {
    return {ErrorCode::ValueInvalid, "it is empty", std::string(column), ""};
}

Result<int> parcel_number(const std::string& text) {
    int number = 0;
    if (text.empty()) return number;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size() && number >= 1 &&
        number <= kMostParcels)
        return number;
    return Error{ErrorCode::ValueInvalid, "'" + text + "' is not a parcel from 1 to 99", "parcel",
                 ""};
}

}  // namespace

Result<CarrierEvent> neutral_event(EventSource source, const EventField& field) {
    CarrierEvent event;
    event.source = source;
    event.tracking = field("tracking");
    event.order = field("order");
    event.order_key = field("order_key");
    event.event_id = field("event_id");
    event.carrier = field("carrier");
    auto parcel = parcel_number(field("parcel"));
    if (!parcel) return parcel.error();
    event.parcel = *parcel;
    event.word = field("status");
    if (event.word.empty()) return missing("status");
    event.status = parse_parcel_status(event.word).value_or(ParcelStatus::Unknown);
    const std::string at = field("at");
    if (at.empty()) return missing("at");
    auto time = parse_event_time(at);
    if (!time) return in_column(time.error(), "at");
    event.at = *time;
    if (const std::string cause = field("cause"); !cause.empty()) {
        auto parsed = parse_incident_cause(cause);
        if (!parsed) return in_column(parsed.error(), "cause");
        event.cause = *parsed;
    }
    if (const std::string day = field("promised_on"); !day.empty()) {
        auto parsed = parse_day(day);
        if (!parsed) return in_column(parsed.error(), "promised_on");
        event.promised = *parsed;
    }
    return event;
}

bool take_neutral(const EventJson& json, EventSink& sink) {
    if (!has_text(json, "status") || member(json, "at").is_null()) return false;
    auto event = neutral_event(EventSource::Json,
                               [&](std::string_view column) { return text_of(json, column); });
    if (!event) {
        const Error& error = event.error();
        const std::string cure = error.cure.empty() ? "" : "; " + error.cure;
        sink.refuse("/" + error.where, error.message + cure);
        return true;
    }
    event->raw = dump_without(json, {});
    sink.take(std::move(event).value());
    return true;
}

}  // namespace verso::records
