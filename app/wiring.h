// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/config.h"
#include "app/home.h"
#include "app/share.h"
#include "core/card/card_layout.h"
#include "core/domain/ids.h"
#include "generator/insert_template.h"
#include "records/desk/counter.h"
#include "records/store/store.h"
#include "scanner/pipeline/read_card.h"

namespace verso::app {

// The only place where the rooms are put together for a command.

/// The shop that every home has.
inline const ShopId kFirstShop{1};

/// A home with its configuration read and its store open, as one of its shops works in it.
struct OpenHome {
    Home home;
    Config config;  ///< the shop's own; [reading] and [store] are the home's
    std::unique_ptr<records::Store> store;
    ShopId shop = kFirstShop;
    bool shop_named = false;  ///< by --shop or $VERSO_SHOP: what is another shop's is refused
    /// When the shop's settings were written that `config` holds.
    std::filesystem::file_time_type written{};
};

/// What the shop's people act on. Requires: the home outlives it.
records::Counter counter_of(OpenHome& home);

/// Where a home's store is: $VERSO_STORE_URL, else verso.toml's store.url, else its verso.db.
/// ValueInvalid when the variable holds a URL of something else.
Result<std::string> place_of_store(const Home& home, const Config& config);

/// Which store a home is opened with.
enum class StoreChoice {
    AsSettled,  ///< place_of_store()
    InHome,     ///< its verso.db, whatever is settled: a specimen must not reach a shop's database
};

/// Opens the home and the shop that the call names and tells the configuration's warnings.
/// HomeInvalid, NotFound for a shop that is not there, and what load_config and open_store say.
Result<OpenHome> open_home(const Call& call, StoreChoice choice = StoreChoice::AsSettled);

/// The settings of another shop of the same home; [reading] and [store] are the home's. NotFound;
/// HomeInvalid when they are not on this machine; what load_config says.
Result<Config> settings_of(OpenHome& home, ShopId shop);

/// Goes over to that shop: its settings are read, the store stays. On an error, one of the above,
/// nothing is changed. In the shop already: its settings are read again if they were written since;
/// what cannot be used then leaves those that were read before.
Result<void> enter_shop(OpenHome& home, ShopId shop);

/// The home as the shop sees it that the call names, without opening its store. HomeInvalid;
/// NotFound for a shop without a folder.
Result<Home> home_of_shop(const Call& call);

/// The same where no home is needed: then it is the place where one would be made.
Result<Home> home_if_any(const Call& call);

/// What printing needs: the fonts and one template, not yet frozen.
struct Press {
    std::shared_ptr<const generator::FontBook> fonts;
    std::shared_ptr<const generator::InsertTemplate> insert;
};
/// `shop`, when given, brings its words, settings, pictures and reply card.
Result<Press> open_press(const Home& home, const std::string& template_name,
                         const Shop* shop = nullptr);

/// The shop of the home that the call names; an invented one where there is no home yet.
Result<Shop> shop_or_specimen(const Call& call);

/// Every layout that a home froze, for the reader. Owns what lookup() points to.
class LayoutBook {
  public:
    static Result<LayoutBook> load(records::Store& store);
    /// Requires: the book outlives the lookup.
    scanner::LayoutLookup lookup() const;
    const std::vector<Layout>& layouts() const { return layouts_; }
    /// The same for a reader that found no code. Requires: the book outlives it.
    std::vector<const Layout*> known() const;

  private:
    std::vector<Layout> layouts_;
};

}  // namespace verso::app
