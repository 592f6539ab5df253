// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/util/result.h"

namespace verso::app {

/// The data folder of an installation and what lies where in it, seen by one of its shops. It is
/// known as a home by its verso.toml, which is written last when it is made. The first shop's
/// settings stand in the home itself, those of each other one in shops/NAME. A value; nothing is
/// opened.
class Home {
  public:
    /// `shop`: a name as fold_shop_name() gives it; empty: the first shop.
    explicit Home(std::filesystem::path root, std::string shop = "")
        : root_(std::move(root)), shop_(std::move(shop)) {}

    const std::filesystem::path& root() const { return root_; }
    /// Empty for the first shop.
    const std::string& shop() const { return shop_; }
    /// The same home, seen by another shop.
    Home seen_by(const std::string& shop) const { return Home(root_, shop); }

    /// What is the shop's own; the home itself for the first one.
    std::filesystem::path folder() const { return shop_.empty() ? root_ : root_ / "shops" / shop_; }
    /// The shop's settings.
    std::filesystem::path config() const { return folder() / "verso.toml"; }
    /// The merchant's own templates; they win over those of the program.
    std::filesystem::path templates() const { return folder() / "templates"; }
    /// What is noted about the shop's own waves.
    std::filesystem::path notes() const { return folder() / "spool"; }
    std::filesystem::path mappings() const { return folder() / "mappings"; }

    // Of the whole home, whichever shop looks.
    /// The first shop's settings, and those of the machine.
    std::filesystem::path main_config() const { return root_ / "verso.toml"; }
    std::filesystem::path database() const { return root_ / "verso.db"; }
    /// Scanned files, kept by the SHA-256 of their bytes: a pile may hold cards of several shops.
    std::filesystem::path images() const { return root_ / "images"; }
    /// What is under way: a print that is not in its place yet. One at a time in a home.
    std::filesystem::path spool() const { return root_ / "spool"; }

    bool exists() const;
    /// Whether the shop has its settings here.
    bool has_shop() const;
    /// The folders that templates come from, the shop's own first.
    std::vector<std::string> template_folders() const;

  private:
    std::filesystem::path root_;
    std::string shop_;
};

/// Where the home is: what --home said, else $VERSO_HOME, else ./verso-home.
Home find_home(const std::string& option);

/// The same, and it must be there: HomeInvalid with the command that makes it.
Result<Home> existing_home(const std::string& option);

/// Makes the folders of a home, readable by its owner alone, and then its verso.toml with this
/// text. AlreadyExists when the folder holds other things; FileUnwritable. Requires: not there yet.
Result<void> make_home(const Home& home, const std::string& config_text);

/// Makes the folders of a further shop and then its verso.toml. FileUnwritable. Requires: the home
/// is there, the shop's settings are not.
Result<void> make_shop_folder(const Home& home, const std::string& config_text);

}  // namespace verso::app
