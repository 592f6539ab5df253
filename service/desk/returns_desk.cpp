// SPDX-License-Identifier: Apache-2.0
#include "service/desk/returns_desk.h"

#include <algorithm>
#include <map>

#include "core/domain/card_link.h"
#include "records/desk/return_acts.h"
#include "service/buyer/card_page.h"
#include "service/desk/customer_view.h"
#include "service/desk/desk_counter.h"
#include "service/desk/form_fields.h"
#include "service/desk/photo_desk.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using generator::Language;
using records::Permission;
using records::Return;
using records::ReturnEvent;
using records::ReturnState;
using records::Store;

constexpr std::size_t kFormBytes = 64U << 10U;
constexpr int kMostShown = 100;

std::string place_of(const Visitor& visitor) { return DeskFrame::base(*visitor.face) + "/returns"; }

PageData row_of(const Return& made, const Language& language) {
    return PageData()
        .set("return_rma", format_rma(made.rma))
        .set("return_href", encode_segment(made.rma.get()))
        .set("return_order", made.order.get())
        .set("return_order_href", encode_segment(made.order.get()))
        .set("return_state", word_for(language, "return", records::to_string(made.state)))
        .set("return_wish", word_for(language, "wish", records::to_string(made.wish)))
        .set_if("return_label", made.label)
        .set("return_lines", std::to_string(made.lines.size()));
}

const OrderLine* line_of(const Order& order, int number) {
    const auto found = std::find_if(order.lines.begin(), order.lines.end(),
                                    [&](const OrderLine& one) { return one.line == number; });
    return found == order.lines.end() ? nullptr : &*found;
}

/// Every line of the order may have come, announced or not; announced ones stand first.
std::vector<PageData> line_rows(const records::ReturnStory& story, const Language& language) {
    const bool is_counted = story.made.state != ReturnState::Announced &&
                            story.made.state != ReturnState::InTransit &&
                            story.made.state != ReturnState::Received;
    std::vector<PageData> rows;
    for (const auto& line : story.made.lines) {
        const OrderLine* bought = line_of(story.order, line.line);
        std::vector<PageData> conditions;
        for (const char* name : {"as-new", "opened", "used", "damaged"}) {
            conditions.push_back(
                PageData()
                    .set("condition_value", name)
                    .set("condition_word", word_for(language, "condition", name))
                    .set("condition_chosen", records::to_string(line.condition) == name));
        }
        rows.push_back(
            PageData()
                .set("line_number", std::to_string(line.line))
                .set("line_title", bought != nullptr ? bought->title : "")
                .set("line_sku", bought != nullptr ? bought->sku : "")
                .set("line_expected", std::to_string(line.expected))
                .set("line_received", is_counted ? std::to_string(line.received) : "")
                .set("line_reason", word_for(language, "because", records::to_string(line.reason)))
                .set("line_condition", is_counted ? word_for(language, "condition",
                                                             records::to_string(line.condition))
                                                  : std::string())
                .set("line_note", line.note)
                .set("line_conditions", std::move(conditions)));
    }
    return rows;
}

/// Expected against received, in the visitor's language.
std::vector<std::string> differences_of(const records::ReturnStory& story,
                                        const Language& language) {
    std::vector<std::string> out;
    for (const auto& line : story.made.lines) {
        if (line.received == line.expected) continue;
        const OrderLine* bought = line_of(story.order, line.line);
        const bool is_missing = line.received < line.expected;
        const int count =
            is_missing ? line.expected - line.received : line.received - line.expected;
        out.push_back(say(
            language, is_missing ? "desk.returns.missing" : "desk.returns.more",
            {{"count", std::to_string(count)}, {"title", bought != nullptr ? bought->title : ""}}));
    }
    return out;
}

std::vector<PageData> texts(const std::vector<std::string>& lines) {
    std::vector<PageData> rows;
    for (const auto& line : lines) rows.push_back(PageData().set("line_text", line));
    return rows;
}

void add_acts(const records::ReturnStory& story, const Visitor& visitor, PageData& data) {
    const auto can = [&](ReturnEvent event) {
        return !records::next_return_state(story.made.state, event).is_refused();
    };
    const bool decides = visitor.may(Permission::EditOrders);
    const bool is_here =
        story.made.state == ReturnState::Received || story.made.state == ReturnState::Inspected;
    data.set("may_receive", can(ReturnEvent::Receive) && !is_here)
        .set("may_inspect", can(ReturnEvent::Inspect))
        .set("may_refund", decides && can(ReturnEvent::Refund))
        .set("may_exchange", decides && can(ReturnEvent::Exchange))
        .set("may_cancel", decides && can(ReturnEvent::Cancel))
        .set("may_end", decides && (can(ReturnEvent::Refund) || can(ReturnEvent::Exchange) ||
                                    can(ReturnEvent::Cancel)));
}

