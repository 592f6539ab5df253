// SPDX-License-Identifier: Apache-2.0
#include "service/desk/login_site.h"

#include "core/crypto/password.h"
#include "records/access/login.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using records::LinkPurpose;
using records::LinkUse;
using records::Role;
using records::Store;
using records::User;

constexpr std::size_t kFormBytes = 16 * 1024;
constexpr std::chrono::hours kDeliveriesKept{30 * 24};

/// A page of the desk that somebody wanted before they were logged in; nothing else is followed.
std::string wanted_place(const std::string& text) {
    const bool is_ours = text.starts_with("/desk/") && text.find('\\') == std::string::npos &&
                         text.find("//") == std::string::npos &&
                         text.find_first_of("\r\n") == std::string::npos;
    return is_ours ? text : "/desk";
}

Result<void> note(Store& store, const std::string& who, const char* what, Instant at) {
    return store.access().note(
        {.shop = ShopId{0}, .at = at, .who = who, .what = what, .subject = who, .detail = ""});
}

/// Makes the first admin: with that role in every shop of the home.
Result<records::UserId> add_first_admin(Store& store, const HttpRequest& request,
                                        const std::string& hash, Instant at) {
    User user;
    user.login = form_value(request, "login");
    user.name = form_value(request, "name");
    if (user.name.empty()) user.name = user.login;
    auto& book = store.access();
    auto id = book.add_user(user, at);
    if (!id) return id;
    if (auto set = book.set_password(*id, hash, at); !set) return set.error();
    auto shops = store.shops();
    if (!shops) return shops.error();
    for (const ShopId shop : *shops) {
        if (auto given = book.set_role(*id, shop, Role::Admin, at); !given) return given.error();
    }
    return id;
}

/// Uses the link up and does what it is for; the link stays good when that cannot be done.
Result<User> redeem(Store& store, const HttpRequest& request, const std::string& token,
                    Instant at) {
    const std::string password = form_value(request, "password");
    auto& book = store.access();
    auto scope = store.begin();
    if (!scope) return scope.error();
    auto use = book.use_link(token, at);
    if (!use) return use.error();
    if (!*use) return Error{ErrorCode::NotFound, "the link was used or its time is over", "", ""};
    std::string login = form_value(request, "login");
    auto id = (*use)->user;
    if (id) {
        auto user = book.find_user(*id);
        if (!user) return user.error();
        if (*user) login = (*user)->login;
    }
    if (auto good = records::check_password(password, login); !good) return good.error();
    auto hash = hash_password(password);
    if (!hash) return hash.error();
    if (id) {
        if (auto set = book.set_password(*id, *hash, at); !set) return set.error();
    } else {
        auto made = add_first_admin(store, request, *hash, at);
        if (!made) return made.error();
        id = *made;
    }
    auto user = book.find_user(*id);
    if (!user) return user.error();
    const char* what = (*use)->user ? "set password by link" : "first admin";
    if (auto noted = note(store, (*user)->login, what, at); !noted) return noted.error();
    if (auto kept = (*scope)->commit(); !kept) return kept.error();
    return **user;
}

}  // namespace

void LoginSite::add_routes(Router& router) {
    router.add({Method::Get, "/desk",
                frame_.room().keeper.guard_any(
                    [](const HttpRequest&, const PathValues&, const Visitor& visitor) -> Reply {
                        return see_other(DeskFrame::home_of(visitor));
                    })});
    router.add({Method::Get, "/desk/login", [this](const HttpRequest& request, const PathValues&) {
                    return show_login(request);
                }});
    router.add({Method::Post, "/desk/login",
                [this](const HttpRequest& request, const PathValues&) { return log_in(request); },
                kFormBytes});
    router.add({Method::Post, "/desk/logout",
                frame_.room().keeper.guard_any(
                    [this](const HttpRequest& request, const PathValues&, const Visitor&) -> Reply {
                        return frame_.room().keeper.let_out(request);
                    }),
                kFormBytes});
    router.add({Method::Get, "/desk/link/{token}",
                [this](const HttpRequest& request, const PathValues& path) {
                    return show_link(request, path.at("token"));
                }});
    router.add({Method::Post, "/desk/link/{token}",
                [this](const HttpRequest& request, const PathValues& path) {
                    return use_link(request, path.at("token"));
                },
                kFormBytes});
    const auto mine = [this](auto method) {
        return frame_.room().keeper.guard_any(
            [this, method](const HttpRequest& request, const PathValues&, const Visitor& visitor) {
                return (this->*method)(request, visitor);
            });
    };
    router.add({Method::Get, "/desk/account", mine(&LoginSite::show_account)});
    router.add({Method::Post, "/desk/account", mine(&LoginSite::change_password), kFormBytes});
}

const ShopFace& LoginSite::first_face() const {
    const auto& faces = frame_.room().faces;
    return *faces.find(faces.shops.begin()->first);
}

std::string LoginSite::say_to(const HttpRequest& request, std::string_view key) const {
    return say(frame_.language(request, first_face()), key);
}

HttpResponse LoginSite::login_page(const HttpRequest& request, const std::string& fault,
                                   int status) const {
    PageData data;
    data.set("title", say_to(request, "desk.login"))
        .set("fault", fault.empty() ? "" : say_to(request, fault))
        .set("has_fault", !fault.empty())
        .set("to", wanted_place(request.query_value("to")))
        .set("login", form_value(request, "login"));
    return frame_.outer_page(request, first_face(), "desk_login", std::move(data), status);
}

Reply LoginSite::show_login(const HttpRequest& request) const {
    return login_page(request, "", 200);
}

