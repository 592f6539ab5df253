// SPDX-License-Identifier: Apache-2.0
#include "service/desk/dispute_desk.h"

#include "records/store/desk_book.h"
#include "records/store/review_book.h"
#include "service/buyer/card_page.h"
#include "service/desk/desk_counter.h"
#include "service/desk/form_fields.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using records::Permission;
using records::Store;

constexpr std::size_t kFormBytes = std::size_t{16} * 1024;
constexpr int kMostShown = 50;

Result<void> settle_now(Store& store, const Visitor& visitor, const FormFields& fields,
                        Instant at) {
    const OrderNumber order{text_of(fields, "order")};
    const std::string act = text_of(fields, "act"), reason = text_of(fields, "reason");
    if (reason.empty() || (act != "keep" && act != "remove")) {
        return Error{ErrorCode::ValueInvalid, "a decision needs a reason", order.get(),
                     "say why the answer counts or does not"};
    }
    auto& desk = records::desk_of(store);
    auto notes = desk.order_notes(visitor.shop, order);
    if (!notes) return notes.error();
    if (!records::is_disputed(*notes)) {
        return Error{ErrorCode::NotAllowed, "nothing is disputed any more", order.get(), ""};
    }
    if (act == "remove") {
        auto rating = store.find_rating(visitor.shop, order);
        if (!rating) return rating.error();
        // An answer that does not count any more needs no taking back.
        if (*rating) {
            auto back =
                records::reviews_of(store).take_back(visitor.shop, order, (*rating)->card, at);
            if (!back) return back.error();
        }
    }
    auto noted = desk.note_order(
        visitor.shop, order,
        {at, visitor.user.login, std::string(records::kDisputeSettled), act + ": " + reason});
    if (!noted) return noted;
    return note_act(store, visitor, at, "dispute " + act, order.get(), reason);
}

}  // namespace

void DisputeDesk::add_routes(Router& router) {
    router.add({Method::Post, "/desk/{shop}/disputes",
                frame_.room().keeper.guard(
                    Permission::Review,
                    [this](const HttpRequest& request, const PathValues&, const Visitor& visitor) {
                        return settle(request, visitor);
                    }),
                kFormBytes});
}

Reply DisputeDesk::settle(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        const FormFields fields = fields_of(request);
        auto scope = store.begin();
        Result<void> done = scope ? Result<void>() : scope.error();
        if (done) done = settle_now(store, visitor, fields, frame_.room().clock.now());
        if (done) done = (*scope)->commit();
        if (!done) {
            return frame_.notice(request, visitor, sentence_of(done.error()),
                                 status_of(done.error()));
        }
        return see_other(DeskFrame::base(*visitor.face) +
                         "/customers?order=" + encode_segment(text_of(fields, "order")));
    });
}

Result<void> add_disputes(Store& store, const Visitor& visitor, const generator::Language& language,
                          PageData& data) {
    auto& desk = records::desk_of(store);
    auto open = desk.open_disputes(visitor.shop, kMostShown);
    if (!open) return open.error();
    auto all = desk.disputes(visitor.shop);
    if (!all) return all.error();
    std::vector<PageData> rows;
    for (const auto& one : *open) {
        rows.push_back(PageData()
                           .set("dispute_order", one.order.get())
                           .set("dispute_href", encode_segment(one.order.get()))
                           .set("dispute_since", day_text(language, one.since)));
    }
    data.set("has_disputes", !rows.empty())
        .set("disputes", std::move(rows))
        .set_if(
            "dispute_count",
            *all > 0 ? say(language, "desk.dispute.count", {{"count", std::to_string(*all)}}) : "");
    return {};
}

}  // namespace verso::service
