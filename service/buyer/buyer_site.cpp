// SPDX-License-Identifier: Apache-2.0
#include "service/buyer/buyer_site.h"

#include <algorithm>

#include "core/domain/card_link.h"
#include "records/store/desk_book.h"
#include "records/store/photo_book.h"

namespace verso::service {

namespace {

using records::CardEvent;
using records::CardPhase;
using records::RecordedResponse;
using records::ResponseOutcome;
using records::Store;

constexpr std::size_t kFormBytes = kPlainFormBytes;

FilledForm draft_of(const std::string& text, const std::vector<FormQuestion>& questions,
                    const CardVisit& visit) {
    FilledForm form = filled_form(parse_form(text), questions, visit);
    form.faults.clear();
    return form;
}

/// The last answer with this card, and what counts for its order.
Result<std::optional<AnswerStory>> story_of(Store& store, const CardVisit& visit) {
    const auto& order = visit.card.insert.order;
    auto responses = store.responses_of(visit.card.shop, order);
    if (!responses) return responses.error();
    std::optional<AnswerStory> story;
    std::optional<Instant> first;
    for (const Response& response : *responses) {
        if (response.card != visit.card.insert.card || response.kind != ResponseKind::Scores) {
            continue;
        }
        if (!first) first = response.recorded_at;
        story = AnswerStory{.answer = response, .receipt = receipt_of(response)};
    }
    if (!story) return story;
    auto rating = store.find_rating(visit.card.shop, order);
    if (!rating) return rating.error();
    story->counts = *rating && (*rating)->answers == story->answer.answers;
    story->is_withdrawn = visit.phase == CardPhase::Withdrawn;
    auto notes = records::desk_of(store).order_notes(visit.card.shop, order);
    if (!notes) return notes.error();
    story->reply = records::reply_of(*notes);
    story->is_disputed = records::is_disputed(*notes);
    const records::CardTimes times{.printed_at = visit.card.insert.printed_at,
                                   .answered_at = first};
    story->until = records::amendable_until(times, visit.face->cards);
    auto photos = records::photos_of(store).photos_of_order(visit.card.shop, order);
    if (!photos) return photos.error();
    story->photos =
        static_cast<int>(std::count_if(photos->begin(), photos->end(), [&](const auto& photo) {
            return photo.card == visit.card.insert.card && photo.rma.get().empty();
        }));
    return story;
}

}  // namespace

BuyerSite::BuyerSite(Parts parts) : parts_(parts), codes_(RateLimit::Terms{}) {
    for (int lane = 0; lane < parts_.lanes; ++lane) {
        pages_.push_back(
            std::make_unique<CardPages>(parts_.book, [this, lane](LayoutNumber number) {
                return parts_.layouts.find(number, parts_.gate.reader(lane));
            }));
    }
}

void BuyerSite::add_routes(Router& router) {
    const auto bind = [this](auto method, auto... rest) {
        return
            [this, method, rest...](const HttpRequest& request, const PathValues& path) -> Reply {
                return (this->*method)(request, path, rest...);
            };
    };
    router.add({Method::Get, "/C/{link}", bind(&BuyerSite::show, By::Link)});
    router.add(
        photo_route("/C/{link}", bind(&BuyerSite::answer, By::Link), bind(&BuyerSite::admit_card)));
    router.add({Method::Post, "/C/{link}/draft", bind(&BuyerSite::keep_draft), kFormBytes});
    router.add({Method::Post, "/C/{link}/withdraw", bind(&BuyerSite::withdraw), kFormBytes});
    router.add({Method::Post, "/C/{link}/dispute", bind(&BuyerSite::dispute), kFormBytes});
    router.add({Method::Get, "/K/{code}", bind(&BuyerSite::show, By::Code)});
    router.add({Method::Post, "/K/{code}", bind(&BuyerSite::answer, By::Code), kFormBytes});
    router.add({Method::Get, "/", bind(&BuyerSite::ask_code)});
    router.add({Method::Post, "/", bind(&BuyerSite::take_code), kFormBytes});
}

const ShopFace& BuyerSite::any_face() const {
    return *parts_.faces.find(parts_.faces.shops.begin()->first);
}

std::string BuyerSite::policy_of(const ShopFace& face) const {
    const std::pair key(face.id, face.serial);
    {
        const std::shared_lock lock(policy_mutex_);
        const auto known = policies_.find(key);
        if (known != policies_.end()) return known->second;
    }
    std::string policy = buyer_policy(parts_.book, face);
    const std::unique_lock lock(policy_mutex_);
    return policies_.emplace(key, std::move(policy)).first->second;
}

bool BuyerSite::may_try(const HttpRequest& request) {
    return codes_.take(request.peer.address, RateLimit::Clock::now());
}

HttpResponse BuyerSite::unreachable() {
    return text_response("The records cannot be reached. Please try again in a minute.\n", 503)
        .with("Retry-After", "30");
}

Reply BuyerSite::with_card(const HttpRequest& request, const PathValues& path,
                           const std::function<Reply(const CardVisit&)>& then) {
    auto found = visit(request, path, By::Link);
    if (!found) return unreachable();
    if (*found) return then(**found);
    if (!may_try(request)) return code_page(request, "web.too_many", 429);
    return unknown_card(request);
}

Reply BuyerSite::admit_card(const HttpRequest& request, const PathValues& path) {
    return with_card(request, path, [](const CardVisit&) -> Reply {
        return HttpResponse{.status = 204, .headers = {}};
    });
}

HttpResponse BuyerSite::page(const CardVisit& visit, std::string html, int status) const {
    return html_response(std::move(html), status)
        .with("Content-Security-Policy", policy_of(*visit.face));
}

HttpResponse BuyerSite::unknown_card(const HttpRequest& request) const {
    const ShopFace& face = any_face();
    const auto& language = language_for(request, face, "");
    PageData data = page_base(parts_.book, face, language);
    data.set("title", say(language, "web.unknown_title"))
        .set("text", say(language, "web.unknown"))
        .set("to_code", true);
    return html_response(pages_of(face, parts_.book).render("notice", data), 404)
        .with("Content-Security-Policy", policy_of(face));
}

Result<std::optional<CardVisit>> BuyerSite::visit(const HttpRequest& request,
                                                  const PathValues& path, By by) {
    Store& store = parts_.gate.reader(request.lane);
    const Instant now = parts_.clock.now();
    auto found = by == By::Link ? visit_by_link(store, parts_.faces, path.at("link"), now)
                                : visit_by_code(store, parts_.faces, path.at("code"), now);
    if (found && *found) {
        CardVisit& visit = **found;
        visit.has_labels = parts_.labels != nullptr && visit.has_secret;
        visit.takes_photos = parts_.photos != nullptr && visit.has_secret && visit.face->photos;
    }
    return found;
}

Reply BuyerSite::show(const HttpRequest& request, const PathValues& path, By by) {
    // A typed code has 60 bits and stands on the sheet: guessing is slow, and slowed down.
    if (by == By::Code && !may_try(request)) return code_page(request, "web.too_many", 429);
    auto found = visit(request, path, by);
    if (!found) return unreachable();
    if (!*found) {
        if (by == By::Link && !may_try(request)) return code_page(request, "web.too_many", 429);
        return unknown_card(request);
    }
    const CardVisit& visit = **found;
    if (visit.phase == CardPhase::Printed && visit.has_secret && request.method == Method::Get) {
        parts_.gate.note([shop = visit.card.shop, card = visit.card.insert.card,
                          terms = visit.face->cards, at = parts_.clock.now()](Store& store) {
            auto noted = store.note_card(shop, card, CardEvent::Open, "", terms, at);
            return noted ? Result<void>() : noted.error();
        });
    }
    return page_of(request, visit);
}

HttpResponse BuyerSite::page_of(const HttpRequest& request, const CardVisit& visit) {
    const auto& language = language_for(request, *visit.face, visit.language);
    CardPages& pages = *pages_.at(std::size_t(request.lane));
    switch (visit.phase) {
        case CardPhase::Voided:
            return page(visit, pages.notice(visit, language, "web.void_title", "web.void"), 410);
        case CardPhase::Expired:
            return page(visit, pages.notice(visit, language, "web.expired_title", "web.expired"),
                        410);
        case CardPhase::Final:
        case CardPhase::Amended:
        case CardPhase::Withdrawn:
            return answered_page(request, visit, language);
        case CardPhase::Printed:
        case CardPhase::Opened:
        case CardPhase::Draft:
            break;
    }
    const std::string noted = request.query_value("noted");
    if (noted == "not-received" || noted == "cancelled") {
        return page(visit, pages.notice(visit, language, "web.thanks",
                                        noted == "cancelled" ? "web.noted_cancelled"
                                                             : "web.noted_not_received"));
    }
    if (visit.phase == CardPhase::Draft && visit.has_secret) {
        auto draft =
            parts_.gate.reader(request.lane).card_draft(visit.card.shop, visit.card.insert.card);
        if (draft && !draft->empty()) {
            const FilledForm filled = draft_of(*draft, pages.questions(visit), visit);
            return page(visit, pages.form(visit, language, &filled));
        }
    }
    // A page with the order's own articles is that order's alone.
    if (!visit.articles.empty()) return page(visit, pages.form(visit, language, nullptr));
    HttpResponse response;
    response.body = pages.empty_form(visit, language);
    response.with("Content-Type", "text/html; charset=utf-8")
        .with("Content-Security-Policy", policy_of(*visit.face));
    return response;
}

HttpResponse BuyerSite::answered_page(const HttpRequest& request, const CardVisit& visit,
                                      const generator::Language& language) {
    CardPages& pages = *pages_.at(std::size_t(request.lane));
    auto story = story_of(parts_.gate.reader(request.lane), visit);
    if (!story) return unreachable();
    if (!*story) {
        return page(visit, pages.notice(visit, language, "web.thanks", "web.used"));
    }
    const bool may_change =
        visit.has_secret && (*story)->until && parts_.clock.now() < *(*story)->until;
    if (!may_change) (*story)->until.reset();
    (*story)->refused_photo = request.query_value("photo") == "bad";
    if (may_change && request.query_value("change") == "1") {
        FilledForm filled;
        filled.answers = (*story)->answer.answers;
        filled.products = (*story)->answer.products;
        filled.comment = (*story)->answer.comment;
        filled.publish = (*story)->answer.publish;
        filled.photos_before = (*story)->photos;
        return page(visit, pages.form(visit, language, &filled));
    }
    return page(visit, pages.done(visit, language, **story));
}

Reply BuyerSite::answer(const HttpRequest& request, const PathValues& path, By by) {
    if (by == By::Code && !may_try(request)) return code_page(request, "web.too_many", 429);
    auto found = visit(request, path, by);
    if (!found) return unreachable();
    if (!*found) return unknown_card(request);
    const CardVisit& visit = **found;
    if (visit.phase == CardPhase::Voided || visit.phase == CardPhase::Expired) {
        return page_of(request, visit);
    }
    if (may_hold_photos(request)) return answer_with_photos(request, visit);
    CardPages& pages = *pages_.at(std::size_t(request.lane));
    auto sent = read_sent_form(request);
    if (!sent) return text_response(sent.error().message + "\n", 400);
    const FilledForm form = filled_form(sent->fields, pages.questions(visit), visit);
    if (!form.faults.empty()) {
        const auto& language = language_for(request, *visit.face, visit.language);
        return page(visit, pages.form(visit, language, &form), 422);
    }
    return record(request, visit, form);
}

BuyerSite::Answer BuyerSite::answer_of(const CardVisit& visit, const FilledForm& form) const {
    return {.response = {.card = visit.card.insert.card,
                         .order = visit.card.insert.order,
                         .channel = visit.has_secret ? Channel::Qr : Channel::Typed,
                         .answers = form.answers,
                         .comment = form.comment,
                         .publish = form.publish,
                         .recorded_at = parts_.clock.now(),
                         .kind = form.kind,
                         .products = form.products},
            .amends = records::is_spent(visit.phase) && form.kind == ResponseKind::Scores,
            .drops_photos = form.drops_photos && visit.has_secret,
            .proof = {.has_secret = visit.has_secret, .terms = visit.face->cards}};
}

Result<void> BuyerSite::write_answer(Store& store, const CardVisit& visit, const Answer& answer) {
    const ShopId shop = visit.card.shop;
    auto recorded = answer.amends ? store.amend_response(shop, answer.response, answer.proof)
                                  : store.record_response(shop, answer.response, std::nullopt);
    if (!recorded) return recorded.error();
    if (!answer.drops_photos) return {};
    auto dropped = records::photos_of(store).drop_answer_photos(shop, answer.response.card);
    return dropped ? Result<void>() : dropped.error();
}

Reply BuyerSite::record(const HttpRequest& request, const CardVisit& visit,
                        const FilledForm& form) {
    const std::string back =
        request.path +
        (form.kind == ResponseKind::Scores ? "" : "?noted=" + std::string(to_string(form.kind)));
    return parts_.gate.write([visit, answer = answer_of(visit, form)](
                                 Store& store) { return write_answer(store, visit, answer); },
                             [back](const Result<void>& done) {
                                 if (done) return see_other(back);
                                 // Somebody was faster, or the window closed: the card's page says
                                 // how it stands now.
                                 if (done.error().code == ErrorCode::NotAllowed)
                                     return see_other(back);
                                 return unreachable();
                             });
}

Reply BuyerSite::keep_draft(const HttpRequest& request, const PathValues& path) {
    return with_card(request, path, [&](const CardVisit& visit) -> Reply {
        return parts_.gate.write(
            [shop = visit.card.shop, card = visit.card.insert.card, terms = visit.face->cards,
             draft = request.body, at = parts_.clock.now()](Store& store) -> Result<void> {
                auto noted = store.note_card(shop, card, CardEvent::Save, draft, terms, at);
                return noted ? Result<void>() : noted.error();
            },
            [](const Result<void>& done) {
                return HttpResponse{.status = done ? 204 : 409, .headers = {}};
            });
    });
}

Reply BuyerSite::withdraw(const HttpRequest& request, const PathValues& path) {
    return with_card(request, path, [&](const CardVisit& visit) -> Reply {
        return parts_.gate.write(
            [shop = visit.card.shop, order = visit.card.insert.order, card = visit.card.insert.card,
             at = parts_.clock.now(),
             proof = records::AmendProof{.has_secret = true, .terms = visit.face->cards}](
                Store& store) -> Result<void> {
                auto done = store.withdraw_response(shop, order, card, at, proof);
                if (!done) return done.error();
                // Nobody looks at photos of an answer that does not count any more.
                auto dropped = records::photos_of(store).drop_answer_photos(shop, card);
                return dropped ? Result<void>() : dropped.error();
            },
            [back = visit.place](const Result<void>& done) {
                if (!done && done.error().code != ErrorCode::NotAllowed) return unreachable();
                return see_other(back);
            });
    });
}

Reply BuyerSite::dispute(const HttpRequest& request, const PathValues& path) {
    return with_card(request, path, [&](const CardVisit& visit) -> Reply {
        if (!records::is_spent(visit.phase)) return see_other(visit.place);
        return parts_.gate.write(
            [shop = visit.card.shop, order = visit.card.insert.order, card = visit.card.insert.card,
             at = parts_.clock.now()](Store& store) -> Result<void> {
                auto& desk = records::desk_of(store);
                auto notes = desk.order_notes(shop, order);
                if (!notes) return notes.error();
                // Said once is said.
                if (records::is_disputed(*notes)) return {};
                return desk.note_order(
                    shop, order,
                    {at, "buyer", std::string(records::kDispute), format_typed_code(card)});
            },
            [back = visit.place](const Result<void>& done) {
                return done ? see_other(back) : unreachable();
            });
    });
}

HttpResponse BuyerSite::code_page(const HttpRequest& request, const std::string& fault,
                                  int status) const {
    const ShopFace& face = any_face();
    const auto& language = language_for(request, face, "");
    PageData data = page_base(parts_.book, face, language);
    data.set_if("fault", fault.empty() ? "" : say(language, fault));
    auto response = html_response(pages_of(face, parts_.book).render("code", data), status);
    response.with("Content-Security-Policy", policy_of(face));
    if (status == 429) response.with("Retry-After", "60");
    return response;
}

Reply BuyerSite::ask_code(const HttpRequest& request, const PathValues&) {
    return code_page(request, "", 200);
}

Reply BuyerSite::take_code(const HttpRequest& request, const PathValues&) {
    for (const auto& [name, text] : parse_form(request.body)) {
        if (name != "code") continue;
        const auto card = parse_card(trimmed(text));
        if (!card) return code_page(request, "web.code_wrong", 422);
        const std::string lang = request.query_value("lang");
        return see_other("/K/" + format_typed_code(*card) +
                         (lang.empty() ? "" : "?lang=" + encode_segment(lang)));
    }
    return code_page(request, "web.code_wrong", 422);
}

}  // namespace verso::service
