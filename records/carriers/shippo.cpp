// SPDX-License-Identifier: Apache-2.0
// Shippo: the webhook `track_updated` with the track in `data`, and a track itself.
// docs.goshippo.com, "Tracking", "Webhooks".
#include "records/carriers/json_sources.h"
#include "records/carriers/status_words.h"

namespace verso::records {

namespace {

/// A substatus is an object with a code, or in older versions its code alone.
std::string substatus_of(const EventJson& status) {
    const std::string code = text_of(member(status, "substatus"), "code");
    return code.empty() ? text_of(status, "substatus") : code;
}

std::string word_of(const EventJson& status) {
    const std::string fine = substatus_of(status), word = text_of(status, "status");
    return fine.empty() || word.empty() ? word : word + "/" + fine;
}

CarrierEvent event_of(const EventJson& status, const CarrierEvent& common) {
    CarrierEvent event = common;
    const Meaning meaning = shippo_meaning(text_of(status, "status"), substatus_of(status));
    event.word = word_of(status);
    event.status = meaning.status;
    event.cause = meaning.cause;
    // Who tells the same thing again gives it new ids and times of storage.
    event.raw = dump_without(status, {"location", "object_id", "object_created", "object_updated"});
    return event;
}

void take_track(const EventJson& track, EventSink& sink) {
    TrackerStory story;
    story.common.source = EventSource::Shippo;
    story.common.tracking = text_of(track, "tracking_number");
    story.common.carrier = text_of(track, "carrier");
    const EventJson& history = member(track, "tracking_history");
    for (std::size_t i = 0; i < history.size() && history.is_array(); ++i) {
        std::string fault;
        const auto at = time_of(history.at(i), "status_date", fault);
        if (!at) {
            sink.refuse("/tracking_history/" + std::to_string(i) + "/status_date",
                        fault.empty() ? "the event has no time" : fault);
            continue;
        }
        story.history.push_back(event_of(history.at(i), story.common));
        story.history.back().at = *at;
    }
    const EventJson& now = member(track, "tracking_status");
    const CarrierEvent above = event_of(now, story.common);
    std::string ignored;
    story.word = above.word;
    story.status = above.status;
    story.cause = above.cause;
    story.raw = above.raw;
    story.told_at = time_of(now, "status_date", ignored);
    story.promised = day_of(track, "eta");
    tell(std::move(story), sink);
}

bool is_track(const EventJson& json) {
    const EventJson& now = member(json, "tracking_status");
    return has_text(json, "tracking_number") &&
           (now.is_object() || (now.is_null() && member(json, "tracking_history").is_array()));
}

}  // namespace

bool take_shippo(const EventJson& json, EventSink& sink) {
    if (is_track(json)) {
        take_track(json, sink);
        return true;
    }
    if (!has_object(json, "data")) return false;
    if (is_track(member(json, "data"))) {
        take_track(member(json, "data"), sink);
        return true;
    }
    if (text_of(json, "event") != "track_updated") return false;
    sink.refuse("/data", "the event 'track_updated' of Shippo carries no tracking status");
    return true;
}

}  // namespace verso::records
