// SPDX-License-Identifier: Apache-2.0
#include "service/desk/review_desk.h"

#include <charconv>

#include "records/desk/card_questions.h"
#include "records/desk/review_desk.h"
#include "records/desk/review_reading.h"
#include "records/store/review_book.h"
#include "service/desk/desk_counter.h"
#include "service/desk/dispute_desk.h"
#include "service/desk/form_fields.h"
#include "service/desk/photo_desk.h"
#include "service/desk/review_page.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using records::Permission;
using records::ReviewId;
using records::ReviewItem;
using records::ReviewKind;
using records::ReviewWords;
using records::Store;

constexpr std::size_t kFormBytes = 64U << 10U;

std::optional<ReviewId> id_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc{} || end != text.data() + text.size() || number < 1) return std::nullopt;
    return ReviewId{number};
}

std::string place_of(const Visitor& visitor) { return DeskFrame::base(*visitor.face) + "/review"; }
std::string place_of(const Visitor& visitor, ReviewId item) {
    return place_of(visitor) + "/" + std::to_string(item.get());
}

/// Decides where two differ: who runs the shop.
bool supervises(const Visitor& visitor) { return visitor.may(Permission::EditOrders); }

/// Whether this person is one to look at it now.
bool is_for(Store& store, const Visitor& visitor, const ReviewItem& item) {
    if (!visitor.face->two_looks) return true;
    auto notes = records::desk_of(store).review_notes(visitor.shop, item.id);
    return notes &&
           records::may_look(records::looks_of(*notes), visitor.user.login, supervises(visitor));
}

/// The first one for this person behind `after`; nothing when there is none.
std::optional<ReviewId> next_for(Store& store, const Visitor& visitor, ReviewId after) {
    constexpr int kBatch = 20, kMostBatches = 50;
    for (int batch = 0; batch < kMostBatches; ++batch) {
        auto items = records::reviews_of(store).open_after(visitor.shop, after, kBatch);
        if (!items || items->empty()) return std::nullopt;
        for (const auto& item : *items) {
            if (is_for(store, visitor, item)) return item.id;
        }
        after = items->back().id;
    }
    return std::nullopt;
}

/// A return sheet that travelled with that layout is no card.
const ReadRegion* region_of(const Layout* layout, const Reading& reading) {
    if (layout == nullptr || reading.side != SheetSide::Answer || layout->cards.empty()) {
        return nullptr;
    }
    return &layout->cards.front();
}

ReviewWords words_of(const FormFields& fields, const Visitor& visitor, ReviewId item) {
    ReviewWords words;
    words.item = item;
    words.who = visitor.user.login;
    words.supervises = supervises(visitor);
    words.reason = text_of(fields, "reason");
    words.comment = text_of(fields, "comment");
    words.code = text_of(fields, "code");
    for (const auto& [name, value] : fields) {
        if (name.starts_with("q.") && !value.empty()) {
            words.answers.push_back(name.substr(2) + "=" + value);
        }
    }
    return words;
}

/// Every question that is doubtful must be said: nothing is taken as blank because nobody looked.
Result<void> need_all(const ReviewView& view, const FormFields& fields) {
    if (view.kind != ReviewKind::Card || view.region == nullptr) return {};
    for (const Question& question : view.region->questions) {
        const auto proposal = proposal_of(view.reading, question);
        const bool is_doubtful = !proposal || proposal->is_doubtful;
        if (!is_doubtful || !text_of(fields, "q." + question.id).empty()) continue;
        return Error{ErrorCode::ValueInvalid, "nobody said what '" + question.id + "' is", "",
                     "choose a value, or blank"};
    }
    return {};
}

}  // namespace

void ReviewDesk::add_routes(Router& router) {
    const auto guarded = [this](DeskHandler handler) {
        return frame_.room().keeper.guard(Permission::Review, std::move(handler));
    };
    const auto of_item = [this, guarded](auto method) {
        return guarded([this, method](const HttpRequest& request, const PathValues& path,
                                      const Visitor& visitor) -> Reply {
            const auto item = id_of(path.at("item"));
            if (!item) return frame_.notice(request, visitor, "no such thing waits", 404);
            return (this->*method)(request, visitor, *item);
        });
    };
    const auto plain = [this, guarded](auto method) {
        return guarded(
            [this, method](const HttpRequest& request, const PathValues&, const Visitor& visitor) {
                return (this->*method)(request, visitor);
            });
    };
    router.add({Method::Get, "/desk/{shop}/review", plain(&ReviewDesk::next)});
    router.add({Method::Post, "/desk/{shop}/review/undo", plain(&ReviewDesk::undo), kFormBytes});
    router.add({Method::Get, "/desk/{shop}/review/{item}", of_item(&ReviewDesk::show)});
    router.add({Method::Post, "/desk/{shop}/review/{item}", of_item(&ReviewDesk::act), kFormBytes});
    router.add({Method::Get, "/desk/{shop}/review/{item}/picture", of_item(&ReviewDesk::picture)});
}

