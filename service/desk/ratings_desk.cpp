// SPDX-License-Identifier: Apache-2.0
#include "service/desk/ratings_desk.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "records/desk/rating_desk.h"
#include "records/desk/review_reading.h"
#include "records/figures/figure_facts.h"
#include "records/store/rated_reading.h"
#include "service/desk/photo_desk.h"
#include "service/desk/ratings_view.h"
#include "service/desk/writing_picture.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using records::DeskEntry;
using records::Permission;
using records::Store;

constexpr std::size_t kFormBytes = 32 * 1024;
constexpr int kShown = 25;       ///< comments on a page
constexpr int kLookedAt = 2000;  ///< ratings that one page goes through to find them
constexpr int kAtOnce = 250;

constexpr std::array kDimensions{"carrier", "service", "country",  "sku", "channel",
                                 "packer",  "buyer",   "template", "week"};

std::int64_t number_of(const std::string& text) {
    std::int64_t value = 0;
    const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    return fault == std::errc() && stop == text.data() + text.size() ? value : 0;
}

std::optional<records::DayNumber> day_of_query(const HttpRequest& request, std::string_view name) {
    auto day = parse_day(request.query_value(name));
    return day ? std::optional(records::day_of(*day)) : std::nullopt;
}

std::vector<PageData> choices(const generator::Language& language, const std::string& prefix,
                              const std::vector<std::string>& values, const std::string& chosen) {
    std::vector<PageData> out;
    for (const auto& value : values) {
        out.push_back(
            PageData()
                .set("choice", value)
                .set("choice_text", prefix.empty() ? value : say(language, prefix + value))
                .set("choice_on", value == chosen));
    }
    return out;
}

/// The query without `before`, for links that keep the filters.
std::string query_without_place(const HttpRequest& request) {
    std::string out;
    for (const auto& [name, value] : parse_form(request.query)) {
        if (name == "before" || value.empty()) continue;
        out += (out.empty() ? "?" : "&") + encode_segment(name) + "=" + encode_segment(value);
    }
    return out;
}

}  // namespace

RatingFilter RatingFilter::of(const HttpRequest& request) {
    RatingFilter filter;
    const auto stars = number_of(request.query_value("stars"));
    if (stars >= 1 && stars <= 5) filter.stars = static_cast<int>(stars);
    filter.channel = request.query_value("channel");
    filter.with_text = request.query_value("text") == "1";
    filter.before = std::max<std::int64_t>(0, number_of(request.query_value("before")));
    return filter;
}

bool RatingFilter::wants(const Rating& rating) const {
    if (stars) {
        const auto overall = rating.answers.find("overall");
        if (overall == rating.answers.end() || overall->second != *stars) return false;
    }
    if (!channel.empty() && to_string(rating.channel) != channel) return false;
    return !with_text || !rating.comment.empty();
}

void RatingsDesk::add_routes(Router& router) {
    const auto guarded = [this](Permission permission, auto method) {
        return frame_.room().keeper.guard(
            permission,
            [this, method](const HttpRequest& request, const PathValues&, const Visitor& visitor)
                -> Reply { return (this->*method)(request, visitor); });
    };
    router.add({Method::Get, "/desk/{shop}/ratings",
                guarded(Permission::ReadRatings, &RatingsDesk::show)});
    router.add({Method::Post, "/desk/{shop}/ratings",
                guarded(Permission::Moderate, &RatingsDesk::act), kFormBytes});
    router.add(
        {Method::Get, "/desk/{shop}/ratings/writing/{order}",
         frame_.room().keeper.guard(
             Permission::ReadRatings,
             [this](const HttpRequest& request, const PathValues& path, const Visitor& visitor) {
                 return show_writing(request, visitor, path.at("order"));
             })});
    router.add({Method::Get, "/desk/{shop}/ratings/export",
                guarded(Permission::Export, &RatingsDesk::send_export)});
}

Reply RatingsDesk::show(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow(
        [this, request, visitor](Store& store) { return page(request, visitor, store); });
}

Result<std::optional<PictureWish>> RatingsDesk::writing_of(const Visitor& visitor, Store& store,
                                                           const OrderNumber& order) const {
    using Found = std::optional<PictureWish>;
    if (frame_.room().works.pictures == nullptr) return Found();
    auto rating = store.find_rating(visitor.shop, order);
    if (!rating) return rating.error();
    if (!*rating || (*rating)->channel != Channel::Paper) return Found();
    auto kept = records::rated_reading(store, visitor.shop, order);
    if (!kept) return kept.error();
    if (!*kept || (*kept)->sha256.empty()) return Found();
    auto card = store.find_card((*rating)->card);
    if (!card) return card.error();
    if (!*card) return Found();
    const Layout* layout = frame_.room().layouts.find((*card)->insert.layout, store);
    if (layout == nullptr || layout->cards.empty()) return Found();
    records::ReviewItem item;
    item.reading_json = (*kept)->reading_json;
    const Reading reading = records::review_reading(item, &**card);
    if (reading.side != SheetSide::Answer) return Found();
    auto wish = writing_picture(layout->cards.front(), reading);
    if (!wish) return Found();
    wish->page = (*kept)->page;
    wish->sha256 = (*kept)->sha256;
    wish->path = (*kept)->path;
    return wish;
}

