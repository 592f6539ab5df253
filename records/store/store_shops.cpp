// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/shop_name.h"
#include "records/store/statements.h"
#include "records/store/store_soci.h"

namespace verso::records {

Result<ShopId> SociStore::create_shop(std::string_view name) {
    auto folded = fold_shop_name(name);
    if (!folded) return folded.error();
    return in_scope([&]() -> Result<ShopId> {
        auto known = find_shop(*folded);
        if (!known) return known.error();
        if (*known) {
            return Error{ErrorCode::AlreadyExists, "the home has a shop of this name", *folded,
                         "choose another name"};
        }
        long long id = 0;
        before(sql::kInsertShop);
        query(sql::kInsertShop).in(*folded).out(id).run();
        return ShopId{id};
    });
}

Result<std::vector<ShopId>> SociStore::shops() {
    return in_safety([&]() -> Result<std::vector<ShopId>> {
        std::vector<ShopId> found;
        long long id = 0;
        Query query(db_.cache(), sql::kShops);
        query.out(id);
        for (bool more = query.first(); more; more = query.next()) found.emplace_back(id);
        return found;
    });
}

Result<std::optional<ShopId>> SociStore::find_shop(std::string_view name) {
    return in_safety([&]() -> Result<std::optional<ShopId>> {
        auto folded = fold_shop_name(name);
        if (!folded) return std::optional<ShopId>{};  // no shop can have it
        if (*folded == kMainShopName) folded->clear();
        long long id = 0;
        if (!query(sql::kFindShop).in(*folded).out(id).run()) return std::optional<ShopId>{};
        return std::optional<ShopId>(ShopId{id});
    });
}

Result<std::string> SociStore::shop_name(ShopId shop) {
    return in_safety([&]() -> Result<std::string> {
        const long long id = shop.get();
        std::string name;
        if (!query(sql::kShopName).in(id).out(name).run()) {
            return Error{ErrorCode::NotFound, "there is no such shop in this home",
                         "shop " + std::to_string(id), "see: verso shop list"};
        }
        return name.empty() ? std::string(kMainShopName) : name;
    });
}

}  // namespace verso::records
