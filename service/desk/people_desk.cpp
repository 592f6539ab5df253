// SPDX-License-Identifier: Apache-2.0
#include "service/desk/people_desk.h"

#include <algorithm>

#include "core/crypto/crypto.h"
#include "records/access/login.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using records::AccessBook;
using records::Permission;
using records::Role;
using records::Store;
using records::User;

constexpr std::size_t kFormBytes = 16 * 1024;
constexpr std::chrono::hours kLinkLives{24};
constexpr int kAuditShown = 200;

std::string moment_text(std::optional<Instant> at) {
    return at ? format_utc(*at).substr(0, 16).replace(10, 1, " ") : "–";
}

/// The user of the shop whom a form names; other shops' people are not this admin's.
Result<User> user_of(Store& store, const HttpRequest& request, ShopId shop) {
    auto user = store.access().find_user(form_value(request, "login"));
    if (!user) return user.error();
    if (!*user || !(*user)->role_in(shop)) {
        return Error{ErrorCode::NotFound, "this shop has no such user",
                     form_value(request, "login"), ""};
    }
    return **user;
}

/// What belongs to the person and not to the shop: whoever serves other shops too is changed by
/// the operator alone, for an admin of one shop is nobody in another.
Result<void> check_ours(const User& user, const Visitor& visitor) {
    const bool elsewhere = std::any_of(
        user.places.begin(), user.places.end(),
        [&](const auto& place) { return visitor.user.role_in(place.shop) != Role::Admin; });
    if (!elsewhere) return {};
    return Error{ErrorCode::NotAllowed, "this user serves other shops too", user.login,
                 "the operator can do it: verso user"};
}

Result<std::string> make_link(AccessBook& book, const User& user, Instant now) {
    const std::string token = records::make_token(system_random());
    auto kept = book.add_link(token, records::LinkPurpose::Reset, user.id, now + kLinkLives, now);
    if (!kept) return kept.error();
    return "/desk/link/" + token;
}

struct UserAct {
    std::string what, login, role;
    std::string link;  ///< made by it; empty when none was
};

Result<void> add_user(Store& store, const HttpRequest& request, const Visitor& visitor, Instant now,
                      UserAct& act) {
    auto& book = store.access();
    auto role = records::parse_role(act.role);
    if (!role) return role.error();
    auto known = book.find_user(act.login);
    if (!known) return known.error();
    if (*known) {
        // Somebody of another shop of the home gets a role here; their password stays theirs.
        return book.set_role((*known)->id, visitor.shop, *role, now);
    }
    User user;
    user.login = act.login;
    user.name = form_value(request, "name").empty() ? act.login : form_value(request, "name");
    auto id = book.add_user(user, now);
    if (!id) return id.error();
    user.id = *id;
    if (auto given = book.set_role(*id, visitor.shop, *role, now); !given) return given;
    auto link = make_link(book, user, now);
    if (!link) return link.error();
    act.link = *link;
    return {};
}

Result<void> change_user(Store& store, const HttpRequest& request, const Visitor& visitor,
                         Instant now, UserAct& act) {
    auto& book = store.access();
    if (act.what == "add") return add_user(store, request, visitor, now, act);
    auto user = user_of(store, request, visitor.shop);
    if (!user) return user.error();
    if (act.what == "role") {
        std::optional<Role> role;
        if (act.role != "none") {
            auto named = records::parse_role(act.role);
            if (!named) return named.error();
            role = *named;
        }
        return book.set_role(user->id, visitor.shop, role, now);
    }
    if (auto ours = check_ours(*user, visitor); !ours) return ours;
    if (act.what == "disable" || act.what == "enable") {
        return book.set_disabled(user->id, act.what == "disable", now);
    }
    if (act.what == "link") {
        auto link = make_link(book, *user, now);
        if (!link) return link.error();
        act.link = *link;
        return {};
    }
    return Error{ErrorCode::ValueInvalid, "there is nothing like " + act.what, "act", ""};
}

