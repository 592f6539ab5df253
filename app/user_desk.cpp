// SPDX-License-Identifier: Apache-2.0
#include "app/user_desk.h"

#include <nlohmann/json.hpp>

namespace verso::app {

namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string shop_text(OpenHome& home, ShopId shop) {
    auto name = home.store->shop_name(shop);
    return name ? *name : std::to_string(shop.get());
}

}  // namespace

Result<void> change(OpenHome& home, const std::string& what, const std::string& subject,
                    const std::string& detail, const Change& act) {
    const Instant now = system_clock().now();
    auto transaction = home.store->begin();
    if (!transaction) return transaction.error();
    records::AccessBook& book = home.store->access();
    if (auto done = act(book, now); !done) return done;
    auto noted = book.note({0, home.shop, now, "command line", what, subject, detail});
    if (!noted) return noted;
    return (*transaction)->commit();
}

Result<records::User> require_user(OpenHome& home, const std::string& name) {
    auto user = home.store->access().find_user(name);
    if (!user) return user.error();
    if (*user) return std::move(**user);
    return Error{ErrorCode::NotFound, "there is no user of this name", name,
                 "see: verso user list"};
}

Result<ExitCode> tell_user(OpenHome& home, const std::string& login, Output& out) {
    auto user = require_user(home, login);
    if (!user) return user.error();
    return tell_users(home, {std::move(*user)}, out);
}

Result<ExitCode> tell_users(OpenHome& home, const std::vector<records::User>& users, Output& out) {
    Table table({"user", "name", "roles", ""});
    for (const auto& user : users) {
        std::string roles;
        Json places = Json::object();
        for (const auto& place : user.places) {
            const std::string shop = shop_text(home, place.shop);
            const std::string role(records::to_string(place.role));
            roles += (roles.empty() ? "" : ", ") + shop + ": " + role;
            places[shop] = role;
        }
        table.add({user.login, user.name, roles, user.disabled ? "disabled" : ""});
        out.line(dump({{"user", user.login},
                       {"name", user.name},
                       {"roles", places},
                       {"disabled", user.disabled},
                       {"created_at", format_utc(user.created_at)},
                       {"changed_at", format_utc(user.changed_at)}}));
    }
    out.show(table);
    return ExitCode::Ok;
}

}  // namespace verso::app