Reply ReviewDesk::next(const HttpRequest& request, const Visitor& visitor) const {
    Store& store = frame_.room().gate.reader(request.lane);
    const ReviewId after = id_of(request.query_value("after")).value_or(ReviewId{0});
    auto item = next_for(store, visitor, after);
    // Behind the last one what was left to wait comes again.
    if (!item && after.get() > 0) item = next_for(store, visitor, ReviewId{0});
    if (item) return page(request, visitor, store, *item, nullptr);
    PageData data;
    const auto& language = frame_.language(request, visitor);
    data.set("title", say(language, "desk.tab.review"))
        .set("has_item", false)
        .set("done", request.query_value("done"))
        .set("has_done", !request.query_value("done").empty())
        .set("fault", false);
    if (auto shown = add_disputes(store, visitor, language, data); !shown) {
        return frame_.notice(request, visitor, sentence_of(shown.error()), 503);
    }
    return frame_.page(request, visitor, DeskTab::Review, "desk_review", std::move(data), 200,
                       "review.js");
}

Reply ReviewDesk::show(const HttpRequest& request, const Visitor& visitor, ReviewId item) const {
    return page(request, visitor, frame_.room().gate.reader(request.lane), item, nullptr);
}

Result<std::optional<ReviewView>> ReviewDesk::view_of(Store& store, const Visitor& visitor,
                                                      ReviewId item) const {
    auto& reviews = records::reviews_of(store);
    auto found = reviews.find_open(visitor.shop, item);
    if (!found) return found.error();
    if (!*found) return std::optional<ReviewView>{};
    ReviewView view;
    view.item = std::move(**found);
    std::optional<records::CardRecord> card;
    if (view.item.card) {
        auto record = store.find_card(*view.item.card);
        if (!record) return record.error();
        if (*record && (*record)->shop == visitor.shop) card = std::move(**record);
    }
    view.reading = records::review_reading(view.item, card ? &*card : nullptr);
    view.kind = records::review_kind(view.item, view.reading.side);
    if (card) {
        view.region =
            region_of(frame_.room().layouts.find(card->insert.layout, store), view.reading);
    }
    auto picture = reviews.picture_of(visitor.shop, item);
    auto notes = records::desk_of(store).review_notes(visitor.shop, item);
    auto other = records::desk_of(store).response_in_review(visitor.shop, view.item);
    if (!picture) return picture.error();
    if (!notes) return notes.error();
    if (!other) return other.error();
    view.has_picture = picture->has_value() && frame_.room().works.pictures != nullptr;
    view.notes = std::move(*notes);
    if (*other) view.other = std::move((*other)->response);
    if (!view.item.order.empty()) {
        auto rating = store.find_rating(visitor.shop, OrderNumber{view.item.order});
        if (!rating) return rating.error();
        view.first = std::move(*rating);
    }
    // What was settled and taken back is no second answer: nothing counts beside it.
    if (!view.first && view.item.reading) view.other.reset();
    return std::optional{std::move(view)};
}

HttpResponse ReviewDesk::page(const HttpRequest& request, const Visitor& visitor, Store& store,
                              ReviewId item, const Error* fault) const {
    const auto& language = frame_.language(request, visitor);
    auto view = view_of(store, visitor, item);
    if (!view) {
        return frame_.notice(request, visitor, sentence_of(view.error()), status_of(view.error()));
    }
    if (!*view) return frame_.notice(request, visitor, say(language, "desk.review.gone"), 404);
    PageData data = review_page(**view, language, place_of(visitor, item),
                                fault != nullptr ? fields_of(request) : FormFields{});
    if (auto shown = add_photos(store, visitor, OrderNumber{(*view)->item.order}, PhotosOf::Answers,
                                Rma(""), data);
        !shown) {
        return frame_.notice(request, visitor, sentence_of(shown.error()), 503);
    }
    if (auto shown = add_disputes(store, visitor, language, data); !shown) {
        return frame_.notice(request, visitor, sentence_of(shown.error()), 503);
    }
    const auto following = next_for(store, visitor, item);
    data.set("title", say(language, "desk.tab.review"))
        .set_if("fault", fault != nullptr ? sentence_of(*fault) : std::string())
        .set("has_done", fault == nullptr && !request.query_value("done").empty())
        .set("done", request.query_value("done"))
        .set("next_picture",
             following ? place_of(visitor, *following) + "/picture?part=card" : std::string());
    return frame_.page(request, visitor, DeskTab::Review, "desk_review", std::move(data),
                       fault != nullptr ? status_of(*fault) : 200, "review.js");
}

