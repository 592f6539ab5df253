// SPDX-License-Identifier: Apache-2.0
#include "records/access/login.h"
#include "records/store/access_table.h"

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kAdd =
    "INSERT INTO app_user (login, name, password_hash, disabled, created_at, changed_at)"
    " VALUES (:login, :name, :hash, :disabled, :created, :changed) RETURNING id";
constexpr const char* kUsers =
    "SELECT id, login, name, password_hash, disabled, created_at, changed_at FROM app_user WHERE ";
constexpr const char* kPlaces =
    "SELECT shop_id, role FROM user_role WHERE user_id = :id ORDER BY shop_id";
constexpr const char* kLock = "SELECT id FROM app_user WHERE id = :id{lock}";
constexpr const char* kShop = "SELECT id FROM shop WHERE id = :id";
constexpr const char* kGiveRole =
    "INSERT INTO user_role (user_id, shop_id, role) VALUES (:id, :shop, :role)"
    " ON CONFLICT (user_id, shop_id) DO UPDATE SET role = excluded.role";
constexpr const char* kTakeRole = "DELETE FROM user_role WHERE user_id = :id AND shop_id = :shop";
constexpr const char* kTouch = "UPDATE app_user SET changed_at = :at WHERE id = :id";
constexpr const char* kPassword =
    "UPDATE app_user SET password_hash = :hash, changed_at = :at WHERE id = :id";
constexpr const char* kRenew =
    "UPDATE app_user SET password_hash = :hash WHERE id = :id AND password_hash = :old";
constexpr const char* kDisable =
    "UPDATE app_user SET disabled = :disabled, changed_at = :at WHERE id = :id";
constexpr const char* kAdmins =
    "SELECT count(*) FROM app_user u WHERE u.disabled = 0 AND u.password_hash <> ''"
    " AND EXISTS (SELECT 1 FROM user_role r WHERE r.user_id = u.id AND r.role = 'admin')";
constexpr const char* kEndSessions = "DELETE FROM user_session WHERE user_id = :id";
constexpr const char* kEndLinks = "DELETE FROM access_link WHERE user_id = :id";

}  // namespace sql

Error no_user(UserId id) {
    return {ErrorCode::NotFound, "there is no such user", "user " + std::to_string(id.get()),
            "see: verso user list"};
}

}  // namespace

std::optional<Role> User::role_in(ShopId shop) const {
    for (const Place& place : places) {
        if (place.shop == shop) return place.role;
    }
    return std::nullopt;
}

Result<UserId> AccessTable::add_user(const User& user, Instant at) {
    auto login = fold_login(user.login);
    if (!login) return login.error();
    if (user.name.empty()) {
        return Error{ErrorCode::ValueInvalid, "a user needs a name", user.login, ""};
    }
    return db_.in_scope([&]() -> Result<UserId> {
        if (!select_users("login = :login", *login).empty()) {
            return Error{ErrorCode::AlreadyExists, "there is a user of this name", *login,
                         "choose another name"};
        }
        const int disabled = user.disabled ? 1 : 0;
        const long long moment = seconds(at);
        long long id = 0;
        db_.before(sql::kAdd);
        db_.query(sql::kAdd)
            .in(*login, user.name, user.password_hash, disabled, moment, moment)
            .out(id)
            .run();
        return UserId{id};
    });
}

std::vector<User> AccessTable::select_users(const std::string& where, const std::string& value) {
    std::vector<User> found;
    User row;
    long long id = 0, created = 0, changed = 0;
    int disabled = 0;
    {
        Query query = db_.query(sql::kUsers + where);
        query.in(value).out(id, row.login, row.name, row.password_hash, disabled, created, changed);
        for (bool more = query.first(); more; more = query.next()) {
            row.id = UserId{id};
            row.disabled = disabled != 0;
            row.created_at = instant(created);
            row.changed_at = instant(changed);
            found.push_back(row);
        }
    }
    for (User& user : found) add_places(user);
    return found;
}

void AccessTable::add_places(User& user) {
    const long long user_id = user.id.get();
    long long shop = 0;
    std::string role;
    Query query = db_.query(sql::kPlaces);
    query.in(user_id).out(shop, role);
    for (bool more = query.first(); more; more = query.next()) {
        // A role that no Verso of this age wrote allows nothing here.
        if (auto known = parse_role(role)) user.places.push_back({ShopId{shop}, *known});
    }
}

