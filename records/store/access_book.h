// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/ids.h"
#include "core/util/result.h"
#include "core/util/strong_type.h"
#include "core/util/time.h"
#include "records/access/role.h"

namespace verso::records {

using UserId = StrongType<struct UserIdTag, std::int64_t>;
using ApiKeyId = StrongType<struct ApiKeyIdTag, std::int64_t>;

/// A person who logs in. One person may serve several shops of a home, each with one role.
struct User {
    struct Place {
        ShopId shop;
        Role role = Role::Packer;
        friend bool operator==(const Place&, const Place&) = default;
    };
    UserId id;
    std::string login;          ///< unique in the home, in small letters
    std::string name;           ///< for people
    std::string password_hash;  ///< core/crypto/password.h; empty: nobody can log in by one
    std::vector<Place> places;  ///< by shop
    bool disabled = false;
    Instant created_at{}, changed_at{};

    std::optional<Role> role_in(ShopId shop) const;
    friend bool operator==(const User&, const User&) = default;
};

/// What a session's token opens.
struct Session {
    UserId user;
    Instant created_at{}, used_at{}, expires_at{};
    int rotated = 0;  ///< how often its token was replaced
    friend bool operator==(const Session&, const Session&) = default;
};
struct LoggedIn {
    User user;
    Session session;
};

/// What a one-time link is for.
enum class LinkPurpose { FirstAdmin, Reset };
/// "first-admin", "reset".
std::string_view to_string(LinkPurpose purpose);
struct LinkUse {
    LinkPurpose purpose = LinkPurpose::Reset;
    std::optional<UserId> user;  ///< whose password; none for the first admin
};

struct ApiKey {
    ApiKeyId id;
    ShopId shop;
    std::string name;  ///< what the merchant calls it
    std::vector<KeyScope> scopes;
    Instant created_at{};
    std::optional<Instant> used_at, revoked_at;
    friend bool operator==(const ApiKey&, const ApiKey&) = default;
};

/// What was answered to a request that brought an idempotency key.
struct KeptAnswer {
    std::string request_sha256;  ///< of method, path and body as they came
    int status = 0;              ///< 0: the first request is under way, or broke off
    std::string body;            ///< empty after an erasure
    friend bool operator==(const KeptAnswer&, const KeptAnswer&) = default;
};

/// Who did what. `subject` and `detail` hold order numbers, ids and words of ours, never what names
/// a buyer: an erasure does not look in here.
struct AuditEntry {
    long long id = 0;  ///< given by the book, counting up
    ShopId shop;       ///< 0: the whole home
    Instant at{};
    std::string who;  ///< log-in name, "key NAME", "command line"
    std::string what;
    std::string subject, detail;
    friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

/// Which entries are wanted.
struct AuditQuery {
    std::optional<ShopId> shop;  ///< none: of all shops and of the home
    Instant since{};
    long long after = 0;  ///< the id of the last one seen
    int most = 1000;
};

/// Who may use a home and what they did, durable. Users, sessions and links are the home's; all
/// else is one shop's. Of tokens and keys only the hash is kept (token_hash). No network address is
/// kept. Part of its Store's transactions and threads; each call that writes is a whole.
/// Any may fail with DatabaseFailed.
class AccessBook {
  public:
    virtual ~AccessBook() = default;

    // ---- users (access_users.cpp)
    /// `user.id`, `places` and moments are not looked at. ValueInvalid by fold_login(), or without
    /// a name; AlreadyExists.
    virtual Result<UserId> add_user(const User& user, Instant at) = 0;
    /// In whichever letter case. Nothing when there is none.
    virtual Result<std::optional<User>> find_user(std::string_view login) = 0;
    virtual Result<std::optional<User>> find_user(UserId id) = 0;
    /// All of the home, or those with a role in one shop, by log-in name.
    virtual Result<std::vector<User>> users(std::optional<ShopId> shop) = 0;
    /// Gives a role in a shop, or takes it away. NotFound for the user or the shop; NotAllowed for
    /// what would leave the home without an admin who can log in.
    virtual Result<void> set_role(UserId id, ShopId shop, std::optional<Role> role, Instant at) = 0;
    /// Ends all sessions and links of the user as well. NotFound; ValueInvalid for an empty hash.
    virtual Result<void> set_password(UserId id, std::string_view hash, Instant at) = 0;
    /// The same password in a better hash, after a log-in: sessions stay. False when the hash was
    /// not `old` any more.
    virtual Result<bool> renew_hash(UserId id, std::string_view old, std::string_view hash) = 0;
    /// Disabling ends all sessions and links. NotFound; NotAllowed as for set_role().
    virtual Result<void> set_disabled(UserId id, bool disabled, Instant at) = 0;
    /// How many admins can log in: the first one is made by a link.
    virtual Result<long long> admins() = 0;