Reply ReviewDesk::picture(const HttpRequest& request, const Visitor& visitor, ReviewId item) const {
    return frame_.room().gate.slow([this, request, visitor, item](Store& store) -> HttpResponse {
        const auto none = [](int status) { return text_response("there is no picture\n", status); };
        auto view = view_of(store, visitor, item);
        if (!view) return none(503);
        if (!*view || !(*view)->has_picture) return none(404);
        auto kept = records::reviews_of(store).picture_of(visitor.shop, item);
        if (!kept || !*kept) return none(404);
        auto wish = request.query_value("part") == "card" ? card_picture(**view) : std::nullopt;
        if (!wish) wish = page_picture(**view);
        wish->sha256 = (*kept)->sha256;
        wish->path = (*kept)->path;
        auto png = frame_.room().works.pictures->draw(*wish);
        if (!png) return none(status_of(png.error()));
        HttpResponse response;
        response.body = std::make_shared<const std::string>(*std::move(png));
        return response.with("Content-Type", "image/png")
            .with("Cache-Control", "private, max-age=3600");
    });
}

HttpResponse ReviewDesk::act_now(const HttpRequest& request, const Visitor& visitor, Store& store,
                                 ReviewId item) const {
    const FormFields fields = fields_of(request);
    std::string act = text_of(fields, "act");
    const std::string number = std::to_string(item.get());
    ReviewWords words = words_of(fields, visitor, item);
    if (act == "take_first" || act == "take_other") {
        words.take = act.substr(act.find('_') + 1);
        act = "take";
    }
    const records::Counter counter = counter_for(store, visitor);
    const Instant now = frame_.room().clock.now();
    const auto refused = [&](const Error& error) {
        if (error.code == ErrorCode::NotFound && act != "key") {
            return frame_.notice(request, visitor, sentence_of(error), 404);
        }
        return page(request, visitor, store, item, &error);
    };
    auto scope = store.begin();
    if (!scope) return refused(scope.error());
    std::optional<Error> fault;
    if (act == "settle" || act == "take") {
        auto view = view_of(store, visitor, item);
        if (view && *view && words.take != "first") {
            if (auto all = need_all(**view, fields); !all) fault = all.error();
        }
        if (!fault) {
            auto done = records::settle(counter, words, now);
            if (!done) fault = done.error();
        }
    } else if (act == "discard") {
        auto done = records::discard(counter, words, now);
        if (!done) fault = done.error();
    } else if (act == "key" || act == "rescan") {
        auto done = act == "key" ? records::key_code(counter, words, now)
                                 : records::want_rescan(counter, words, now);
        if (!done) fault = done.error();
    } else {
        fault = Error{ErrorCode::ValueInvalid, "nothing is called so", "act", ""};
    }
    if (!fault) {
        auto noted = note_act(store, visitor, now, "review " + act, number);
        if (!noted) fault = noted.error();
    }
    if (!fault) {
        if (auto kept = (*scope)->commit(); !kept) fault = kept.error();
    }
    scope->reset();
    if (fault) return refused(*fault);
    if (act == "key") return see_other(place_of(visitor, item));
    return see_other(place_of(visitor) + "?after=" + number + "&done=" + number);
}

Reply ReviewDesk::act(const HttpRequest& request, const Visitor& visitor, ReviewId item) const {
    // On a connection of its own: what backs out after it wrote would spoil what others write.
    return frame_.room().gate.slow([this, request, visitor, item](Store& store) {
        return act_now(request, visitor, store, item);
    });
}

Reply ReviewDesk::undo(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        const Instant now = frame_.room().clock.now();
        const auto refused = [&](const Error& error) {
            return frame_.notice(request, visitor, sentence_of(error), status_of(error));
        };
        auto scope = store.begin();
        if (!scope) return refused(scope.error());
        auto item = records::undo_last(counter_for(store, visitor), visitor.user.login, now);
        if (!item) return refused(item.error());
        auto noted = note_act(store, visitor, now, "review undo", std::to_string(item->get()));
        if (!noted) return refused(noted.error());
        if (auto kept = (*scope)->commit(); !kept) return refused(kept.error());
        return see_other(place_of(visitor, *item));
    });
}

}  // namespace verso::service
