// SPDX-License-Identifier: Apache-2.0
#include "service/site/shop_face.h"

#include <algorithm>

namespace verso::service {

const generator::Language& ShopFace::language(std::string_view code) const {
    for (const std::string_view wanted : {code, std::string_view(shop.language)}) {
        const auto it = std::find_if(languages.begin(), languages.end(),
                                     [&](const auto& language) { return language.code == wanted; });
        if (it != languages.end()) return *it;
    }
    return languages.front();
}

const ShopFace* ShopFaces::find(ShopId id) const {
    const auto it = shops.find(id);
    return it == shops.end() ? nullptr : &it->second;
}

const ShopFace* ShopFaces::find(std::string_view name) const {
    const auto it = std::find_if(shops.begin(), shops.end(),
                                 [&](const auto& entry) { return entry.second.name == name; });
    return it == shops.end() ? nullptr : &it->second;
}

std::string say(const generator::Language& language, std::string_view key,
                const std::map<std::string_view, std::string>& values) {
    const std::string* found = language.find(key);
    if (found == nullptr) return std::string(key.substr(key.rfind('.') + 1));
    std::string text = *found;
    for (const auto& [name, value] : values) {
        const std::string slot = "{" + std::string(name) + "}";
        if (const auto at = text.find(slot); at != std::string::npos) {
            text.replace(at, slot.size(), value);
        }
    }
    return text;
}

}  // namespace verso::service
