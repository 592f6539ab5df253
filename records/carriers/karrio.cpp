// SPDX-License-Identifier: Apache-2.0
// Karrio: the webhook `tracker_updated` with the tracker in `data`, a tracker, a list of them.
// docs.karrio.io, "Trackers"; karrio/core/units.py names statuses and reasons.
#include <fmt/format.h>

#include "records/carriers/json_sources.h"
#include "records/carriers/status_words.h"

namespace verso::records {

namespace {

/// "16:36", "04:36 PM" or "" to "16:36"; as it stands when it is neither.
std::string day_time(std::string time) {
    const bool afternoon = time.ends_with("PM") || time.ends_with("pm");
    const bool morning = time.ends_with("AM") || time.ends_with("am");
    if (!afternoon && !morning) return time;
    time = time.substr(0, time.find_first_of(" AaPp"));
    const auto colon = time.find(':');
    if (colon == 0 || colon > 2 || time.find_first_not_of("0123456789:") != std::string::npos)
        return time;
    int hour = 0;
    for (const char digit : time.substr(0, colon)) hour = hour * 10 + (digit - '0');
    hour = hour % 12 + (afternoon ? 12 : 0);
    return fmt::format("{:02}{}", hour, time.substr(colon));
}

std::optional<ZonedTime> moment_of(const EventJson& event, std::string& fault) {
    if (auto at = time_of(event, "timestamp", fault)) return at;
    const std::string day = text_of(event, "date"), time = day_time(text_of(event, "time"));
    if (day.empty()) return std::nullopt;
    auto at = parse_event_time(time.empty() || day.size() > 10 ? day : day + "T" + time);
    if (at) return *at;
    fault = at.error().message;
    return std::nullopt;
}

void take_tracker(const EventJson& tracker, EventSink& sink) {
    TrackerStory story;
    story.common.source = EventSource::Karrio;
    story.common.tracking = text_of(tracker, "tracking_number");
    story.common.carrier = text_of(tracker, "carrier_name");
    const EventJson& events = member(tracker, "events");
    for (std::size_t i = 0; i < events.size() && events.is_array(); ++i) {
        const EventJson& one = events.at(i);
        std::string fault;
        const auto at = moment_of(one, fault);
        if (!at) {
            sink.refuse("/events/" + std::to_string(i),
                        fault.empty() ? "the event has no date" : fault);
            continue;
        }
        const std::string status = text_of(one, "status"), reason = text_of(one, "reason");
        const Meaning meaning = karrio_meaning(status, reason);
        CarrierEvent event = story.common;
        event.at = *at;
        event.word = status.empty() || reason.empty() ? status : status + "/" + reason;
        event.status = meaning.status;
        event.cause = meaning.cause;
        event.raw = dump_without(one, {"location", "latitude", "longitude"});
        story.history.push_back(std::move(event));
    }
    std::string ignored;
    story.word = text_of(tracker, "status");
    story.status = karrio_meaning(story.word, "").status;
    const EventJson& delivered = member(tracker, "delivered");
    if (story.word.empty() && delivered.is_boolean() && delivered.get<bool>()) {
        story.word = "delivered";
        story.status = ParcelStatus::Delivered;
    }
    story.told_at = time_of(tracker, "updated_at", ignored);
    story.promised = day_of(tracker, "estimated_delivery");
    story.raw = dump_without(tracker, {"events", "info", "meta", "metadata", "messages", "images",
                                       "delivery_image_url", "signature_image_url"});
    tell(std::move(story), sink);
}

bool is_tracker(const EventJson& json) {
    return has_text(json, "tracking_number") && member(json, "events").is_array() &&
           (has_text(json, "carrier_name") || text_of(json, "object_type") == "tracker");
}

}  // namespace

bool take_karrio(const EventJson& json, EventSink& sink) {
    if (is_tracker(json)) {
        take_tracker(json, sink);
        return true;
    }
    if (is_tracker(member(json, "data"))) {
        take_tracker(member(json, "data"), sink);
        return true;
    }
    const EventJson& results = member(json, "results");
    if (results.is_array() && !results.empty() && is_tracker(results.front())) {
        for (const auto& tracker : results) {
            if (is_tracker(tracker)) take_tracker(tracker, sink);
        }
        return true;
    }
    if (!text_of(json, "event").starts_with("tracker")) return false;
    sink.refuse("/data", "the event '" + text_of(json, "event") + "' of Karrio carries no tracker");
    return true;
}

}  // namespace verso::records
