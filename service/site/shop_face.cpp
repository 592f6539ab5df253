// SPDX-License-Identifier: Apache-2.0
#include "service/site/shop_face.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <shared_mutex>

#include "service/http/web_text.h"

namespace verso::service {

const generator::Language& ShopFace::language(std::string_view code) const {
    for (const std::string_view wanted : {code, std::string_view(shop.language)}) {
        const auto it = std::find_if(languages.begin(), languages.end(),
                                     [&](const auto& language) { return language.code == wanted; });
        if (it != languages.end()) return *it;
    }
    return languages.front();
}

/// The faces that took the place of those of the start.
struct ShopFaces::Renewed {
    struct Retired {
        std::unique_ptr<const ShopFace> face;
        std::chrono::steady_clock::time_point since;
    };
    std::shared_mutex mutex;
    std::atomic<bool> has_any{false};
    std::map<ShopId, std::unique_ptr<const ShopFace>> now;
    std::vector<Retired> before;  ///< somebody may still look at them
    long long serial = 0;
};

std::shared_ptr<ShopFaces::Renewed> ShopFaces::none() { return std::make_shared<Renewed>(); }

const ShopFace* ShopFaces::find(ShopId id) const {
    if (renewed_->has_any) {
        const std::shared_lock lock(renewed_->mutex);
        const auto it = renewed_->now.find(id);
        if (it != renewed_->now.end()) return it->second.get();
    }
    const auto it = shops.find(id);
    return it == shops.end() ? nullptr : &it->second;
}

void ShopFaces::renew(ShopFace face) {
    constexpr std::chrono::minutes kKept{10};  // far longer than any request lasts
    if (!shops.contains(face.id)) return;
    const auto at = std::chrono::steady_clock::now();
    const std::unique_lock lock(renewed_->mutex);
    face.serial = ++renewed_->serial;
    std::erase_if(renewed_->before, [&](const auto& one) { return at - one.since > kKept; });
    auto& place = renewed_->now[face.id];
    if (place) renewed_->before.push_back({std::move(place), at});
    place = std::make_unique<const ShopFace>(std::move(face));
    renewed_->has_any = true;
}

const PageBook& pages_of(const ShopFace& face, const PageBook& standard) {
    return face.own_pages ? *face.own_pages : standard;
}

const ShopFace* ShopFaces::find(std::string_view name) const {
    const auto it = std::find_if(shops.begin(), shops.end(),
                                 [&](const auto& entry) { return entry.second.name == name; });
    // A shop keeps its name.
    return it == shops.end() ? nullptr : find(it->first);
}

const generator::Language& language_for(const HttpRequest& request, const ShopFace& face,
                                        std::string_view wanted) {
    const std::string asked = request.query_value("lang");
    if (!asked.empty()) return face.language(asked);
    if (!wanted.empty()) return face.language(wanted);
    // RFC 9110 section 12.5.4, in the order given: browsers list by preference.
    std::string_view list = request.header("Accept-Language");
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        const auto code = trimmed(list.substr(0, end)).substr(0, 2);
        const auto& language = face.language(code);
        if (language.code == code) return language;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return face.language("");
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
