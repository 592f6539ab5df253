// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/shop.h"
#include "generator/template/catalogue.h"
#include "records/lifecycle/action_table.h"
#include "records/lifecycle/card_life.h"
#include "service/http/message.h"
#include "service/webhooks/signature.h"

namespace verso::service {

class PageBook;

/// One shop as its pages show it. A value.
struct ShopFace {
    ShopId id;
    /// Another one for each time that its settings were read: what is made of a face and kept is
    /// kept by it. ShopFaces::renew counts it up.
    long long serial = 0;
    std::string name;  ///< in the home: "main"; shop.name is for buyers
    Shop shop;
    std::string accent = "#0b5d4b";  ///< one colour of the shop's: "#rrggbb"
    bool product_stars = false;      ///< buyers may give stars to single articles
    bool photos = true;              ///< buyers may send photos
    std::string contact;             ///< an address of mail or a page, for buyers; may be empty
    /// By carrier, as orders name it: a page with {number} in it, where a parcel is followed.
    std::map<std::string, std::string, std::less<>> tracking_links;
    std::map<WebhookSource, std::string> webhook_secrets;
    records::CardTerms cards;
    records::ActionTable actions;
    bool two_looks = false;                      ///< two people settle what waits in review
    std::vector<generator::Language> languages;  ///< the default first
    /// The pages as this shop has them; null: as all have them.
    std::shared_ptr<const PageBook> own_pages{};

    /// That language, or the shop's own when there is no catalogue of it.
    const generator::Language& language(std::string_view code) const;
};

/// All shops of the home. Shared by threads; which shops there are is settled at the start.
struct ShopFaces {
    std::map<ShopId, ShopFace> shops;  ///< as they were at the start
    /// As it is now. What is found stays whole for ten minutes after the shop is renewed.
    const ShopFace* find(ShopId id) const;
    /// By its name in the home.
    const ShopFace* find(std::string_view name) const;
    /// The shop's settings were read anew; a shop that is not there is left out. Thread-safe.
    void renew(ShopFace face);

  private:
    struct Renewed;
    static std::shared_ptr<Renewed> none();
    std::shared_ptr<Renewed> renewed_ = none();
};

/// The book that this shop's pages are made with.
const PageBook& pages_of(const ShopFace& face, const PageBook& standard);

/// The language of a page: what ?lang= asks for, else `wanted`, else what the browser prefers.
const generator::Language& language_for(const HttpRequest& request, const ShopFace& face,
                                        std::string_view wanted);

/// The string of that key with {name} replaced by its value; the key itself when no catalogue has
/// it, so that a question that a merchant added is shown as something.
std::string say(const generator::Language& language, std::string_view key,
                const std::map<std::string_view, std::string>& values = {});

}  // namespace verso::service
