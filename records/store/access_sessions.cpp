// SPDX-License-Identifier: Apache-2.0
#include "records/access/login.h"
#include "records/store/access_table.h"

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kUser = "SELECT disabled FROM app_user WHERE id = :id{lock}";
constexpr const char* kKnown = "SELECT user_id FROM user_session WHERE token_hash = :hash";
constexpr const char* kOpen =
    "INSERT INTO user_session (token_hash, user_id, created_at, used_at, expires_at, rotated)"
    " VALUES (:hash, :user, :created, :used, :expires, 0)";
constexpr const char* kFind =
    "SELECT user_id, created_at, used_at, expires_at, rotated FROM user_session"
    " WHERE token_hash = :hash AND expires_at > :now AND used_at > :idle";
constexpr const char* kUsed = "UPDATE user_session SET used_at = :now WHERE token_hash = :hash";
constexpr const char* kRotate =
    "UPDATE user_session SET token_hash = :hash, rotated = rotated + 1 WHERE token_hash = :old";
constexpr const char* kEnd = "DELETE FROM user_session WHERE token_hash = :hash";
constexpr const char* kEndAll = "DELETE FROM user_session WHERE user_id = :user";
constexpr const char* kOfUser =
    "SELECT created_at, used_at, expires_at, rotated FROM user_session WHERE user_id = :user"
    " ORDER BY created_at DESC, token_hash{binary}";

constexpr const char* kVoidLinks =
    "DELETE FROM access_link WHERE purpose = :purpose AND user_id = :user";
constexpr const char* kAddLink =
    "INSERT INTO access_link (token_hash, purpose, user_id, created_at, expires_at, used_at)"
    " VALUES (:hash, :purpose, :user, :created, :expires, 0)";
constexpr const char* kLink =
    "SELECT purpose, user_id FROM access_link"
    " WHERE token_hash = :hash AND used_at = 0 AND expires_at > :now";
constexpr const char* kUseLink =
    "UPDATE access_link SET used_at = :now WHERE token_hash = :hash AND used_at = 0"
    " AND expires_at > :now2";

}  // namespace sql

Session session_of(UserId user, long long created, long long used, long long expires, int rotated) {
    return {user, instant(created), instant(used), instant(expires), rotated};
}

}  // namespace

std::string_view to_string(LinkPurpose purpose) {
    return purpose == LinkPurpose::FirstAdmin ? "first-admin" : "reset";
}

Result<void> AccessTable::open_session(UserId user, std::string_view token, Instant expires,
                                       Instant now) {
    return db_.in_scope([&]() -> Result<void> {
        const long long user_id = user.get(), moment = seconds(now), end = seconds(expires);
        const std::string hash = token_hash(token);
        int disabled = 0;
        if (!db_.query(sql::kUser).in(user_id).out(disabled).run() || disabled != 0) {
            return Error{ErrorCode::NotFound, "there is no such user, or it is disabled",
                         "user " + std::to_string(user_id), ""};
        }
        long long known = 0;
        if (db_.query(sql::kKnown).in(hash).out(known).run()) {
            return Error{ErrorCode::AlreadyExists, "the token opens a session already", "session",
                         "draw another one"};
        }
        db_.write(sql::kOpen, hash, user_id, moment, moment, end);
        return {};
    });
}

Result<std::optional<LoggedIn>> AccessTable::use_session(std::string_view token,
                                                         std::chrono::seconds idle, Instant now) {
    constexpr auto kNoted = std::chrono::seconds{60};
    const std::string hash = token_hash(token);
    using Found = std::optional<LoggedIn>;
    auto found = db_.in_safety([&]() -> Result<Found> {
        const long long moment = seconds(now), since = seconds(now - idle);
        long long user = 0, created = 0, used = 0, expires = 0;
        int rotated = 0;
        if (!db_.query(sql::kFind)
                 .in(hash, moment, since)
                 .out(user, created, used, expires, rotated)
                 .run())
            return Found{};
        auto who = find_user(UserId{user});
        if (!who) return who.error();
        if (!*who || (*who)->disabled) return Found{};
        return Found{{std::move(**who), session_of(UserId{user}, created, used, expires, rotated)}};
    });
    if (!found || !*found || now < (*found)->session.used_at + kNoted) return found;
    auto noted = db_.in_scope([&]() -> Result<void> {
        const long long moment = seconds(now);
        db_.write(sql::kUsed, moment, hash);
        return {};
    });
    if (!noted) return noted.error();
    (*found)->session.used_at = now;
    return found;
}

