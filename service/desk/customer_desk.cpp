// SPDX-License-Identifier: Apache-2.0
#include "service/desk/customer_desk.h"

#include <algorithm>
#include <map>

#include "core/domain/card_link.h"
#include "records/desk/order_desk.h"
#include "records/desk/rating_desk.h"
#include "records/desk/return_acts.h"
#include "service/desk/desk_counter.h"
#include "service/desk/form_fields.h"
#include "service/desk/photo_desk.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using records::Permission;
using records::Store;

constexpr std::size_t kFormBytes = 64U << 10U;
constexpr int kMostFound = 30;

std::string place_of(const Visitor& visitor, const std::string& number) {
    return DeskFrame::base(*visitor.face) + "/customers?order=" + encode_segment(number);
}

records::OrderWords order_words(const FormFields& fields, const Visitor& visitor) {
    records::OrderWords words;
    words.order = text_of(fields, "order");
    words.who = visitor.user.login;
    words.reason = text_of(fields, "reason");
    return words;
}

/// Only what the form shows otherwise than the order: a field that was not touched changes nothing.
void add_address(const FormFields& fields, const Address& now, records::OrderWords& words) {
    const std::pair<const char*, const std::string*> parts[]{
        {"name", &now.name},     {"company", &now.company},   {"line1", &now.line1},
        {"line2", &now.line2},   {"postcode", &now.postcode}, {"city", &now.city},
        {"region", &now.region}, {"country", &now.country}};
    for (const auto& [part, value] : parts) {
        const auto sent = fields.find(std::string("a.") + part);
        if (sent == fields.end()) continue;
        const std::string text(trimmed(sent->second));
        if (text != trimmed(*value)) words.address.push_back(std::string(part) + "=" + text);
    }
}

void add_lines(const FormFields& fields, const Order& order, records::OrderWords& words) {
    for (const OrderLine& line : order.lines) {
        const std::string text = text_of(fields, "l." + std::to_string(line.line));
        if (text.empty() || text == std::to_string(line.quantity)) continue;
        words.lines.push_back(std::to_string(line.line) + "=" + text);
    }
}

Result<void> edit(const records::Counter& counter, const FormFields& fields, const Visitor& visitor,
                  const Order& order, Instant at) {
    auto words = order_words(fields, visitor);
    if (text_of(fields, "act") == "address") add_address(fields, order.ship_to, words);
    if (text_of(fields, "act") == "lines") add_lines(fields, order, words);
    auto done = records::edit_order(counter, words, at);
    return done ? Result<void>{} : Result<void>(done.error());
}

/// One return for each parcel that the lines went out in.
Result<void> announce(const records::Counter& counter, const FormFields& fields,
                      const Visitor& visitor, const Order& order, Instant at) {
    std::map<int, records::ReturnWords> by_parcel;
    for (const OrderLine& line : order.lines) {
        const std::string number = std::to_string(line.line);
        const std::string pieces = text_of(fields, "pieces." + number);
        if (pieces.empty() || pieces == "0") continue;
        const std::string reason = text_of(fields, "why." + number);
        auto& words = by_parcel[line.parcel];
        words.lines.push_back(number + "=" + pieces + (reason.empty() ? "" : ":" + reason));
    }
    if (by_parcel.empty()) {
        return Error{ErrorCode::ValueInvalid, "nothing was chosen", order.number.get(),
                     "say how many pieces come back"};
    }
    for (auto& [parcel, words] : by_parcel) {
        words.code = order.number.get();
        words.who = visitor.user.login;
        words.parcel = parcel;
        words.comment = text_of(fields, "comment");
        if (const auto wish = text_of(fields, "wish"); !wish.empty()) words.wish = wish;
        auto made = records::announce_return(counter, words, at);
        if (!made) return made.error();
    }
    return {};
}

/// An answer that somebody takes down for a buyer on the telephone.
Result<void> record_answer(const records::Counter& counter, const FormFields& fields,
                           const Visitor& visitor, Instant at) {
    records::AnswerWords words;
    words.code = text_of(fields, "code");
    words.who = visitor.user.login;
    words.comment = text_of(fields, "comment");
    words.publish = text_of(fields, "publish") == "1";
    for (const auto& [name, value] : fields) {
        if (name.starts_with("q.") && !value.empty()) {
            words.answers.push_back(name.substr(2) + "=" + value);
        }
    }
    auto done = records::record_assisted(counter, words, at);
    return done ? Result<void>{} : Result<void>(done.error());
}