std::vector<PageData> role_choices(const generator::Language& language, std::string_view chosen) {
    std::vector<PageData> out;
    for (const Role role : records::all_roles()) {
        const std::string word(to_string(role));
        out.push_back(PageData()
                          .set("role", word)
                          .set("role_text", say(language, "desk.role." + word))
                          .set("role_on", word == chosen));
    }
    return out;
}

}  // namespace

void PeopleDesk::add_routes(Router& router) {
    const auto guarded = [this](Permission permission, auto method) {
        return frame_.room().keeper.guard(
            permission,
            [this, method](const HttpRequest& request, const PathValues&, const Visitor& visitor)
                -> Reply { return (this->*method)(request, visitor); });
    };
    router.add({Method::Get, "/desk/{shop}/users",
                guarded(Permission::ManageUsers, &PeopleDesk::show_users)});
    router.add({Method::Post, "/desk/{shop}/users",
                guarded(Permission::ManageUsers, &PeopleDesk::act_on_user), kFormBytes});
    router.add({Method::Get, "/desk/{shop}/keys",
                guarded(Permission::ManageUsers, &PeopleDesk::show_keys)});
    router.add({Method::Post, "/desk/{shop}/keys",
                guarded(Permission::ManageUsers, &PeopleDesk::act_on_key), kFormBytes});
    router.add({Method::Get, "/desk/{shop}/audit",
                guarded(Permission::ReadAudit, &PeopleDesk::show_audit)});
}

HttpResponse PeopleDesk::users_page(const HttpRequest& request, const Visitor& visitor,
                                    Store& store, const std::string& link, const std::string& fault,
                                    int status) const {
    const auto& language = frame_.language(request, visitor);
    auto users = store.access().users(visitor.shop);
    if (!users) return frame_.notice(request, visitor, sentence_of(users.error()), 503);
    std::vector<PageData> rows;
    for (const User& user : *users) {
        const auto role = user.role_in(visitor.shop);
        if (!role) continue;
        rows.push_back(PageData()
                           .set("user_login", user.login)
                           .set("user_name", user.name)
                           .set("user_roles", role_choices(language, to_string(*role)))
                           .set("user_disabled", user.disabled)
                           .set("user_self", user.id == visitor.user.id));
    }
    PageData data;
    data.set("title", say(language, "desk.users"))
        .set("rows", std::move(rows))
        .set("roles", role_choices(language, "packer"))
        .set_if("link", link)
        .set_if("fault", fault);
    return frame_.page(request, visitor, DeskTab::Shop, "desk_users", std::move(data), status);
}

Reply PeopleDesk::show_users(const HttpRequest& request, const Visitor& visitor) const {
    return users_page(request, visitor, frame_.room().gate.reader(request.lane), "", "", 200);
}

Reply PeopleDesk::act_on_user(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        const Instant now = frame_.room().clock.now();
        UserAct act{.what = form_value(request, "act"),
                    .login = form_value(request, "login"),
                    .role = form_value(request, "role"),
                    .link = {}};
        auto scope = store.begin();
        Result<void> done =
            scope ? change_user(store, request, visitor, now, act) : Result<void>(scope.error());
        if (done) {
            done = store.access().note({.shop = visitor.shop,
                                        .at = now,
                                        .who = visitor.user.login,
                                        .what = "user " + act.what,
                                        .subject = act.login,
                                        .detail = act.role});
        }
        if (done) done = (*scope)->commit();
        if (scope) scope->reset();
        const bool is_link = done && !act.link.empty();
        if (done && !is_link) return see_other(DeskFrame::base(*visitor.face) + "/users");
        const std::string host(request.header("Host"));
        const std::string link =
            is_link ? (request.peer.is_secure ? "https://" : "http://") + host + act.link : "";
        return users_page(request, visitor, store, link, done ? "" : sentence_of(done.error()),
                          done ? 200 : status_of(done.error()));
    });
}

