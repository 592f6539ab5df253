// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "core/util/result.h"

namespace verso::app {

/// The data folder of an installation and what lies where in it. It is known as a home by its
/// verso.toml, which is written last when it is made. A value; nothing is opened.
class Home {
  public:
    explicit Home(std::filesystem::path root) : root_(std::move(root)) {}

    const std::filesystem::path& root() const { return root_; }
    std::filesystem::path config() const { return root_ / "verso.toml"; }
    std::filesystem::path database() const { return root_ / "verso.db"; }
    /// Scanned files, kept by the SHA-256 of their bytes.
    std::filesystem::path images() const { return root_ / "images"; }
    /// What is under way: a print that is not in its place yet.
    std::filesystem::path spool() const { return root_ / "spool"; }
    /// The merchant's own templates; they win over those of the program.
    std::filesystem::path templates() const { return root_ / "templates"; }

    bool exists() const;

  private:
    std::filesystem::path root_;
};

/// Where the home is: what --home said, else $VERSO_HOME, else ./verso-home.
Home find_home(const std::string& option);

/// The same, and it must be there: HomeInvalid with the command that makes it.
Result<Home> existing_home(const std::string& option);

/// Makes the folders of a home, readable by its owner alone, and then its verso.toml with this
/// text. AlreadyExists when the folder holds other things; FileUnwritable. Requires: not there yet.
Result<void> make_home(const Home& home, const std::string& config_text);

}  // namespace verso::app
