// SPDX-License-Identifier: Apache-2.0
#include "service/desk/desk_frame.h"

#include <algorithm>
#include <array>

#include "service/http/web_text.h"

namespace verso::service {

namespace {

using records::Permission;

struct Tab {
    DeskTab tab;
    const char* place;
    const char* word;  ///< its key in the catalogues, behind "desk.tab."
    Permission needs;
};

constexpr std::array kTabs{
    Tab{DeskTab::Bench, "bench", "bench", Permission::Print},
    Tab{DeskTab::Scans, "scans", "scans", Permission::Scan},
    Tab{DeskTab::Review, "review", "review", Permission::Review},
    Tab{DeskTab::Ratings, "ratings", "ratings", Permission::ReadRatings},
    Tab{DeskTab::Returns, "returns", "returns", Permission::TakeReturns},
    Tab{DeskTab::Customers, "customers", "customers", Permission::ReadOrders},
    Tab{DeskTab::Shop, "shop", "shop", Permission::Configure}};

constexpr std::string_view kPrefix = "desk.";

/// "desk.review.next" as "t_review_next".
void add_words(const generator::Strings& strings, PageData& data) {
    for (auto it = strings.lower_bound(kPrefix); it != strings.end(); ++it) {
        if (!it->first.starts_with(kPrefix)) return;
        std::string name = "t_" + it->first.substr(kPrefix.size());
        std::replace(name.begin(), name.end(), '.', '_');
        if (!data.values().contains(name)) data.set(std::move(name), it->second);
    }
}

std::vector<PageData> tabs_of(const Visitor& visitor, DeskTab current,
                              const generator::Language& language) {
    std::vector<PageData> out;
    for (const Tab& tab : kTabs) {
        if (!visitor.may(tab.needs)) continue;
        PageData data;
        data.set("tab_text", say(language, std::string("desk.tab.") + tab.word))
            .set("tab_href", DeskFrame::base(*visitor.face) + "/" + tab.place)
            .set("tab_current", tab.tab == current)
            .set("tab_count", false);
        if (tab.tab == DeskTab::Review && visitor.reviews > 0) {
            data.set("tab_count", std::to_string(visitor.reviews));
        }
        out.push_back(std::move(data));
    }
    return out;
}

}  // namespace

DeskFrame::DeskFrame(DeskRoom room) : room_(std::move(room)) {}

const generator::Language& DeskFrame::language(const HttpRequest& request,
                                               const ShopFace& face) const {
    return language_for(request, face, "");
}

records::Counter DeskFrame::counter(records::Store& store, const Visitor& visitor) {
    static const std::vector<std::string> kByRole;
    return {store, visitor.shop, visitor.face->cards, visitor.face->actions, kByRole};
}

std::string DeskFrame::home_of(const Visitor& visitor) {
    for (const Tab& tab : kTabs) {
        if (visitor.may(tab.needs)) return base(*visitor.face) + "/" + tab.place;
    }
    return "/desk/account";
}

void DeskFrame::add_common(const ShopFace& face, const generator::Language& language,
                           PageData& data) const {
    add_words(language.strings, data);
    data.set("lang", language.code)
        .set("shop", face.shop.name)
        .set("base", base(face))
        .set("style", pages_of(face, room_.book).asset("desk.css").place)
        .set("shop_style", base(face) + "/shop.css");
}

HttpResponse DeskFrame::finish(const ShopFace& face, std::string_view name, const PageData& data,
                               int status) const {
    return html_response(pages_of(face, room_.book).render(name, data), status)
        .with("Content-Security-Policy",
              "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
              "img-src 'self' blob: data:; media-src 'self'; frame-src 'self'; form-action 'self'; "
              "base-uri 'none'; frame-ancestors 'none'");
}

HttpResponse DeskFrame::page(const HttpRequest& request, const Visitor& visitor, DeskTab tab,
                             std::string_view name, PageData data, int status,
                             std::string_view script) const {
    const auto& words = language(request, visitor);
    add_common(*visitor.face, words, data);
    std::vector<PageData> shops;
    for (const auto& place : visitor.user.places) {
        const ShopFace* face = room_.faces.find(place.shop);
        if (face == nullptr || face->id == visitor.shop) continue;
        shops.push_back(
            PageData().set("other_href", "/desk/" + face->name).set("other_name", face->shop.name));
    }
    data.set("csrf", visitor.csrf)
        .set("user", visitor.user.name)
        .set("inside", true)
        .set("tabs", tabs_of(visitor, tab, words))
        .set("shops", std::move(shops))
        .set("script", script.empty() ? std::string()
                                      : pages_of(*visitor.face, room_.book).asset(script).place)
        .set("has_script", !script.empty());
    return finish(*visitor.face, name, data, status);
}

HttpResponse DeskFrame::outer_page(const HttpRequest& request, const ShopFace& face,
                                   std::string_view name, PageData data, int status) const {
    add_common(face, language(request, face), data);
    data.set("inside", false).set("has_script", false);
    return finish(face, name, data, status);
}

HttpResponse DeskFrame::notice(const HttpRequest& request, const Visitor& visitor,
                               const std::string& sentence, int status) const {
    PageData data;
    data.set("title", say(language(request, visitor), "desk.notice")).set("sentence", sentence);
    return page(request, visitor, DeskTab::None, "desk_notice", std::move(data), status);
}

std::string sentence_of(const Error& error) {
    std::string out = error.message;
    if (!error.where.empty()) out = error.where + ": " + out;
    if (!error.cure.empty()) out += " – " + error.cure;
    return out;
}

int status_of(const Error& error) {
    switch (error.code) {
        case ErrorCode::NotFound:
            return 404;
        case ErrorCode::NotAllowed:
        case ErrorCode::AlreadyExists:
            return 409;
        case ErrorCode::DatabaseFailed:
        case ErrorCode::Internal:
            return 503;
        default:
            return 422;
    }
}

}  // namespace verso::service