Result<bool> AccessTable::rotate_session(std::string_view old, std::string_view token) {
    return db_.in_scope([&]() -> Result<bool> {
        const std::string before = token_hash(old), after = token_hash(token);
        return db_.write(sql::kRotate, after, before) == 1;
    });
}

Result<bool> AccessTable::end_session(std::string_view token) {
    return db_.in_scope([&]() -> Result<bool> {
        const std::string hash = token_hash(token);
        return db_.write(sql::kEnd, hash) == 1;
    });
}

Result<long long> AccessTable::end_sessions(UserId user) {
    return db_.in_scope([&]() -> Result<long long> {
        const long long id = user.get();
        return db_.write(sql::kEndAll, id);
    });
}

Result<std::vector<Session>> AccessTable::sessions(UserId user) {
    return db_.in_safety([&]() -> Result<std::vector<Session>> {
        const long long id = user.get();
        long long created = 0, used = 0, expires = 0;
        int rotated = 0;
        std::vector<Session> found;
        Query query = db_.query(sql::kOfUser);
        query.in(id).out(created, used, expires, rotated);
        for (bool more = query.first(); more; more = query.next())
            found.push_back(session_of(user, created, used, expires, rotated));
        return found;
    });
}

Result<void> AccessTable::add_link(std::string_view token, LinkPurpose purpose,
                                   std::optional<UserId> user, Instant expires, Instant now) {
    return db_.in_scope([&]() -> Result<void> {
        if (user) {
            if (auto known = require_user(*user); !known) return known;
        } else if (purpose != LinkPurpose::FirstAdmin) {
            return Error{ErrorCode::ValueInvalid, "the link is for nobody", "link", ""};
        }
        const std::string hash = token_hash(token), word(to_string(purpose));
        const long long user_id = user ? user->get() : 0;
        const long long moment = seconds(now), end = seconds(expires);
        db_.write(sql::kVoidLinks, word, user_id);
        db_.write(sql::kAddLink, hash, word, user_id, moment, end);
        return {};
    });
}

std::optional<LinkUse> AccessTable::read_link(std::string_view token, Instant now) {
    const std::string hash = token_hash(token);
    const long long moment = seconds(now);
    std::string purpose;
    long long user = 0;
    if (!db_.query(sql::kLink).in(hash, moment).out(purpose, user).run()) return std::nullopt;
    LinkUse use;
    use.purpose = purpose == to_string(LinkPurpose::FirstAdmin) ? LinkPurpose::FirstAdmin
                                                                : LinkPurpose::Reset;
    if (user != 0) use.user = UserId{user};
    return use;
}

Result<std::optional<LinkUse>> AccessTable::look_at_link(std::string_view token, Instant now) {
    return db_.in_safety([&]() -> Result<std::optional<LinkUse>> { return read_link(token, now); });
}

Result<std::optional<LinkUse>> AccessTable::use_link(std::string_view token, Instant now) {
    return db_.in_scope([&]() -> Result<std::optional<LinkUse>> {
        auto use = read_link(token, now);
        const std::string hash = token_hash(token);
        const long long moment = seconds(now);
        // Two that use it at once: the row changes for one of them.
        if (use && db_.write(sql::kUseLink, moment, hash, moment) != 1) use.reset();
        return use;
    });
}

}  // namespace verso::records
