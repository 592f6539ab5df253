// SPDX-License-Identifier: Apache-2.0
#include "service/buyer/order_site.h"

#include "core/domain/card_link.h"
#include "records/desk/return_number.h"
#include "records/store/desk_book.h"
#include "service/buyer/photo_keeper.h"

namespace verso::service {

namespace {

using records::Action;
using records::Actor;
using records::Store;

constexpr std::size_t kFormBytes = 64 * 1024;
constexpr std::string_view kBuyer = "buyer";
constexpr std::string_view kContractWithdrawn = "withdrawal";

Result<BuyerOrder> read_order(Store& store, const CardVisit& visit) {
    const auto& number = visit.card.insert.order;
    auto story = records::read_story(store, visit.card.shop, number);
    if (!story) return story.error();
    auto returns = store.returns().of_order(visit.card.shop, number);
    if (!returns) return returns.error();
    auto notes = records::desk_of(store).order_notes(visit.card.shop, number);
    if (!notes) return notes.error();
    BuyerOrder order{
        .story = *std::move(story), .returns = *std::move(returns), .withdrawn_at = {}};
    for (const auto& note : *notes) {
        if (note.what == kContractWithdrawn) order.withdrawn_at = note.at;
    }
    return order;
}

Result<void> check_may(const CardVisit& visit, const BuyerOrder& order, Action action) {
    const auto answer =
        records::answer_action(visit.face->actions, Actor::Buyer, action, order.story.state);
    if (answer.is_allowed) return {};
    return Error{ErrorCode::NotAllowed, answer.why, order.story.order.number.get(), ""};
}

/// The order as it is now becomes its next, cancelled revision, if the table still lets it.
Result<void> cancel_now(Store& store, const CardVisit& visit, Instant at) {
    auto order = read_order(store, visit);
    if (!order) return order.error();
    if (auto may = check_may(visit, *order, Action::Cancel); !may) return may;
    Order changed = order->story.order;
    changed.status = OrderStatus::Cancelled;
    changed.cancelled_at = ZonedTime{at, changed.placed_at.offset};
    auto& desk = records::desk_of(store);
    auto saved = desk.edit_order(visit.card.shop, changed, at);
    if (!saved) return saved.error();
    return desk.note_order(visit.card.shop, changed.number,
                           {at, std::string(kBuyer), "cancel", "by the page of the card"});
}

/// The returns that were made, one for each parcel.
Result<std::vector<Rma>> announce_now(Store& store, const CardVisit& visit,
                                      const std::vector<FormField>& fields, Instant at) {
    auto order = read_order(store, visit);
    if (!order) return order.error();
    if (auto may = check_may(visit, *order, Action::Return); !may) return may.error();
    auto lines = read_return(fields, *order);
    if (!lines) return lines.error();
    if (lines->empty()) return Error{ErrorCode::ValueInvalid, "nothing was chosen", "", ""};
    std::vector<Rma> announced;
    for (auto& made : split_by_parcel(order->story.order, *std::move(lines))) {
        auto rma = records::rma_for(store, visit.card.shop, order->story, made.parcel);
        if (!rma) return rma.error();
        made.rma = *rma;
        made.label = records::printed_label(order->story, *rma);
        auto kept = store.returns().announce(visit.card.shop, made, kBuyer, at);
        if (!kept) return kept.error();
        announced.push_back(made.rma);
    }
    return announced;
}

/// Runs `work` in the records' writer and leads back; what the rules forbid leads back too, where
/// the page shows how things stand.
Reply write_and_return(RecordsGate& gate, std::function<Result<void>(Store&)> work,
                       const std::string& back) {
    return gate.write(std::move(work), [back](const Result<void>& done) {
        const bool is_ours = done || done.error().code == ErrorCode::NotAllowed ||
                             done.error().code == ErrorCode::ValueInvalid;
        return is_ours ? see_other(back) : BuyerSite::unreachable();
    });
}

bool chose_something(const std::vector<FormField>& fields, const BuyerOrder& order) {
    const auto lines = read_return(fields, order);
    return lines && !lines->empty();
}

std::string language_query(const HttpRequest& request, char begin) {
    const std::string lang = request.query_value("lang");
    return lang.empty() ? "" : begin + ("lang=" + encode_segment(lang));
}

}  // namespace

void OrderSite::add_routes(Router& router) {
    const auto bind = [this](auto method) {
        return [this, method](const HttpRequest& request, const PathValues& path) -> Reply {
            return (this->*method)(request, path);
        };
    };
    router.add({Method::Get, "/C/{link}/order", bind(&OrderSite::show_order)});
    router.add({Method::Post, "/C/{link}/cancel", bind(&OrderSite::cancel), kFormBytes});
    router.add({Method::Get, "/C/{link}/return", bind(&OrderSite::show_return)});
    router.add(photo_route("/C/{link}/return", bind(&OrderSite::announce),
                           [this](const HttpRequest& request, const PathValues& path) {
                               return buyer_.admit_card(request, path);
                           }));
    router.add({Method::Get, "/C/{link}/return/{rma}", bind(&OrderSite::show_label)});
    router.add({Method::Post, "/C/{link}/withdraw-contract", bind(&OrderSite::withdraw_contract),
                kFormBytes});
}

Reply OrderSite::show_order(const HttpRequest& request, const PathValues& path) {
    return buyer_.with_card(request, path, [&](const CardVisit& visit) -> Reply {
        auto order = read_order(buyer_.parts().gate.reader(request.lane), visit);
        if (!order) return BuyerSite::unreachable();
        const auto& language = language_for(request, *visit.face, visit.language);
        return buyer_.page(visit, order_page(buyer_.parts().book, visit, language, *order));
    });
}

Reply OrderSite::cancel(const HttpRequest& request, const PathValues& path) {
    return buyer_.with_card(request, path, [&](const CardVisit& visit) -> Reply {
        return write_and_return(
            buyer_.parts().gate,
            [visit, at = buyer_.parts().clock.now()](Store& store) {
                return cancel_now(store, visit, at);
            },
            visit.place + "/order" + language_query(request, '?'));
    });
}

HttpResponse OrderSite::return_form(const HttpRequest& request, const CardVisit& visit,
                                    const std::string& fault, int status) {
    auto order = read_order(buyer_.parts().gate.reader(request.lane), visit);
    if (!order) return BuyerSite::unreachable();
    const auto& language = language_for(request, *visit.face, visit.language);
    return buyer_.page(visit, return_page(buyer_.parts().book, visit, language, *order, fault),
                       status);
}

Reply OrderSite::show_return(const HttpRequest& request, const PathValues& path) {
    return buyer_.with_card(request, path, [&](const CardVisit& visit) -> Reply {
        const auto& language = language_for(request, *visit.face, visit.language);
        const bool refused = request.query_value("photo") == "bad";
        return return_form(request, visit, refused ? say(language, "web.photo_bad") : "", 200);
    });
}

Reply OrderSite::announce(const HttpRequest& request, const PathValues& path) {
    return buyer_.with_card(request, path, [&](const CardVisit& visit) -> Reply {
        if (may_hold_photos(request)) {
            return buyer_.parts().gate.slow([this, request, visit](Store& store) {
                return announce_with_photos(request, visit, store);
            });
        }
        auto sent = read_sent_form(request);
        auto order = read_order(buyer_.parts().gate.reader(request.lane), visit);
        if (!order) return BuyerSite::unreachable();
        if (!sent || !chose_something(sent->fields, *order)) {
            return nothing_chosen(request, visit, *order);
        }
        return write_and_return(
            buyer_.parts().gate,
            [visit, fields = std::move(sent->fields),
             at = buyer_.parts().clock.now()](Store& store) -> Result<void> {
                auto announced = announce_now(store, visit, fields, at);
                return announced ? Result<void>() : announced.error();
            },
            visit.place + "/return" + language_query(request, '?'));
    });
}

Reply OrderSite::show_label(const HttpRequest& request, const PathValues& path) {
    return buyer_.with_card(request, path, [&](const CardVisit& visit) -> Reply {
        return buyer_.parts().gate.slow([this, visit, name = path.at("rma")](Store& store) {
            return label_pdf(visit, name, store);
        });
    });
}

HttpResponse OrderSite::label_pdf(const CardVisit& visit, const std::string& name,
                                  Store& store) const {
    const auto none = text_response("there is no such label\n", 404);
    constexpr std::string_view kEnding = ".pdf";
    auto* works = buyer_.parts().labels;
    if (works == nullptr || !name.ends_with(kEnding)) return none;
    const auto rma = parse_rma(name.substr(0, name.size() - kEnding.size()));
    if (!rma) return none;
    // The secret is of this order's card: its returns and no others.
    auto returns = store.returns().of_order(visit.card.shop, visit.card.insert.order);
    if (!returns) return BuyerSite::unreachable();
    for (const auto& made : *returns) {
        if (made.rma != *rma || made.state == records::ReturnState::Cancelled) continue;
        auto pdf = works->draw(visit.card.shop, {made.order, made.parcel, made.rma, made.label});
        if (!pdf) return BuyerSite::unreachable();
        HttpResponse response;
        response.body = std::make_shared<const std::string>(*std::move(pdf));
        return response.with("Content-Type", "application/pdf")
            .with("Content-Disposition",
                  "attachment; filename=\"return-" + made.rma.get() + ".pdf\"");
    }
    return none;
}

HttpResponse OrderSite::nothing_chosen(const HttpRequest& request, const CardVisit& visit,
                                       const BuyerOrder& order) const {
    const auto& language = language_for(request, *visit.face, visit.language);
    return buyer_.page(
        visit,
        return_page(buyer_.parts().book, visit, language, order, say(language, "web.missing")),
        422);
}

HttpResponse OrderSite::announce_with_photos(const HttpRequest& request, const CardVisit& visit,
                                             Store& store) const {
    auto sent = read_sent_form(request);
    auto order = read_order(store, visit);
    if (!order) return BuyerSite::unreachable();
    if (!sent || !chose_something(sent->fields, *order)) {
        return nothing_chosen(request, visit, *order);
    }
    const Instant at = buyer_.parts().clock.now();
    PhotoKeeper photos(visit.takes_photos ? buyer_.parts().photos : nullptr, *sent,
                       visit.card.insert.insert, "return");
    auto scope = store.begin();
    if (!scope) return BuyerSite::unreachable();
    auto announced = announce_now(store, visit, sent->fields, at);
    Result<void> done = announced ? Result<void>() : announced.error();
    // What came in several parcels is one story to the buyer: each return shows its photos.
    for (std::size_t i = 0; done && i < announced->size(); ++i) {
        done = photos.write_down(store, visit, announced->at(i), at);
    }
    if (done) done = (*scope)->commit();
    if (done) photos.settle();
    const std::string back = visit.place + "/return" + language_query(request, '?');
    const bool is_ours = done || done.error().code == ErrorCode::NotAllowed ||
                         done.error().code == ErrorCode::ValueInvalid;
    if (!is_ours) return BuyerSite::unreachable();
    const char* mark = back.find('?') == std::string::npos ? "?photo=bad" : "&photo=bad";
    return see_other(photos.is_complete() ? back : back + mark);
}

Reply OrderSite::withdraw_contract(const HttpRequest& request, const PathValues& path) {
    return buyer_.with_card(request, path, [&](const CardVisit& visit) -> Reply {
        // Declared once is declared: saying it again keeps the first moment.
        const auto declare = [visit,
                              at = buyer_.parts().clock.now()](Store& store) -> Result<void> {
            auto order = read_order(store, visit);
            if (!order) return order.error();
            if (order->withdrawn_at) return {};
            return records::desk_of(store).note_order(
                visit.card.shop, visit.card.insert.order,
                {at, std::string(kBuyer), std::string(kContractWithdrawn),
                 "declared by the page of the card"});
        };
        return write_and_return(buyer_.parts().gate, declare,
                                visit.place + "/return" + language_query(request, '?'));
    });
}

}  // namespace verso::service
