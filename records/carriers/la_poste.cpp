// SPDX-License-Identifier: Apache-2.0
// La Poste "Suivi v2": the answer to one number, or a list of answers.
// developer.laposte.fr, product "Suivi".
#include "records/carriers/json_sources.h"
#include "records/carriers/status_words.h"

namespace verso::records {

bool take_la_poste(const EventJson& json, EventSink& sink) {
    const EventJson& shipment = member(json, "shipment");
    if (!has_text(shipment, "idShip")) {
        if (!has_text(json, "returnCode") || !has_text(json, "returnMessage")) return false;
        sink.refuse("/returnMessage", "La Poste answered: " + text_of(json, "returnMessage"));
        return true;
    }
    TrackerStory story;
    story.common.source = EventSource::LaPoste;
    story.common.tracking = text_of(shipment, "idShip");
    story.common.carrier = text_of(shipment, "product");
    if (story.common.carrier.empty()) story.common.carrier = "la-poste";
    const EventJson& events = member(shipment, "event");
    for (std::size_t i = 0; i < events.size() && events.is_array(); ++i) {
        const EventJson& one = events.at(i);
        std::string fault;
        const auto at = time_of(one, "date", fault);
        const std::string code = text_of(one, "code");
        if (!at || code.empty()) {
            sink.refuse("/shipment/event/" + std::to_string(i), !fault.empty() ? fault
                                                                : at ? "the event has no code"
                                                                     : "the event has no date");
            continue;
        }
        const Meaning meaning = la_poste_meaning(code);
        CarrierEvent event = story.common;
        event.at = *at;
        event.word = code;
        event.status = meaning.status;
        event.cause = meaning.cause;
        event.raw = dump_without(one, {});
        story.history.push_back(std::move(event));
    }
    const EventJson& final = member(shipment, "isFinal");
    story.promised = day_of(shipment, "estimDate");
    // Once the parcel is there the same field tells when it came.
    if (!story.promised && !(final.is_boolean() && final.get<bool>()))
        story.promised = day_of(shipment, "deliveryDate");
    tell(std::move(story), sink);
    return true;
}

}  // namespace verso::records
