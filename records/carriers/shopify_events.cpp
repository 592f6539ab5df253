// SPDX-License-Identifier: Apache-2.0
// Shopify: fulfillment events (webhook `fulfillment_events/create`, API answers) and fulfillments
// (webhook `fulfillments/update`), which alone tell the tracking number.
// shopify.dev, Admin REST API, "FulfillmentEvent", "Fulfillment".
#include "records/carriers/json_sources.h"
#include "records/carriers/status_words.h"

namespace verso::records {

namespace {

bool is_event(const EventJson& json) {
    return has_text(json, "fulfillment_id") && has_text(json, "status");
}

bool is_fulfillment(const EventJson& json) {
    return has_text(json, "order_id") && member(json, "tracking_numbers").is_array();
}

void take_event(const EventJson& json, EventSink& sink) {
    CarrierEvent event;
    event.source = EventSource::Shopify;
    event.event_id = text_of(json, "id");
    event.order_key = text_of(json, "order_id");
    std::string fault;
    auto at = time_of(json, "happened_at", fault);
    if (!at && fault.empty()) at = time_of(json, "created_at", fault);
    if (!at) return sink.refuse("/happened_at", fault.empty() ? "the event has no time" : fault);
    event.at = *at;
    event.word = text_of(json, "status");
    const Meaning meaning = shopify_meaning(event.word);
    event.status = meaning.status;
    event.cause = meaning.cause;
    event.promised = day_of(json, "estimated_delivery_at");
    event.raw = dump_without(
        json, {"city", "province", "country", "zip", "address1", "latitude", "longitude"});
    sink.take(std::move(event));
}

void take_fulfillment(const EventJson& json, EventSink& sink) {
    CarrierEvent event;
    event.source = EventSource::Shopify;
    event.order_key = text_of(json, "order_id");
    event.carrier = text_of(json, "tracking_company");
    event.word = text_of(json, "shipment_status");
    if (event.word.empty())
        return sink.remark("a fulfillment without a shipment status was passed over");
    std::string fault;
    const auto at = time_of(json, "updated_at", fault);
    if (!at)
        return sink.refuse("/updated_at", fault.empty() ? "the fulfillment has no time" : fault);
    event.at = *at;
    event.status = shopify_meaning(event.word).status;
    for (const auto& number : member(json, "tracking_numbers")) {
        if (!number.is_string()) continue;
        event.tracking = number.get<std::string>();
        event.event_id.clear();
        sink.take(event);
    }
}

template <class Take>
bool take_each(const EventJson& list, bool (*is_one)(const EventJson&), Take take,
               EventSink& sink) {
    if (!list.is_array() || list.empty() || !is_one(list.front())) return false;
    for (const auto& one : list) {
        if (is_one(one)) take(one, sink);
    }
    return true;
}

}  // namespace

bool take_shopify(const EventJson& json, EventSink& sink) {
    for (const EventJson* one : {&json, &member(json, "fulfillment_event")}) {
        if (!is_event(*one)) continue;
        take_event(*one, sink);
        return true;
    }
    for (const EventJson* one : {&json, &member(json, "fulfillment")}) {
        if (!is_fulfillment(*one)) continue;
        take_fulfillment(*one, sink);
        return true;
    }
    return take_each(member(json, "fulfillment_events"), is_event, take_event, sink) ||
           take_each(member(json, "fulfillments"), is_fulfillment, take_fulfillment, sink);
}

}  // namespace verso::records