Reply RatingsDesk::show_writing(const HttpRequest&, const Visitor& visitor,
                                const std::string& order) const {
    return frame_.room().gate.slow([this, visitor, order](Store& store) -> HttpResponse {
        auto wish = writing_of(visitor, store, OrderNumber(order));
        if (!wish) return text_response("the records cannot be reached\n", 503);
        if (!*wish) return text_response("there is no picture\n", 404);
        auto png = frame_.room().works.pictures->draw(**wish);
        if (!png) return text_response("there is no picture\n", status_of(png.error()));
        HttpResponse response;
        response.body = std::make_shared<const std::string>(*std::move(png));
        return response.with("Content-Type", "image/png")
            .with("Cache-Control", "private, max-age=3600");
    });
}

Result<PageData> RatingsDesk::row_of(const HttpRequest& request, const Visitor& visitor,
                                     Store& store, const Rating& rating) const {
    const auto& language = frame_.language(request, visitor);
    auto notes = records::desk_of(store).order_notes(visitor.shop, rating.order);
    if (!notes) return notes.error();
    const bool hidden = records::is_text_hidden(*notes);
    const auto overall = rating.answers.find("overall");
    const std::chrono::year_month_day day{
        std::chrono::floor<std::chrono::days>(rating.recorded_at)};
    auto writing = writing_of(visitor, store, rating.order);
    if (!writing) return writing.error();
    PageData row;
    auto photos = add_photos(store, visitor, rating.order, PhotosOf::Answers, Rma(""), row);
    if (!photos) return photos.error();
    row.set("row_writing", *writing ? DeskFrame::base(*visitor.face) + "/ratings/writing/" +
                                          encode_segment(rating.order.get())
                                    : std::string())
        .set("has_writing", writing->has_value())
        .set("writing_width", *writing ? std::to_string((*writing)->width / 2) : std::string())
        .set("writing_height", *writing ? std::to_string((*writing)->height / 2) : std::string());
    row.set("row_order", rating.order.get())
        .set("row_place", DeskFrame::base(*visitor.face) +
                              "/customers?order=" + encode_segment(rating.order.get()))
        .set("row_stars", overall == rating.answers.end() ? "–" : std::to_string(overall->second))
        .set("row_day", language.formats.format(day))
        .set("row_channel", say(language, "desk.channel." + std::string(to_string(rating.channel))))
        .set_if("row_comment", rating.comment)
        .set("row_published", rating.publish && !hidden)
        .set("row_private", !rating.publish)
        .set("row_hidden", hidden)
        .set("row_flagged", records::is_flagged(*notes))
        .set_if("row_reply", records::reply_of(*notes))
        .set("row_may", visitor.may(Permission::Moderate));
    return row;
}

Result<void> RatingsDesk::add_comments(const HttpRequest& request, const Visitor& visitor,
                                       Store& store, PageData& data) const {
    const RatingFilter filter = RatingFilter::of(request);
    std::vector<PageData> rows;
    std::int64_t place = filter.before;
    bool more = true;
    for (int seen = 0; more && seen < kLookedAt && rows.size() < kShown;) {
        auto some = records::desk_of(store).newest_ratings(visitor.shop, place, kAtOnce);
        if (!some) return some.error();
        more = some->size() == kAtOnce;
        for (const auto& [at, rating] : *some) {
            ++seen;
            place = at;
            if (!filter.wants(rating)) continue;
            auto row = row_of(request, visitor, store, rating);
            if (!row) return row.error();
            rows.push_back(*std::move(row));
            if (rows.size() == kShown) {
                more = true;
                break;
            }
        }
    }
    const std::string query = query_without_place(request);
    data.set("has_rows", !rows.empty())
        .set("rows", std::move(rows))
        .set("has_more", more)
        .set("more_href",
             query + (query.empty() ? "?" : "&") + "before=" + std::to_string(place) + "#words");
    return {};
}