Result<std::optional<User>> AccessTable::find_user(std::string_view login) {
    return db_.in_safety([&]() -> Result<std::optional<User>> {
        auto folded = fold_login(login);
        if (!folded) return std::optional<User>{};  // nobody can have it
        auto found = select_users("login = :login", *folded);
        if (found.empty()) return std::optional<User>{};
        return std::optional<User>(std::move(found.front()));
    });
}

Result<std::optional<User>> AccessTable::find_user(UserId id) {
    return db_.in_safety([&]() -> Result<std::optional<User>> {
        auto found = select_users("id = CAST(:id AS BIGINT)", std::to_string(id.get()));
        if (found.empty()) return std::optional<User>{};
        return std::optional<User>(std::move(found.front()));
    });
}

Result<std::vector<User>> AccessTable::users(std::optional<ShopId> shop) {
    return db_.in_safety([&]() -> Result<std::vector<User>> {
        if (!shop) return select_users("login <> :none ORDER BY login{binary}", "");
        return select_users(
            "id IN (SELECT user_id FROM user_role WHERE shop_id = CAST(:shop AS BIGINT))"
            " ORDER BY login{binary}",
            std::to_string(shop->get()));
    });
}

Result<void> AccessTable::require_user(UserId id) {
    const long long user = id.get();
    long long found = 0;
    if (!db_.query(sql::kLock).in(user).out(found).run()) return no_user(id);
    return {};
}

long long AccessTable::count_admins() {
    long long count = 0;
    db_.query(sql::kAdmins).out(count).run();
    return count;
}

void AccessTable::lock_admins() {
    // Two admins that disable one another at once would both find that one is left.
    const auto statement = db_.dialect().named_lock;
    if (statement.empty()) return;
    long long held = 0;
    const std::string name = "verso admins";
    db_.query(std::string(statement)).in(name).out(held).run();
}

Result<void> AccessTable::still_an_admin(long long before) {
    if (before == 0 || count_admins() > 0) return {};
    return Error{ErrorCode::NotAllowed, "nobody could run this home any more", "the last admin",
                 "make another admin first"};
}

Result<void> AccessTable::set_role(UserId id, ShopId shop, std::optional<Role> role, Instant at) {
    return db_.in_scope([&]() -> Result<void> {
        lock_admins();
        if (auto known = require_user(id); !known) return known;
        const long long user = id.get(), shop_id = shop.get(), moment = seconds(at);
        long long found = 0;
        if (!db_.query(sql::kShop).in(shop_id).out(found).run()) {
            return Error{ErrorCode::NotFound, "there is no such shop in this home",
                         "shop " + std::to_string(shop_id), "see: verso shop list"};
        }
        const long long before = count_admins();
        if (role) {
            const std::string word(to_string(*role));
            db_.write(sql::kGiveRole, user, shop_id, word);
        } else {
            db_.write(sql::kTakeRole, user, shop_id);
        }
        db_.write(sql::kTouch, moment, user);
        return still_an_admin(before);
    });
}

void AccessTable::end_all(UserId user) {
    const long long id = user.get();
    db_.write(sql::kEndSessions, id);
    db_.write(sql::kEndLinks, id);
}

Result<void> AccessTable::set_password(UserId id, std::string_view hash, Instant at) {
    if (hash.empty()) return Error{ErrorCode::ValueInvalid, "a password is missing", "user", ""};
    return db_.in_scope([&]() -> Result<void> {
        if (auto known = require_user(id); !known) return known;
        const long long user = id.get(), moment = seconds(at);
        const std::string text(hash);
        db_.write(sql::kPassword, text, moment, user);
        end_all(id);
        return {};
    });
}

Result<bool> AccessTable::renew_hash(UserId id, std::string_view old, std::string_view hash) {
    return db_.in_scope([&]() -> Result<bool> {
        const long long user = id.get();
        const std::string before(old), text(hash);
        return db_.write(sql::kRenew, text, user, before) == 1;
    });
}

Result<void> AccessTable::set_disabled(UserId id, bool disabled, Instant at) {
    return db_.in_scope([&]() -> Result<void> {
        lock_admins();
        if (auto known = require_user(id); !known) return known;
        const long long before = count_admins(), user = id.get(), moment = seconds(at);
        const int value = disabled ? 1 : 0;
        db_.write(sql::kDisable, value, moment, user);
        if (disabled) end_all(id);
        return still_an_admin(before);
    });
}

Result<long long> AccessTable::admins() {
    return db_.in_safety([&]() -> Result<long long> { return count_admins(); });
}

}  // namespace verso::records
