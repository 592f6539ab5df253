// SPDX-License-Identifier: Apache-2.0
#include "app/returns_view.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/domain/card_link.h"

namespace verso::app {

namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Json base_json(const records::Return& made) {
    Json lines = Json::array();
    for (const auto& line : made.lines) {
        lines.push_back({{"line", line.line},
                         {"expected", line.expected},
                         {"received", line.received},
                         {"reason", records::to_string(line.reason)},
                         {"condition", records::to_string(line.condition)},
                         {"note", line.note},
                         {"photos", line.photos}});
    }
    return {{"rma", made.rma.get()},
            {"order", made.order.get()},
            {"parcel", made.parcel},
            {"state", records::to_string(made.state)},
            {"channel", records::to_string(made.channel)},
            {"wish", records::to_string(made.wish)},
            {"label", made.label},
            {"comment", made.comment},
            {"lines", std::move(lines)}};
}

Json proposal_json(const records::RefundProposal& proposal, const std::string& currency) {
    Json lines = Json::array();
    for (const auto& line : proposal.lines) {
        lines.push_back({{"line", line.line},
                         {"quantity", line.quantity},
                         {"amount", format_money(line.amount)},
                         {"doubt", line.doubt}});
    }
    return {{"lines", std::move(lines)},
            {"shipping", format_money(proposal.shipping)},
            {"total", format_money(proposal.total)},
            {"currency", currency}};
}

std::string story_json(const records::ReturnStory& story) {
    Json json = base_json(story.made);
    json["differences"] = records::differences(story.made, story.order);
    json["refund"] = proposal_json(story.proposal, story.order.currency);
    Json history = Json::array();
    for (const auto& entry : story.history) {
        history.push_back({{"at", format_utc(entry.at)},
                           {"who", entry.who},
                           {"what", entry.what},
                           {"detail", entry.detail}});
    }
    json["history"] = std::move(history);
    return dump(json);
}

std::string title_of(const Order& order, int line) {
    const auto& lines = order.lines;
    const auto found = std::find_if(lines.begin(), lines.end(),
                                    [&](const OrderLine& one) { return one.line == line; });
    return found == lines.end() ? "" : found->title;
}

void show_proposal(Output& out, const records::ReturnStory& story) {
    if (story.proposal.lines.empty()) return;
    for (const auto& line : story.proposal.lines) {
        if (line.doubt.empty()) continue;
        out.say("Line " + std::to_string(line.line) + ": " + line.doubt);
    }
    out.say("Worth " + format_money(story.proposal.total) + " " + story.order.currency +
            ", shipping of " + format_money(story.proposal.shipping) + " in it");
}

}  // namespace

std::string return_json(const records::Return& made) { return dump(base_json(made)); }

void show(Output& out, const records::ReturnStory& story) {
    if (out.is_json()) return out.line(story_json(story));
    const records::Return& made = story.made;
    out.say("Return " + format_rma(made.rma) + " of " + made.order.get() + ", parcel " +
            std::to_string(made.parcel) + ": " + std::string(records::to_string(made.state)));
    const std::string label = made.label.empty() ? "" : ", label " + made.label;
    out.say("announced by " + std::string(records::to_string(made.channel)) + ", wish " +
            std::string(records::to_string(made.wish)) + label);
    Table lines({">line", "article", ">expected", ">received", "reason", "condition", "note"});
    for (const auto& line : made.lines) {
        lines.add({std::to_string(line.line), title_of(story.order, line.line),
                   std::to_string(line.expected), std::to_string(line.received),
                   std::string(records::to_string(line.reason)),
                   std::string(records::to_string(line.condition)), line.note});
    }
    out.show(lines);
    for (const auto& text : records::differences(made, story.order)) out.say(text);
    show_proposal(out, story);
    Table history({"at", "who", "what", ""});
    for (const auto& entry : story.history) {
        history.add({format_utc(entry.at), entry.who, entry.what, entry.detail});
    }
    out.show(history);
}

}  // namespace verso::app