HttpResponse RatingsDesk::page(const HttpRequest& request, const Visitor& visitor,
                               Store& store) const {
    const auto& language = frame_.language(request, visitor);
    const std::string by = request.query_value("by");
    const bool is_known =
        std::find(kDimensions.begin(), kDimensions.end(), by) != kDimensions.end();
    records::FiguresRequest asked;
    asked.dimension = is_known ? by : "carrier";
    asked.since = day_of_query(request, "since");
    asked.until = day_of_query(request, "until");
    const std::chrono::year_month_day today{
        std::chrono::floor<std::chrono::days>(frame_.room().clock.now())};
    asked.today = records::day_of(today);
    const records::FiguresOptions options;
    auto figures = records::read_figures(
        [&](const records::FigureQuery& query) { return store.figure_cells(visitor.shop, query); },
        asked, options);
    PageData data;
    data.set("title", say(language, "desk.tab.ratings"));
    Result<void> done = figures ? Result<void>() : Result<void>(figures.error());
    if (done) {
        add_figures(language, *figures, options, data);
        done = add_comments(request, visitor, store, data);
    }
    if (!done) return frame_.notice(request, visitor, sentence_of(done.error()), 503);
    const RatingFilter filter = RatingFilter::of(request);
    data.set("since", request.query_value("since"))
        .set("until", request.query_value("until"))
        .set("dimensions", choices(language, "desk.by.", {kDimensions.begin(), kDimensions.end()},
                                   asked.dimension))
        .set("by_text", say(language, "desk.by." + asked.dimension))
        .set("stars", choices(language, "", {"5", "4", "3", "2", "1"},
                              filter.stars ? std::to_string(*filter.stars) : ""))
        .set("channels", choices(language, "desk.channel.", {"qr", "paper", "typed", "assisted"},
                                 filter.channel))
        .set("text_on", filter.with_text)
        .set("may_export", visitor.may(Permission::Export));
    std::vector<std::string> reasons;
    for (const auto reason : records::hide_reasons()) reasons.emplace_back(reason);
    data.set("reasons", choices(language, "desk.reason.", reasons, ""));
    std::vector<std::string> kinds;
    if (auto* exports = frame_.room().works.exports) kinds = exports->kinds();
    data.set("kinds", choices(language, "", kinds, "ratings"));
    return frame_.page(request, visitor, DeskTab::Ratings, "desk_ratings", std::move(data));
}

Reply RatingsDesk::act(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        const std::string what = form_value(request, "act");
        const records::TextWords words{.order = form_value(request, "order"),
                                       .who = visitor.user.login,
                                       .reason = form_value(request, "reason"),
                                       .detail = std::string(trimmed(form_value(request, "text"))),
                                       .hide = what == "hide" || what == "flag"};
        const Instant now = frame_.room().clock.now();
        const auto counter = DeskFrame::counter(store, visitor);
        auto scope = store.begin();
        Result<OrderNumber> done = Error{ErrorCode::ValueInvalid, "there is nothing like " + what,
                                         "act", "use the page's buttons"};
        if (!scope) done = scope.error();
        if (scope && (what == "hide" || what == "show")) {
            done = records::hide_text(counter, words, now);
        } else if (scope && what == "reply") {
            done = records::reply_to_rating(counter, words, now);
        } else if (scope && (what == "flag" || what == "unflag")) {
            done = records::flag_rating(counter, words, now);
        }
        Result<void> kept = done ? Result<void>() : Result<void>(done.error());
        if (kept) {
            kept = store.access().note({.shop = visitor.shop,
                                        .at = now,
                                        .who = visitor.user.login,
                                        .what = "rating " + what,
                                        .subject = done->get(),
                                        .detail = what == "hide" ? words.reason : ""});
        }
        if (kept) kept = (*scope)->commit();
        if (!kept) {
            return frame_.notice(request, visitor, sentence_of(kept.error()),
                                 status_of(kept.error()));
        }
        return see_other(DeskFrame::base(*visitor.face) + "/ratings" +
                         query_without_place(request) + "#words");
    });
}

Reply RatingsDesk::send_export(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        auto* exports = frame_.room().works.exports;
        if (exports == nullptr) {
            return frame_.notice(request, visitor,
                                 say(frame_.language(request, visitor), "desk.unreachable"), 503);
        }
        auto made = exports->make(store, visitor.shop, request.query_value("kind"),
                                  request.query_value("format"), request.query_value("since"));
        if (made) {
            auto noted = store.access().note({.shop = visitor.shop,
                                              .at = frame_.room().clock.now(),
                                              .who = visitor.user.login,
                                              .what = "export",
                                              .subject = made->name,
                                              .detail = ""});
            if (!noted) made = noted.error();
        }
        if (!made) {
            return frame_.notice(request, visitor, sentence_of(made.error()),
                                 status_of(made.error()));
        }
        HttpResponse response;
        response.body = std::make_shared<const std::string>(std::move(made->text));
        if (!made->cursor.empty()) response.with("X-Verso-Cursor", made->cursor);
        return response.with("Content-Type", made->type)
            .with("Content-Disposition", "attachment; filename=\"" + made->name + "\"");
    });
}

}  // namespace verso::service
