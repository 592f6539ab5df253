// SPDX-License-Identifier: Apache-2.0
#include "records/carriers/event_reader.h"
#include "records/carriers/neutral_event.h"
#include "service/api/api_routes.h"

namespace verso::service {

namespace {

using records::KeyScope;

constexpr std::size_t kEventBytes = 2U << 20;
constexpr std::size_t kMostEvents = 1000;
/// Clocks differ, and a day alone may be tomorrow's; a delivery of next week is a mistake.
constexpr std::chrono::hours kFuture{48};

/// The events of a body: one object, or {"events":[…]}.
Result<std::vector<Json>> events_of(const std::string& text) {
    auto json = parse_body(text);
    if (!json) return json.error();
    const auto list = json->find("events");
    if (list == json->end()) return std::vector<Json>{*std::move(json)};
    if (json->size() != 1 || !list->is_array() || list->empty() || list->size() > kMostEvents) {
        return Error{ErrorCode::ValueInvalid,
                     "the body is not {\"events\":[…]} with 1 to 1000 events", "/events", ""};
    }
    return list->get<std::vector<Json>>();
}

/// One neutral event; ValueInvalid with the member.
Result<records::CarrierEvent> event_of(const Json& json) {
    if (!json.is_object()) return Error{ErrorCode::ValueInvalid, "this is no object", "", ""};
    BodyReader body(json);
    std::map<std::string, std::string, std::less<>> said;
    for (const auto column : records::kEventColumns) {
        if (column == "parcel") {
            const int parcel = body.whole_or(column, 1, 99, 0);
            if (parcel > 0) said.emplace(column, std::to_string(parcel));
            continue;
        }
        said.emplace(column, body.text_if_any(column, 200).value_or(""));
    }
    if (auto sound = body.end(); !sound) return sound.error();
    auto event = records::neutral_event(records::EventSource::Json, [&](std::string_view column) {
        const auto found = said.find(column);
        return found == said.end() ? std::string() : found->second;
    });
    if (event) event->raw = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    return event;
}

Result<ApiAnswer> keep_events(const ApiCall& call) {
    auto all = events_of(call.request.body);
    if (!all) return all.error();
    std::vector<records::CarrierEvent> events;
    records::EventSink sink([&](records::CarrierEvent&& event) -> Result<void> {
        events.push_back(std::move(event));
        return {};
    });
    sink.set_latest(call.now + kFuture);
    for (std::size_t i = 0; i < all->size(); ++i) {
        const std::string place = "/events/" + std::to_string(i);
        auto event = event_of(all->at(i));
        if (event) {
            sink.take(*std::move(event), place);
        } else {
            sink.refuse(place + event.error().where, event.error().message);
        }
    }
    if (events.empty()) {
        const auto& first = sink.rejected().front();
        return Error{ErrorCode::ValueInvalid, first.reason, first.pointer, ""};
    }
    auto kept = call.store.parcel_events().keep(call.shop(), events, call.now);
    if (!kept) return kept.error();
    Json rejected = Json::array();
    for (const auto& one : sink.rejected()) {
        rejected.push_back({{"where", one.pointer}, {"detail", one.reason}});
    }
    ApiAnswer answer = answer_json(
        {{"new", kept->added}, {"known", kept->known}, {"rejected", std::move(rejected)}});
    answer.what = "import events";
    answer.subject = std::to_string(kept->added);
    return answer;
}

}  // namespace

void add_event_routes(ApiDoor& door, Router& router) {
    door.change(router, Method::Post, "/api/v1/events", KeyScope::EventsWrite, kEventBytes,
                keep_events);
}

}  // namespace verso::service