Reply LoginSite::log_in(const HttpRequest& request) const {
    const std::string login = form_value(request, "login");
    if (is_foreign(request)) return login_page(request, "desk.login_again", 403);
    if (!frame_.room().keeper.may_try(request, login))
        return login_page(request, "desk.login_too_many", 429);
    return frame_.room().gate.slow([this, request, login](Store& store) -> HttpResponse {
        auto& keeper = frame_.room().keeper;
        const Instant now = frame_.room().clock.now();
        auto user = keeper.check(store, login, form_value(request, "password"));
        if (!user) return login_page(request, "desk.unreachable", 503);
        if (!*user) return login_page(request, "desk.login_wrong", 403);
        HttpResponse response = see_other(wanted_place(form_value(request, "to")));
        auto opened = keeper.let_in(store, (*user)->id, request, response);
        if (opened) opened = note(store, (*user)->login, "log in", now);
        if (!opened) return login_page(request, "desk.unreachable", 503);
        // What ran out is cleared when somebody comes: no clock of its own is needed.
        auto forgotten = store.access().forget(now, now - kDeliveriesKept);
        if (!forgotten) return login_page(request, "desk.unreachable", 503);
        return response;
    });
}

HttpResponse LoginSite::link_page(const HttpRequest& request, const LinkUse* use,
                                  const std::string& fault, int status) const {
    const bool is_first = use != nullptr && use->purpose == LinkPurpose::FirstAdmin;
    PageData data;
    data.set("title", say_to(request, is_first ? "desk.link_first" : "desk.link_password"))
        .set("is_good", use != nullptr)
        .set("is_first", is_first)
        .set("fault", fault)
        .set("has_fault", !fault.empty())
        .set("login", form_value(request, "login"))
        .set("name", form_value(request, "name"));
    return frame_.outer_page(request, first_face(), "desk_link", std::move(data), status);
}

Reply LoginSite::show_link(const HttpRequest& request, const std::string& token) const {
    if (!frame_.room().keeper.may_try(request, "")) {
        return login_page(request, "desk.login_too_many", 429);
    }
    auto use = frame_.room()
                   .gate.reader(request.lane)
                   .access()
                   .look_at_link(token, frame_.room().clock.now());
    if (!use) return login_page(request, "desk.unreachable", 503);
    if (!*use) return link_page(request, nullptr, say_to(request, "desk.link_over"), 404);
    return link_page(request, &**use, "", 200);
}

Reply LoginSite::use_link(const HttpRequest& request, const std::string& token) const {
    if (is_foreign(request)) return login_page(request, "desk.login_again", 403);
    if (!frame_.room().keeper.may_try(request, "")) {
        return login_page(request, "desk.login_too_many", 429);
    }
    return frame_.room().gate.slow([this, request, token](Store& store) -> HttpResponse {
        const Instant now = frame_.room().clock.now();
        auto user = redeem(store, request, token, now);
        if (!user) {
            auto use = store.access().look_at_link(token, now);
            const bool is_good = use && *use;
            return link_page(
                request, is_good ? &**use : nullptr,
                is_good ? sentence_of(user.error()) : say_to(request, "desk.link_over"),
                status_of(user.error()));
        }
        HttpResponse response = see_other("/desk");
        auto opened = frame_.room().keeper.let_in(store, user->id, request, response);
        return opened ? response : login_page(request, "desk.unreachable", 503);
    });
}

HttpResponse LoginSite::account_page(const HttpRequest& request, const Visitor& visitor,
                                     const std::string& fault, int status) const {
    PageData data;
    std::vector<PageData> roles;
    for (const auto& place : visitor.user.places) {
        const ShopFace* face = frame_.room().faces.find(place.shop);
        if (face == nullptr) continue;
        roles.push_back(
            PageData()
                .set("role_shop", face->shop.name)
                .set("role_href", "/desk/" + face->name)
                .set("role_name",
                     say_to(request, "desk.role." + std::string(to_string(place.role)))));
    }
    data.set("title", say_to(request, "desk.account"))
        .set("login", visitor.user.login)
        .set("roles", std::move(roles))
        .set("fault", fault)
        .set("has_fault", !fault.empty())
        .set("is_done", request.query_value("done") == "1");
    return frame_.page(request, visitor, DeskTab::None, "desk_account", std::move(data), status);
}

Reply LoginSite::show_account(const HttpRequest& request, const Visitor& visitor) const {
    return account_page(request, visitor, "", 200);
}

Reply LoginSite::change_password(const HttpRequest& request, const Visitor& visitor) const {
    if (!frame_.room().keeper.may_try(request, visitor.user.login)) {
        return account_page(request, visitor, say_to(request, "desk.login_too_many"), 429);
    }
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        const Instant now = frame_.room().clock.now();
        const auto& login = visitor.user.login;
        auto known = frame_.room().keeper.check(store, login, form_value(request, "old"));
        if (!known) return account_page(request, visitor, say_to(request, "desk.unreachable"), 503);
        if (!*known) {
            return account_page(request, visitor, say_to(request, "desk.login_wrong"), 403);
        }
        const std::string password = form_value(request, "password");
        if (auto good = records::check_password(password, login); !good) {
            return account_page(request, visitor, sentence_of(good.error()), 422);
        }
        auto hash = hash_password(password);
        Result<void> done;
        if (!hash) done = hash.error();
        if (done) done = store.access().set_password(visitor.user.id, *hash, now);
        if (done) done = note(store, login, "set password", now);
        HttpResponse response = see_other("/desk/account?done=1");
        // All sessions are over with the old password; this browser gets a new one.
        if (done) done = frame_.room().keeper.let_in(store, visitor.user.id, request, response);
        return done ? response : account_page(request, visitor, sentence_of(done.error()), 503);
    });
}

}  // namespace verso::service