PageData story_page(const records::ReturnStory& story, const Visitor& visitor,
                    const Language& language) {
    const Return& made = story.made;
    PageData data = row_of(made, language);
    const bool is_inspected = made.state == ReturnState::Inspected ||
                              made.state == ReturnState::Refunded ||
                              made.state == ReturnState::Exchanged;
    const auto different =
        is_inspected ? differences_of(story, language) : std::vector<std::string>{};
    std::vector<std::string> doubts;
    for (const auto& line : story.proposal.lines) {
        if (!line.doubt.empty()) doubts.push_back(line.doubt);
    }
    std::vector<std::string> history;
    for (const auto& entry : story.history) {
        history.push_back(day_text(language, entry.at) + " · " + entry.who + " · " +
                          word_for(language, "did", entry.what) +
                          (entry.detail.empty() ? "" : ": " + entry.detail));
    }
    data.set_if("comment", made.comment)
        .set("lines", line_rows(story, language))
        .set("is_inspected", is_inspected)
        .set("has_differences", !different.empty())
        .set("differences", texts(different))
        .set("worth", language.formats.format(story.proposal.total, story.order.currency))
        .set("has_worth", is_inspected && !story.proposal.lines.empty())
        .set("doubts", texts(doubts))
        .set("history", texts(history));
    add_acts(story, visitor, data);
    return data;
}

records::ReturnWords words_of(const FormFields& fields, const Visitor& visitor, const Rma& rma) {
    records::ReturnWords words;
    words.code = rma.get();
    words.who = visitor.user.login;
    words.reason = text_of(fields, "reason");
    words.amount = text_of(fields, "amount");
    std::replace(words.amount.begin(), words.amount.end(), ',', '.');
    for (const auto& [name, value] : fields) {
        if (!name.starts_with("n.") || trimmed(value).empty()) continue;
        const std::string number = name.substr(2);
        const std::string condition = text_of(fields, "c." + number);
        words.lines.push_back(number + "=" + std::string(trimmed(value)) +
                              (condition.empty() ? "" : ":" + condition));
        const std::string note = text_of(fields, "t." + number);
        if (!note.empty()) words.notes.push_back(number + "=" + note);
    }
    return words;
}

/// Whether this person may do this step: what costs money is for who runs the shop.
bool may_step(const Visitor& visitor, const std::string& act) {
    return act == "receive" || act == "inspect" || visitor.may(Permission::EditOrders);
}

Result<void> step(const records::Counter& counter, const records::ReturnWords& words,
                  const std::string& act, Instant at) {
    static const std::map<std::string, ReturnEvent, std::less<>> kSteps{
        {"receive", ReturnEvent::Receive},
        {"refund", ReturnEvent::Refund},
        {"exchange", ReturnEvent::Exchange},
        {"cancel", ReturnEvent::Cancel}};
    if (act == "inspect") {
        auto done = records::inspect_return(counter, words, at);
        return done ? Result<void>{} : Result<void>(done.error());
    }
    const auto event = kSteps.find(act);
    if (event == kSteps.end()) {
        return Error{ErrorCode::ValueInvalid, "nothing is called so", "act", ""};
    }
    auto done = records::move_return(counter, words, event->second, at);
    return done ? Result<void>{} : Result<void>(done.error());
}

}  // namespace

void ReturnsDesk::add_routes(Router& router) {
    const auto guarded = [this](DeskHandler handler) {
        return frame_.room().keeper.guard(Permission::TakeReturns, std::move(handler));
    };
    const auto plain = [this, guarded](auto method) {
        return guarded(
            [this, method](const HttpRequest& request, const PathValues&, const Visitor& visitor) {
                return (this->*method)(request, visitor);
            });
    };
    const auto of_one = [this, guarded](auto method) {
        return guarded([this, method](const HttpRequest& request, const PathValues& path,
                                      const Visitor& visitor) -> Reply {
            auto rma = parse_rma(path.at("rma"));
            if (!rma) return frame_.notice(request, visitor, sentence_of(rma.error()), 404);
            return (this->*method)(request, visitor, *rma);
        });
    };
    router.add({Method::Get, "/desk/{shop}/returns", plain(&ReturnsDesk::list)});
    router.add({Method::Post, "/desk/{shop}/returns", plain(&ReturnsDesk::scan), kFormBytes});
    router.add({Method::Get, "/desk/{shop}/returns/{rma}", of_one(&ReturnsDesk::show)});
    router.add({Method::Post, "/desk/{shop}/returns/{rma}", of_one(&ReturnsDesk::act), kFormBytes});
}

