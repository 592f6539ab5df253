// SPDX-License-Identifier: Apache-2.0
// EasyPost: the webhook's Event with a Tracker in `result`, a Tracker, a list of trackers.
// docs.easypost.com, "Tracker Object", "Event Object".
#include "records/carriers/json_sources.h"
#include "records/carriers/status_words.h"

namespace verso::records {

namespace {

std::string two_words(const std::string& status, const std::string& detail) {
    return detail.empty() || detail == "unknown" ? status : status + "/" + detail;
}

void take_tracker(const EventJson& tracker, EventSink& sink) {
    TrackerStory story;
    story.common.source = EventSource::EasyPost;
    story.common.tracking = text_of(tracker, "tracking_code");
    story.common.carrier = text_of(tracker, "carrier");
    const EventJson& details = member(tracker, "tracking_details");
    for (std::size_t i = 0; i < details.size() && details.is_array(); ++i) {
        const EventJson& detail = details.at(i);
        std::string fault;
        CarrierEvent event = story.common;
        const auto at = time_of(detail, "datetime", fault);
        if (!at) {
            sink.refuse("/tracking_details/" + std::to_string(i) + "/datetime",
                        fault.empty() ? "the event has no time" : fault);
            continue;
        }
        event.at = *at;
        const std::string status = text_of(detail, "status"),
                          fine = text_of(detail, "status_detail");
        const Meaning meaning = easypost_meaning(status, fine);
        event.word = status.empty() ? "" : two_words(status, fine);
        event.status = meaning.status;
        event.cause = meaning.cause;
        event.raw = dump_without(detail, {"tracking_location", "object"});
        story.history.push_back(std::move(event));
    }
    const std::string status = text_of(tracker, "status"), fine = text_of(tracker, "status_detail");
    const Meaning meaning = easypost_meaning(status, fine);
    std::string ignored;
    story.word = status.empty() ? "" : two_words(status, fine);
    story.status = meaning.status;
    story.cause = meaning.cause;
    story.told_at = time_of(tracker, "updated_at", ignored);
    // The carrier's own calendar day, when it is given, else the day of the moment.
    story.promised = day_of(member(tracker, "carrier_detail"), "est_delivery_date_local");
    if (!story.promised) story.promised = day_of(tracker, "est_delivery_date");
    story.raw = dump_without(tracker, {"tracking_details", "carrier_detail", "signed_by", "fees"});
    tell(std::move(story), sink);
}

bool is_tracker(const EventJson& json) {
    return has_text(json, "tracking_code") &&
           (member(json, "tracking_details").is_array() || text_of(json, "object") == "Tracker");
}

}  // namespace

bool take_easypost(const EventJson& json, EventSink& sink) {
    if (is_tracker(json)) {
        take_tracker(json, sink);
        return true;
    }
    if (const EventJson& trackers = member(json, "trackers");
        trackers.is_array() && (trackers.empty() || is_tracker(trackers.front()))) {
        for (const auto& tracker : trackers) {
            if (is_tracker(tracker)) take_tracker(tracker, sink);
        }
        return true;
    }
    if (text_of(json, "object") != "Event" && !is_tracker(member(json, "result"))) return false;
    if (!is_tracker(member(json, "result"))) {
        sink.refuse("/result", "the event '" + text_of(json, "description") +
                                   "' of EasyPost carries no tracker");
        return true;
    }
    take_tracker(member(json, "result"), sink);
    return true;
}

}  // namespace verso::records
