// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "records/carriers/json_sources.h"

namespace verso::records {

namespace {

void add_status_above(TrackerStory& story) {
    if (story.word.empty()) return;
    auto& history = story.history;
    const auto newest = std::max_element(
        history.begin(), history.end(),
        [](const CarrierEvent& a, const CarrierEvent& b) { return a.at.utc < b.at.utc; });
    if (newest != history.end() && newest->word.empty()) {
        newest->word = story.word;
        newest->status = story.status;
        if (newest->cause == IncidentCause::None) newest->cause = story.cause;
        return;
    }
    const bool said = std::any_of(history.begin(), history.end(), [&](const CarrierEvent& event) {
        return event.status == story.status && event.at.utc == newest->at.utc;
    });
    // A status that we do not know, above a history that we do, adds nothing.
    if (said || (story.status == ParcelStatus::Unknown && newest != history.end())) return;
    if (newest == history.end() && !story.told_at) return;
    CarrierEvent event = story.common;
    event.word = story.word;
    event.status = story.status;
    event.cause = story.cause;
    event.at = story.told_at ? *story.told_at : newest->at;
    event.raw = story.raw;
    history.push_back(std::move(event));
}

}  // namespace

void tell(TrackerStory&& story, EventSink& sink) {
    add_status_above(story);
    auto& history = story.history;
    if (history.empty()) {
        sink.remark("a tracker without any event was passed over");
        return;
    }
    std::stable_sort(
        history.begin(), history.end(),
        [](const CarrierEvent& a, const CarrierEvent& b) { return a.at.utc < b.at.utc; });
    history.back().promised = story.promised;
    for (CarrierEvent& event : history) sink.take(std::move(event));
}

}  // namespace verso::records