HttpResponse ReturnsDesk::list_page(const HttpRequest& request, const Visitor& visitor,
                                    Store& store, const Error* fault) const {
    const auto& language = frame_.language(request, visitor);
    PageData data;
    for (const auto& [name, states] :
         {std::pair{"here", std::vector{ReturnState::Received, ReturnState::Inspected}},
          std::pair{"coming", std::vector{ReturnState::Announced, ReturnState::InTransit}},
          std::pair{"over", std::vector{ReturnState::Refunded, ReturnState::Exchanged}}}) {
        std::vector<PageData> rows;
        for (const ReturnState state : states) {
            auto found = store.returns().list(visitor.shop, state, kMostShown);
            if (!found) {
                return frame_.notice(request, visitor, sentence_of(found.error()), 503);
            }
            for (const Return& made : *found) rows.push_back(row_of(made, language));
        }
        data.set(std::string("has_") + name, !rows.empty()).set(name, std::move(rows));
    }
    data.set("title", say(language, "desk.tab.returns"))
        .set_if("fault", fault != nullptr ? sentence_of(*fault) : std::string());
    return frame_.page(request, visitor, DeskTab::Returns, "desk_returns", std::move(data),
                       fault != nullptr ? status_of(*fault) : 200);
}

Reply ReturnsDesk::list(const HttpRequest& request, const Visitor& visitor) const {
    return list_page(request, visitor, frame_.room().gate.reader(request.lane), nullptr);
}

Reply ReturnsDesk::scan(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        const FormFields fields = fields_of(request);
        auto rma = records::find_one_return(store, visitor.shop, text_of(fields, "code"));
        if (!rma) return list_page(request, visitor, store, &rma.error());
        auto made = store.returns().find(visitor.shop, *rma);
        const bool comes =
            made && *made &&
            ((*made)->state == ReturnState::Announced || (*made)->state == ReturnState::InTransit);
        if (comes) {
            const Instant now = frame_.room().clock.now();
            auto scope = store.begin();
            Result<void> done = scope ? step(counter_for(store, visitor),
                                             words_of({}, visitor, *rma), "receive", now)
                                      : Result<void>(scope.error());
            if (done) done = note_act(store, visitor, now, "return receive", rma->get());
            if (done) done = (*scope)->commit();
            if (!done) {
                if (scope) scope->reset();
                return list_page(request, visitor, store, &done.error());
            }
        }
        return see_other(place_of(visitor) + "/" + encode_segment(rma->get()));
    });
}

HttpResponse ReturnsDesk::page(const HttpRequest& request, const Visitor& visitor, Store& store,
                               const Rma& rma, const Error* fault) const {
    auto story = records::read_return(store, visitor.shop, rma);
    if (!story) {
        return frame_.notice(request, visitor, sentence_of(story.error()),
                             status_of(story.error()));
    }
    PageData data = story_page(*story, visitor, frame_.language(request, visitor));
    if (auto shown = add_photos(store, visitor, story->made.order, PhotosOf::Everything,
                                story->made.rma, data);
        !shown) {
        return frame_.notice(request, visitor, sentence_of(shown.error()), 503);
    }
    data.set("title", format_rma(rma))
        .set_if("fault", fault != nullptr ? sentence_of(*fault) : std::string());
    return frame_.page(request, visitor, DeskTab::Returns, "desk_return", std::move(data),
                       fault != nullptr ? status_of(*fault) : 200);
}

Reply ReturnsDesk::show(const HttpRequest& request, const Visitor& visitor, const Rma& rma) const {
    return page(request, visitor, frame_.room().gate.reader(request.lane), rma, nullptr);
}

Reply ReturnsDesk::act(const HttpRequest& request, const Visitor& visitor, const Rma& rma) const {
    return frame_.room().gate.slow([this, request, visitor, rma](Store& store) -> HttpResponse {
        const FormFields fields = fields_of(request);
        const std::string act = text_of(fields, "act");
        if (!may_step(visitor, act)) {
            return frame_.notice(request, visitor,
                                 say(frame_.language(request, visitor), "desk.returns.not_yours"),
                                 403);
        }
        const Instant now = frame_.room().clock.now();
        auto scope = store.begin();
        Result<void> done =
            scope ? step(counter_for(store, visitor), words_of(fields, visitor, rma), act, now)
                  : Result<void>(scope.error());
        if (done) done = note_act(store, visitor, now, "return " + act, rma.get());
        if (done) done = (*scope)->commit();
        if (scope) scope->reset();
        if (!done) return page(request, visitor, store, rma, &done.error());
        return see_other(place_of(visitor) + "/" + encode_segment(rma.get()));
    });
}

}  // namespace verso::service
