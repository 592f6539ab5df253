// SPDX-License-Identifier: Apache-2.0
#include "app/order_history.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/domain/card_link.h"
#include "records/lifecycle/order_changes.h"

namespace verso::app {

namespace {

using Json = nlohmann::ordered_json;

std::string answers_text(const Response& response) {
    if (response.kind != ResponseKind::Scores) return std::string(to_string(response.kind));
    std::string out;
    for (const auto& [question, value] : response.answers) {
        out += (out.empty() ? "" : ", ") + question + " " + std::to_string(value);
    }
    return out;
}

/// What a revision changed, in sentences; none for the first.
std::vector<std::string> changes_of(const records::OrderStory& story, std::size_t index) {
    std::vector<std::string> out;
    if (index == 0) return out;
    for (const auto& change :
         records::changes_between(story.revisions[index - 1], story.revisions[index])) {
        out.push_back(records::to_sentence(change));
    }
    return out;
}

const Parcel* find_parcel(const Order& order, int number) {
    const auto found = std::find_if(order.parcels.begin(), order.parcels.end(),
                                    [&](const Parcel& one) { return one.number == number; });
    return found == order.parcels.end() ? nullptr : &*found;
}

/// Empty while no carrier has told anything.
std::string status_text(const records::ParcelStory& parcel) {
    if (parcel.events.empty()) return "";
    return std::string(records::to_string(parcel.state.status));
}

Json shipments_json(const records::OrderStory& story) {
    Json out = Json::array();
    for (const records::ParcelStory& parcel : story.parcels) {
        Json events = Json::array();
        for (const auto& event : parcel.events) {
            events.push_back({{"at", format_time(event.at)},
                              {"status", records::to_string(event.status)},
                              {"cause", records::to_string(event.cause)},
                              {"word", event.word}});
        }
        const Parcel* box = find_parcel(story.order, parcel.parcel);
        out.push_back({{"parcel", parcel.parcel},
                       {"carrier", box ? box->carrier : ""},
                       {"service", box ? box->service : ""},
                       {"tracking", box ? box->tracking : ""},
                       {"status", status_text(parcel)},
                       {"events", std::move(events)}});
    }
    return out;
}

Json responses_json(const OrderHistory& history) {
    Json out = Json::array();
    for (const Response& one : history.responses) {
        out.push_back({{"at", format_utc(one.recorded_at)},
                       {"card", format_card(one.card)},
                       {"channel", to_string(one.channel)},
                       {"kind", to_string(one.kind)},
                       {"answers", one.answers},
                       {"comment", one.comment}});
    }
    return out;
}

Json notes_json(const OrderHistory& history) {
    Json out = Json::array();
    for (const auto& note : history.notes) {
        out.push_back({{"at", format_utc(note.at)},
                       {"who", note.who},
                       {"what", note.what},
                       {"detail", note.detail}});
    }
    return out;
}

void show_parcels(Output& out, const records::OrderStory& story) {
    Table table({">parcel", "carrier", "tracking", "is", "since"});
    for (const records::ParcelStory& parcel : story.parcels) {
        const Parcel* box = find_parcel(story.order, parcel.parcel);
        const auto& since = parcel.state.since;
        table.add({std::to_string(parcel.parcel), box ? box->carrier : "", box ? box->tracking : "",
                   status_text(parcel), since ? format_time(*since) : ""});
    }
    out.show(table);
}

void show_revisions(Output& out, const records::OrderStory& story, const OrderHistory& history) {
    for (std::size_t i = 1; i < story.revisions.size(); ++i) {
        out.say("Revision " + std::to_string(story.revisions[i].revision) + ", " +
                format_utc(history.revisions[i].saved_at) + ":");
        for (const std::string& change : changes_of(story, i)) out.say("  " + change);
    }
}

}  // namespace

Result<OrderHistory> read_history(records::Store& store, ShopId shop,
                                  const records::OrderStory& story,
                                  const records::ActionTable& actions) {
    OrderHistory out;
    const OrderNumber& number = story.order.number;
    auto revisions = records::desk_of(store).revisions_of(shop, number);
    if (!revisions) return revisions.error();
    out.revisions = std::move(*revisions);
    // One that came since the story was read is left out; the story had none that went.
    out.revisions.resize(story.revisions.size());
    auto notes = records::desk_of(store).order_notes(shop, number);
    if (!notes) return notes.error();
    out.notes = std::move(*notes);
    auto responses = store.responses_of(shop, number);
    if (!responses) return responses.error();
    out.responses = std::move(*responses);
    auto returns = store.returns().of_order(shop, number);
    if (!returns) return returns.error();
    out.returns = std::move(*returns);
    out.staff_may = records::allowed_actions(actions, records::Actor::Staff, story.state);
    return out;
}

std::string history_json(const records::OrderStory& story, const OrderHistory& history) {
    Json actions = Json::array(), revisions = Json::array(), returns = Json::array();
    for (const auto action : history.staff_may) actions.push_back(records::to_string(action));
    for (std::size_t i = 0; i < story.revisions.size(); ++i) {
        revisions.push_back({{"revision", story.revisions[i].revision},
                             {"saved_at", format_utc(history.revisions[i].saved_at)},
                             {"changes", changes_of(story, i)}});
    }
    for (const auto& made : history.returns) {
        returns.push_back({{"rma", made.rma.get()}, {"state", records::to_string(made.state)}});
    }
    return Json{{"state", records::to_string(story.state)},
                {"actions", std::move(actions)},
                {"shipments", shipments_json(story)},
                {"revisions", std::move(revisions)},
                {"responses", responses_json(history)},
                {"returns", std::move(returns)},
                {"notes", notes_json(history)}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

void show_history(Output& out, const records::OrderStory& story, const OrderHistory& history) {
    std::string actions;
    for (const auto action : history.staff_may) {
        actions += (actions.empty() ? "" : ", ") + std::string(records::to_string(action));
    }
    out.say("The order is " + std::string(records::to_string(story.state)) +
            "; the staff may: " + actions);
    show_parcels(out, story);
    show_revisions(out, story, history);
    Table responses({"answered", "by", "card", "answers", "comment"});
    for (const Response& one : history.responses) {
        responses.add({format_utc(one.recorded_at), std::string(to_string(one.channel)),
                       format_typed_code(one.card), answers_text(one), one.comment});
    }
    out.show(responses);
    Table returns({"return", "is"});
    for (const auto& made : history.returns) {
        returns.add({format_rma(made.rma), std::string(records::to_string(made.state))});
    }
    out.show(returns);
    Table notes({"at", "who", "did", ""});
    for (const auto& note : history.notes) {
        notes.add({format_utc(note.at), note.who, note.what, note.detail});
    }
    out.show(notes);
}

}  // namespace verso::app
