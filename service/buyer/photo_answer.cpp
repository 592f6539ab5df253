// SPDX-License-Identifier: Apache-2.0
// The answer on a card's page that comes with photos: it waits for a reader process, so it is made
// on a worker of the gate. Without photos none of this is on the way.
#include "service/buyer/buyer_site.h"
#include "service/buyer/photo_keeper.h"

namespace verso::service {

namespace {

std::string with_query(std::string place, const std::string& query) {
    if (!query.empty()) place += (place.find('?') == std::string::npos ? "?" : "&") + query;
    return place;
}

}  // namespace

Reply BuyerSite::answer_with_photos(const HttpRequest& request, const CardVisit& visit) {
    // Questions are the lane's own; the worker gets them as values.
    const auto questions = pages_.at(std::size_t(request.lane))->questions(visit);
    return parts_.gate.slow([this, request, visit, questions](records::Store& store) {
        return keep_with_photos(request, visit, questions, store);
    });
}

HttpResponse BuyerSite::keep_with_photos(const HttpRequest& request, const CardVisit& visit,
                                         const std::vector<FormQuestion>& questions,
                                         records::Store& store) {
    auto sent = read_sent_form(request);
    if (!sent) return text_response(sent.error().message + "\n", 400);
    FilledForm form = filled_form(sent->fields, questions, visit);
    if (!form.faults.empty()) {
        form.lost_photos = !sent->photos.empty();
        CardPages pages(parts_.book,
                        [&](LayoutNumber number) { return parts_.layouts.find(number, store); });
        const auto& language = language_for(request, *visit.face, visit.language);
        return page(visit, pages.form(visit, language, &form), 422);
    }
    const Answer answer = answer_of(visit, form);
    PhotoKeeper photos(visit.takes_photos ? parts_.photos : nullptr, *sent,
                       visit.card.insert.insert, "answer");
    auto scope = store.begin();
    if (!scope) return unreachable();
    auto done = write_answer(store, visit, answer);
    if (done) done = photos.write_down(store, visit, Rma(""), answer.response.recorded_at);
    if (done) done = (*scope)->commit();
    if (!done && done.error().code != ErrorCode::NotAllowed) return unreachable();
    if (done) photos.settle();
    const bool scores = form.kind == ResponseKind::Scores;
    const std::string back =
        with_query(request.path, scores ? "" : "noted=" + std::string(to_string(form.kind)));
    return see_other(with_query(back, photos.is_complete() ? "" : "photo=bad"));
}

}  // namespace verso::service