Result<void> act_now(const records::Counter& counter, const FormFields& fields,
                     const Visitor& visitor, const Order& order, Instant at) {
    const std::string act = text_of(fields, "act");
    if (act == "cancel") {
        auto done = records::cancel_order(counter, order_words(fields, visitor), at);
        return done ? Result<void>{} : Result<void>(done.error());
    }
    if (act == "address" || act == "lines") return edit(counter, fields, visitor, order, at);
    if (act == "return") return announce(counter, fields, visitor, order, at);
    if (act == "answer") return record_answer(counter, fields, visitor, at);
    return Error{ErrorCode::ValueInvalid, "nothing is called so", "act", ""};
}

}  // namespace

void CustomerDesk::add_routes(Router& router) {
    const auto guarded = [this](Permission permission, auto method) {
        return frame_.room().keeper.guard(
            permission,
            [this, method](const HttpRequest& request, const PathValues&, const Visitor& visitor) {
                return (this->*method)(request, visitor);
            });
    };
    router.add({Method::Get, "/desk/{shop}/customers",
                guarded(Permission::ReadOrders, &CustomerDesk::show)});
    router.add({Method::Post, "/desk/{shop}/customers",
                guarded(Permission::EditOrders, &CustomerDesk::act), kFormBytes});
}

Reply CustomerDesk::show(const HttpRequest& request, const Visitor& visitor) const {
    Store& store = frame_.room().gate.reader(request.lane);
    const std::string number = request.query_value("order");
    if (!number.empty()) return page(request, visitor, store, OrderNumber{number}, nullptr);
    return search(request, visitor, store, std::string(trimmed(request.query_value("q"))));
}

HttpResponse CustomerDesk::search(const HttpRequest& request, const Visitor& visitor, Store& store,
                                  const std::string& text) const {
    const auto& language = frame_.language(request, visitor);
    std::vector<records::OrderSummary> found;
    if (!text.empty()) {
        auto orders = store.search_orders(visitor.shop, text, kMostFound);
        if (!orders) {
            return frame_.notice(request, visitor, sentence_of(orders.error()),
                                 status_of(orders.error()));
        }
        found = std::move(*orders);
    }
    if (found.size() == 1) return see_other(place_of(visitor, found.front().number.get()));
    PageData data;
    data.set("title", say(language, "desk.tab.customers"))
        .set("q", text)
        .set("asked", !text.empty())
        .set("has_found", !found.empty())
        .set("is_cut", found.size() >= static_cast<std::size_t>(kMostFound))
        .set("found", found_rows(found, language));
    return frame_.page(request, visitor, DeskTab::Customers, "desk_customers", std::move(data));
}

HttpResponse CustomerDesk::page(const HttpRequest& request, const Visitor& visitor, Store& store,
                                const OrderNumber& number, const Error* fault) const {
    const auto& language = frame_.language(request, visitor);
    auto view = read_customer(store, visitor.shop, number);
    if (!view) {
        return frame_.notice(request, visitor, sentence_of(view.error()), status_of(view.error()));
    }
    for (const auto& card : view->story.cards) {
        if (card.state == records::CardState::Voided) continue;
        const Layout* layout = frame_.room().layouts.find(card.insert.layout, store);
        if (layout != nullptr) view->questions = form_questions(*layout);
    }
    PageData data = customer_page(*view, visitor, language);
    if (auto shown =
            add_photos(store, visitor, OrderNumber(number), PhotosOf::Everything, Rma(""), data);
        !shown) {
        return frame_.notice(request, visitor, sentence_of(shown.error()), 503);
    }
    data.set("title", number.get())
        .set_if("fault", fault != nullptr ? sentence_of(*fault) : std::string());
    return frame_.page(request, visitor, DeskTab::Customers, "desk_order", std::move(data),
                       fault != nullptr ? status_of(*fault) : 200);
}

Reply CustomerDesk::act(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        const FormFields fields = fields_of(request);
        const OrderNumber number{text_of(fields, "order")};
        const Instant now = frame_.room().clock.now();
        auto scope = store.begin();
        if (!scope) return page(request, visitor, store, number, &scope.error());
        auto order = store.find_order(visitor.shop, number);
        Result<void> done = order
                                ? act_now(counter_for(store, visitor), fields, visitor, *order, now)
                                : Result<void>(order.error());
        if (done) {
            done = note_act(store, visitor, now, "order " + text_of(fields, "act"), number.get());
        }
        if (done) done = (*scope)->commit();
        scope->reset();
        if (!done) return page(request, visitor, store, number, &done.error());
        return see_other(place_of(visitor, number.get()));
    });
}

}  // namespace verso::service
