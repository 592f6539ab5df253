// SPDX-License-Identifier: Apache-2.0
// AfterShip: the webhook with the tracking in `msg`, and the API's answer with it in `data`.
// aftership.com/docs/tracking, "Webhook Specifications", "Delivery Sub-statuses".
#include "records/carriers/json_sources.h"
#include "records/carriers/status_words.h"

namespace verso::records {

namespace {

std::string word_of(const EventJson& json) {
    const std::string subtag = text_of(json, "subtag");
    return subtag.empty() ? text_of(json, "tag") : subtag;
}

/// "ts" of a webhook: seconds since 1970.
std::optional<ZonedTime> posted_at(const EventJson& json) {
    const EventJson& seconds = member(json, "ts");
    constexpr std::int64_t kYear2000 = 946'684'800, kYear2100 = 4'102'444'800;
    if (!seconds.is_number_integer()) return std::nullopt;
    const auto count = seconds.get<std::int64_t>();
    if (count < kYear2000 || count >= kYear2100) return std::nullopt;
    return ZonedTime{Instant(std::chrono::seconds(count)), std::chrono::minutes{0}};
}

std::optional<std::chrono::year_month_day> expected_day(const EventJson& tracking) {
    for (const char* key : {"latest_estimated_delivery", "aftership_estimated_delivery_date",
                            "courier_estimated_delivery_date"}) {
        if (const auto day = day_of(member(tracking, key), "datetime")) return day;
        if (const auto day = day_of(member(tracking, key), "estimated_delivery_date")) return day;
    }
    return day_of(tracking, "expected_delivery");
}

void take_checkpoints(const EventJson& checkpoints, TrackerStory& story, EventSink& sink) {
    for (std::size_t i = 0; i < checkpoints.size() && checkpoints.is_array(); ++i) {
        const EventJson& checkpoint = checkpoints.at(i);
        std::string fault;
        const auto at = time_of(checkpoint, "checkpoint_time", fault);
        if (!at) {
            sink.refuse("/checkpoints/" + std::to_string(i) + "/checkpoint_time",
                        fault.empty() ? "the checkpoint has no time" : fault);
            continue;
        }
        CarrierEvent event = story.common;
        event.at = *at;
        event.word = word_of(checkpoint);
        const Meaning meaning =
            aftership_meaning(text_of(checkpoint, "tag"), text_of(checkpoint, "subtag"));
        event.status = meaning.status;
        event.cause = meaning.cause;
        event.raw = dump_without(checkpoint, {"coordinates", "city", "zip", "location"});
        story.history.push_back(std::move(event));
    }
}

/// `envelope` is the webhook around it, or null.
void take_tracking(const EventJson& tracking, const EventJson& envelope, EventSink& sink) {
    TrackerStory story;
    story.common.source = EventSource::AfterShip;
    story.common.tracking = text_of(tracking, "tracking_number");
    story.common.carrier = text_of(tracking, "slug");
    story.common.order = text_of(tracking, "order_number");
    story.common.order_key = text_of(tracking, "order_id");
    take_checkpoints(member(tracking, "checkpoints"), story, sink);
    const Meaning meaning =
        aftership_meaning(text_of(tracking, "tag"), text_of(tracking, "subtag"));
    std::string ignored;
    story.word = word_of(tracking);
    story.status = meaning.status;
    story.cause = meaning.cause;
    if (meaning.status == ParcelStatus::Delivered)
        story.told_at = time_of(tracking, "shipment_delivery_date", ignored);
    if (!story.told_at) story.told_at = time_of(tracking, "last_updated_at", ignored);
    if (!story.told_at) story.told_at = time_of(tracking, "updated_at", ignored);
    if (!story.told_at) story.told_at = posted_at(envelope);
    story.promised = expected_day(tracking);
    story.raw = dump_without(
        tracking, {"checkpoints", "customer_name", "customers", "emails", "smses", "signed_by",
                   "shipment_tags", "custom_fields", "title", "note", "subscribed_smses",
                   "subscribed_emails", "origin_raw_location", "destination_raw_location",
                   "destination_postal_code", "recipient_postcode", "tracking_postal_code"});
    tell(std::move(story), sink);
}

bool is_tracking(const EventJson& json) {
    return has_text(json, "tracking_number") && has_text(json, "tag");
}

}  // namespace

bool take_aftership(const EventJson& json, EventSink& sink) {
    static const EventJson kNone;
    if (has_object(json, "msg") && has_text(json, "event")) {
        const EventJson& tracking = member(json, "msg");
        if (is_tracking(tracking)) {
            take_tracking(tracking, json, sink);
        } else {
            sink.refuse("/msg", "the event '" + text_of(json, "event") +
                                    "' of AfterShip carries no tracking number and tag");
        }
        return true;
    }
    const EventJson& data = member(json, "data");
    if (is_tracking(member(data, "tracking"))) {
        take_tracking(member(data, "tracking"), kNone, sink);
        return true;
    }
    if (const EventJson& all = member(data, "trackings"); all.is_array()) {
        for (const auto& tracking : all) {
            if (is_tracking(tracking)) take_tracking(tracking, kNone, sink);
        }
        return true;
    }
    if (!is_tracking(json) || !member(json, "checkpoints").is_array()) return false;
    take_tracking(json, kNone, sink);
    return true;
}

}  // namespace verso::records