HttpResponse PeopleDesk::keys_page(const HttpRequest& request, const Visitor& visitor, Store& store,
                                   const std::string& key, const std::string& fault,
                                   int status) const {
    auto keys = store.access().keys(visitor.shop);
    if (!keys) return frame_.notice(request, visitor, sentence_of(keys.error()), 503);
    std::vector<PageData> rows;
    for (const auto& each : *keys) {
        rows.push_back(PageData()
                           .set("key_id", std::to_string(each.id.get()))
                           .set("key_name", each.name)
                           .set("key_scopes", records::format_scopes(each.scopes))
                           .set("key_created", moment_text(each.created_at))
                           .set("key_used", moment_text(each.used_at))
                           .set("key_revoked", each.revoked_at.has_value()));
    }
    std::vector<PageData> scopes;
    for (const auto scope : records::all_scopes()) {
        scopes.push_back(PageData().set("scope", std::string(to_string(scope))));
    }
    PageData data;
    data.set("title", say(frame_.language(request, visitor), "desk.keys"))
        .set("has_rows", !rows.empty())
        .set("rows", std::move(rows))
        .set("scopes", std::move(scopes))
        .set_if("key", key)
        .set_if("fault", fault);
    return frame_.page(request, visitor, DeskTab::Shop, "desk_keys", std::move(data), status);
}

Reply PeopleDesk::show_keys(const HttpRequest& request, const Visitor& visitor) const {
    return keys_page(request, visitor, frame_.room().gate.reader(request.lane), "", "", 200);
}

Reply PeopleDesk::act_on_key(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        const Instant now = frame_.room().clock.now();
        auto& book = store.access();
        const std::string what = form_value(request, "act"), name = form_value(request, "name");
        std::string token, subject = name;
        const auto act = [&]() -> Result<void> {
            if (what == "add") {
                std::string words;
                for (const auto& [key, value] : parse_form(request.body)) {
                    if (key == "scope") words += value + " ";
                }
                auto scopes = records::parse_scopes(words);
                if (!scopes) return scopes.error();
                token = records::make_token(system_random());
                auto id = book.add_key(visitor.shop, name, token, *scopes, now);
                return id ? Result<void>() : Result<void>(id.error());
            }
            auto keys = book.keys(visitor.shop);
            if (!keys) return keys.error();
            for (const auto& key : *keys) {
                if (std::to_string(key.id.get()) != form_value(request, "key")) continue;
                subject = key.name;
                return book.revoke_key(visitor.shop, key.id, now);
            }
            return Error{ErrorCode::NotFound, "the shop has no such key", "", ""};
        };
        auto scope = store.begin();
        Result<void> done = scope ? act() : Result<void>(scope.error());
        if (done) {
            done = book.note({.shop = visitor.shop,
                              .at = now,
                              .who = visitor.user.login,
                              .what = what == "add" ? "add key" : "revoke key",
                              .subject = subject,
                              .detail = ""});
        }
        if (done) done = (*scope)->commit();
        if (scope) scope->reset();
        if (done && token.empty()) return see_other(DeskFrame::base(*visitor.face) + "/keys");
        return keys_page(request, visitor, store, done ? token : "",
                         done ? "" : sentence_of(done.error()),
                         done ? 200 : status_of(done.error()));
    });
}

Reply PeopleDesk::show_audit(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        records::AuditQuery query;
        query.shop = visitor.shop;
        query.since = frame_.room().clock.now() - std::chrono::hours(24 * 90);
        std::vector<records::AuditEntry> last;
        // The book gives them oldest first: the last page of them is shown.
        for (;;) {
            auto some = store.access().audit(query);
            if (!some) return frame_.notice(request, visitor, sentence_of(some.error()), 503);
            if (some->empty()) break;
            query.after = some->back().id;
            last.insert(last.end(), some->begin(), some->end());
            if (last.size() > kAuditShown) {
                last.erase(last.begin(), last.end() - kAuditShown);
            }
        }
        std::vector<PageData> rows;
        for (auto it = last.rbegin(); it != last.rend(); ++it) {
            rows.push_back(PageData()
                               .set("at", moment_text(it->at))
                               .set("who", it->who)
                               .set("what", it->what)
                               .set("subject", it->subject)
                               .set("detail", it->detail));
        }
        PageData data;
        data.set("title", say(frame_.language(request, visitor), "desk.audit"))
            .set("rows", std::move(rows));
        return frame_.page(request, visitor, DeskTab::Shop, "desk_audit", std::move(data));
    });
}

}  // namespace verso::service
