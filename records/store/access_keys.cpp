// SPDX-License-Identifier: Apache-2.0
#include "records/access/login.h"
#include "records/store/access_table.h"

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kSameName =
    "SELECT id FROM api_key WHERE shop_id = :shop AND name = :name AND revoked_at = 0";
constexpr const char* kAdd =
    "INSERT INTO api_key (shop_id, name, key_hash, scopes, created_at, used_at, revoked_at)"
    " VALUES (:shop, :name, :hash, :scopes, :created, 0, 0) RETURNING id";
constexpr const char* kFind =
    "SELECT id, shop_id, name, scopes, created_at, used_at, revoked_at FROM api_key"
    " WHERE key_hash = :hash AND revoked_at = 0";
constexpr const char* kOfShop =
    "SELECT id, shop_id, name, scopes, created_at, used_at, revoked_at FROM api_key"
    " WHERE shop_id = :shop ORDER BY id";
constexpr const char* kUsed = "UPDATE api_key SET used_at = :now WHERE id = :id";
constexpr const char* kRevoke =
    "UPDATE api_key SET revoked_at = :now WHERE id = :id AND shop_id = :shop AND revoked_at = 0";

constexpr const char* kExpired =
    "DELETE FROM kept_answer WHERE shop_id = :shop AND key_id = :key AND request_key = :text"
    " AND expires_at <= :now";
constexpr const char* kClaim =
    "INSERT INTO kept_answer (shop_id, key_id, request_key, request_sha256, status, body,"
    " expires_at) VALUES (:shop, :key, :text, :sha256, 0, '', :expires)"
    " ON CONFLICT (shop_id, key_id, request_key) DO NOTHING";
constexpr const char* kAnswer =
    "SELECT request_sha256, status, body FROM kept_answer"
    " WHERE shop_id = :shop AND key_id = :key AND request_key = :text";
constexpr const char* kKeep =
    "UPDATE kept_answer SET status = :status, body = :body"
    " WHERE shop_id = :shop AND key_id = :key AND request_key = :text";

}  // namespace sql

/// The columns of an api_key while they are read.
struct KeyRow {
    long long id = 0, shop = 0, created = 0, used = 0, revoked = 0;
    std::string name, scopes;

    void into(Query& query) { query.out(id, shop, name, scopes, created, used, revoked); }
    ApiKey key() const {
        ApiKey key{ApiKeyId{id}, ShopId{shop}, name, {}, instant(created), {}, {}};
        // Words that no Verso of this age wrote allow nothing here.
        if (auto known = parse_scopes(scopes)) key.scopes = std::move(*known);
        if (used != 0) key.used_at = instant(used);
        if (revoked != 0) key.revoked_at = instant(revoked);
        return key;
    }
};

}  // namespace

Result<ApiKeyId> AccessTable::add_key(ShopId shop, std::string_view name, std::string_view token,
                                      std::span<const KeyScope> scopes, Instant now) {
    if (name.empty() || scopes.empty()) {
        return Error{ErrorCode::ValueInvalid, "an API key needs a name and a scope",
                     std::string(name), ""};
    }
    return db_.in_scope([&]() -> Result<ApiKeyId> {
        const long long shop_id = shop.get(), moment = seconds(now);
        const std::string text(name), hash = token_hash(token), words = format_scopes(scopes);
        long long id = 0;
        if (db_.query(sql::kSameName).in(shop_id, text).out(id).run()) {
            return Error{ErrorCode::AlreadyExists, "there is a key of this name", text,
                         "choose another name, or revoke that one"};
        }
        db_.before(sql::kAdd);
        db_.query(sql::kAdd).in(shop_id, text, hash, words, moment).out(id).run();
        return ApiKeyId{id};
    });
}

Result<std::optional<ApiKey>> AccessTable::use_key(std::string_view token, Instant now) {
    constexpr auto kNoted = std::chrono::seconds{60};
    using Found = std::optional<ApiKey>;
    auto found = db_.in_safety([&]() -> Result<Found> {
        const std::string hash = token_hash(token);
        KeyRow row;
        Query query = db_.query(sql::kFind);
        query.in(hash);
        row.into(query);
        return query.run() ? Found(row.key()) : Found();
    });
    if (!found || !*found) return found;
    ApiKey& key = **found;
    if (key.used_at && now < *key.used_at + kNoted) return found;
    auto noted = db_.in_scope([&]() -> Result<void> {
        const long long moment = seconds(now), id = key.id.get();
        db_.write(sql::kUsed, moment, id);
        return {};
    });
    if (!noted) return noted.error();
    key.used_at = now;
    return found;
}

Result<std::vector<ApiKey>> AccessTable::keys(ShopId shop) {
    return db_.in_safety([&]() -> Result<std::vector<ApiKey>> {
        const long long shop_id = shop.get();
        std::vector<ApiKey> found;
        KeyRow row;
        Query query = db_.query(sql::kOfShop);
        query.in(shop_id);
        row.into(query);
        for (bool more = query.first(); more; more = query.next()) found.push_back(row.key());
        return found;
    });
}

Result<void> AccessTable::revoke_key(ShopId shop, ApiKeyId key, Instant now) {
    return db_.in_scope([&]() -> Result<void> {
        const long long shop_id = shop.get(), id = key.get(), moment = seconds(now);
        if (db_.write(sql::kRevoke, moment, id, shop_id) == 1) return {};
        return Error{ErrorCode::NotFound, "there is no such key, or it is revoked",
                     "key " + std::to_string(id), "see: verso user key list"};
    });
}

Result<std::optional<KeptAnswer>> AccessTable::claim_request(ShopId shop, ApiKeyId key,
                                                             std::string_view text,
                                                             std::string_view request_sha256,
                                                             Instant expires, Instant now) {
    constexpr std::size_t kLongest = 255;
    if (text.empty() || text.size() > kLongest) {
        return Error{ErrorCode::ValueInvalid, "an idempotency key has 1 to 255 bytes", "", ""};
    }
    return db_.in_scope([&]() -> Result<std::optional<KeptAnswer>> {
        const long long shop_id = shop.get(), key_id = key.get();
        const long long moment = seconds(now), end = seconds(expires);
        const std::string request(text), sha256(request_sha256);
        db_.write(sql::kExpired, shop_id, key_id, request, moment);
        if (db_.write(sql::kClaim, shop_id, key_id, request, sha256, end) == 1)
            return std::optional<KeptAnswer>{};
        KeptAnswer kept;
        db_.query(sql::kAnswer)
            .in(shop_id, key_id, request)
            .out(kept.request_sha256, kept.status, kept.body)
            .run();
        return std::optional<KeptAnswer>(std::move(kept));
    });
}

Result<void> AccessTable::keep_answer(ShopId shop, ApiKeyId key, std::string_view text, int status,
                                      std::string_view body) {
    return db_.in_scope([&]() -> Result<void> {
        const long long shop_id = shop.get(), key_id = key.get();
        const std::string request(text), answer(body);
        if (db_.write(sql::kKeep, status, answer, shop_id, key_id, request) == 1) return {};
        return Error{ErrorCode::NotFound, "the request was not claimed", request, ""};
    });
}

}  // namespace verso::records
