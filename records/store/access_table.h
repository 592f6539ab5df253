// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/store/access_book.h"
#include "records/store/connection.h"

namespace verso::records {

/// The AccessBook as rows, in four files by subject.
class AccessTable final : public AccessBook {
  public:
    /// `db` must outlive it.
    explicit AccessTable(Connection& db) : db_(db) {}

    Result<UserId> add_user(const User& user, Instant at) override;
    Result<std::optional<User>> find_user(std::string_view login) override;
    Result<std::optional<User>> find_user(UserId id) override;
    Result<std::vector<User>> users(std::optional<ShopId> shop) override;
    Result<void> set_role(UserId id, ShopId shop, std::optional<Role> role, Instant at) override;
    Result<void> set_password(UserId id, std::string_view hash, Instant at) override;
    Result<bool> renew_hash(UserId id, std::string_view old, std::string_view hash) override;
    Result<void> set_disabled(UserId id, bool disabled, Instant at) override;
    Result<long long> admins() override;

    Result<void> open_session(UserId user, std::string_view token, Instant expires,
                              Instant now) override;
    Result<std::optional<LoggedIn>> use_session(std::string_view token, std::chrono::seconds idle,
                                                Instant now) override;
    Result<bool> rotate_session(std::string_view old, std::string_view token) override;
    Result<bool> end_session(std::string_view token) override;
    Result<long long> end_sessions(UserId user) override;
    Result<std::vector<Session>> sessions(UserId user) override;
    Result<void> add_link(std::string_view token, LinkPurpose purpose, std::optional<UserId> user,
                          Instant expires, Instant now) override;
    Result<std::optional<LinkUse>> use_link(std::string_view token, Instant now) override;
    Result<std::optional<LinkUse>> look_at_link(std::string_view token, Instant now) override;

    Result<ApiKeyId> add_key(ShopId shop, std::string_view name, std::string_view token,
                             std::span<const KeyScope> scopes, Instant now) override;
    Result<std::optional<ApiKey>> use_key(std::string_view token, Instant now) override;
    Result<std::vector<ApiKey>> keys(ShopId shop) override;
    Result<void> revoke_key(ShopId shop, ApiKeyId key, Instant now) override;
    Result<std::optional<KeptAnswer>> claim_request(ShopId shop, ApiKeyId key,
                                                    std::string_view text,
                                                    std::string_view request_sha256,
                                                    Instant expires, Instant now) override;
    Result<void> keep_answer(ShopId shop, ApiKeyId key, std::string_view text, int status,
                             std::string_view body) override;

    Result<void> note(const AuditEntry& entry) override;
    Result<std::vector<AuditEntry>> audit(const AuditQuery& query) override;
    Result<bool> note_delivery(ShopId shop, std::string_view source, std::string_view id,
                               Instant now) override;
    Result<long long> forget(Instant now, Instant deliveries) override;

  private:
    /// Users by a condition with one text parameter.
    std::vector<User> select_users(const std::string& where, const std::string& value);
    void add_places(User& user);
    /// Locks the row. NotFound.
    Result<void> require_user(UserId id);
    /// NotAllowed when nobody could run the home any more, where somebody could before.
    Result<void> still_an_admin(long long before);
    long long count_admins();
    void lock_admins();
    void end_all(UserId user);
    std::optional<LinkUse> read_link(std::string_view token, Instant now);

    Connection& db_;
};

}  // namespace verso::records