    // ---- sessions (access_sessions.cpp)
    /// NotFound for a user who is not there or disabled; AlreadyExists.
    virtual Result<void> open_session(UserId user, std::string_view token, Instant expires,
                                      Instant now) = 0;
    /// Who it is; nothing for a token that is unknown, has expired, was not used for `idle`, or
    /// whose user is disabled. Notes the use, once a minute at most.
    virtual Result<std::optional<LoggedIn>> use_session(std::string_view token,
                                                        std::chrono::seconds idle, Instant now) = 0;
    /// The token is replaced, all else stays: after a log-in on the same page, or a change of
    /// rights. False when the old one opens nothing.
    virtual Result<bool> rotate_session(std::string_view old, std::string_view token) = 0;
    /// False when there was none.
    virtual Result<bool> end_session(std::string_view token) = 0;
    /// All of one user; how many.
    virtual Result<long long> end_sessions(UserId user) = 0;
    /// Newest first.
    virtual Result<std::vector<Session>> sessions(UserId user) = 0;

    // ---- one-time links (access_sessions.cpp)
    /// Earlier links of this purpose for this user are void from now on. Requires: a user for all
    /// but the first admin.
    virtual Result<void> add_link(std::string_view token, LinkPurpose purpose,
                                  std::optional<UserId> user, Instant expires, Instant now) = 0;
    /// What the link is for, once: nothing when it is unknown, used or expired.
    virtual Result<std::optional<LinkUse>> use_link(std::string_view token, Instant now) = 0;
    /// The same without using it up: to show its page.
    virtual Result<std::optional<LinkUse>> look_at_link(std::string_view token, Instant now) = 0;

    // ---- API keys and answers to requests (access_keys.cpp)
    /// ValueInvalid without a name or a scope; AlreadyExists for a name that a key of this shop
    /// has that was not revoked.
    virtual Result<ApiKeyId> add_key(ShopId shop, std::string_view name, std::string_view token,
                                     std::span<const KeyScope> scopes, Instant now) = 0;
    /// Whose key it is; nothing for one that is unknown or revoked. Notes the use, once a minute at
    /// most.
    virtual Result<std::optional<ApiKey>> use_key(std::string_view token, Instant now) = 0;
    /// Revoked ones too, oldest first.
    virtual Result<std::vector<ApiKey>> keys(ShopId shop) = 0;
    /// NotFound for a key that is not this shop's or revoked already.
    virtual Result<void> revoke_key(ShopId shop, ApiKeyId key, Instant now) = 0;
    /// Takes an idempotency key in the transaction of what the request does: nothing when it is
    /// new, and then keep_answer() must follow; else what was kept, expired ones aside. Two at once
    /// wait for one another. ValueInvalid for an empty text or one of more than 255 bytes.
    virtual Result<std::optional<KeptAnswer>> claim_request(ShopId shop, ApiKeyId key,
                                                            std::string_view text,
                                                            std::string_view request_sha256,
                                                            Instant expires, Instant now) = 0;
    /// NotFound when it was not claimed.
    virtual Result<void> keep_answer(ShopId shop, ApiKeyId key, std::string_view text, int status,
                                     std::string_view body) = 0;

    // ---- what was done (access_audit.cpp)
    /// Appends; `id` is not looked at. ValueInvalid without `who` or `what`.
    virtual Result<void> note(const AuditEntry& entry) = 0;
    /// Oldest first.
    virtual Result<std::vector<AuditEntry>> audit(const AuditQuery& query) = 0;
    /// True when this message of a webhook was not seen before: it is now.
    virtual Result<bool> note_delivery(ShopId shop, std::string_view source, std::string_view id,
                                       Instant now) = 0;
    /// Forgets what ran out: sessions, links and answers by their own time, deliveries before
    /// `deliveries`. How many rows.
    virtual Result<long long> forget(Instant now, Instant deliveries) = 0;
};

}  // namespace verso::records
