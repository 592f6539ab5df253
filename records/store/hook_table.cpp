// SPDX-License-Identifier: Apache-2.0
#include "records/store/hook_table.h"

#include <algorithm>

#include "records/access/login.h"

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kAdd =
    "INSERT INTO hook (shop_id, url, secret, kinds, created_at)"
    " VALUES (:shop, :url, :secret, :kinds, :created) RETURNING id";
constexpr const char* kOfShop =
    "SELECT id, url, secret, kinds, created_at FROM hook WHERE shop_id = :shop ORDER BY id";
constexpr const char* kRemove = "DELETE FROM hook WHERE id = :id AND shop_id = :shop";

}  // namespace sql

}  // namespace

std::vector<Hook> HookTable::rows(ShopId shop) {
    const long long shop_id = shop.get();
    long long id = 0, created = 0;
    std::string kinds;
    Hook row;
    std::vector<Hook> found;
    Query query = db_.query(sql::kOfShop);
    query.in(shop_id).out(id, row.url, row.secret, kinds, created);
    for (bool more = query.first(); more; more = query.next()) {
        row.id = HookId{id};
        row.created_at = instant(created);
        // Words that no Verso of this age wrote are never told.
        row.kinds = parse_hook_kinds(kinds).value_or({});
        found.push_back(row);
    }
    return found;
}

Result<HookId> HookTable::add_hook(ShopId shop, const Hook& hook, Instant now) {
    if (auto sound = check_hook_url(hook.url); !sound) return sound.error();
    if (auto sound = check_hook_secret(hook.secret); !sound) return sound.error();
    std::string kinds = format_hook_kinds(hook.kinds);
    if (kinds.empty()) return parse_hook_kinds("").error();
    return db_.in_scope([&]() -> Result<HookId> {
        if (static_cast<int>(rows(shop).size()) >= kMostOfShop) {
            return Error{ErrorCode::LimitExceeded,
                         "the shop has " + std::to_string(kMostOfShop) + " hooks already", "",
                         "remove one that nobody needs"};
        }
        const long long shop_id = shop.get(), moment = seconds(now);
        long long id = 0;
        db_.before(sql::kAdd);
        db_.query(sql::kAdd).in(shop_id, hook.url, hook.secret, kinds, moment).out(id).run();
        return HookId{id};
    });
}

Result<std::vector<Hook>> HookTable::hooks(ShopId shop) {
    return db_.in_safety([&]() -> Result<std::vector<Hook>> { return rows(shop); });
}

Result<std::optional<Hook>> HookTable::find_hook(ShopId shop, HookId id) {
    return db_.in_safety([&]() -> Result<std::optional<Hook>> {
        for (Hook& hook : rows(shop)) {
            if (hook.id == id) return std::optional<Hook>(std::move(hook));
        }
        return std::optional<Hook>{};
    });
}

Result<void> HookTable::remove_hook(ShopId shop, HookId id) {
    return db_.in_scope([&]() -> Result<void> {
        const long long shop_id = shop.get(), row = id.get();
        if (db_.write(sql::kRemove, row, shop_id) == 1) return {};
        return Error{ErrorCode::NotFound, "there is no such hook", "hook " + std::to_string(row),
                     "see: verso hooks list"};
    });
}

bool HookTable::is_wanted(ShopId shop, HookKind kind) {
    const auto all = hooks(shop);
    return all && std::any_of(all->begin(), all->end(), [&](const Hook& hook) {
               return std::find(hook.kinds.begin(), hook.kinds.end(), kind) != hook.kinds.end();
           });
}

Result<void> HookTable::tell(ShopId shop, HookKind kind, const std::string& data, Instant now) {
    return db_.in_safety([&]() -> Result<void> {
        for (const Hook& hook : rows(shop)) {
            if (std::find(hook.kinds.begin(), hook.kinds.end(), kind) == hook.kinds.end()) continue;
            const HookMessage message{hook.id, "msg_" + make_token(system_random()), kind, now,
                                      data};
            auto put = jobs_.enqueue(shop, webhook_job(message), now);
            if (!put) return put.error();
        }
        return {};
    });
}

}  // namespace verso::records
