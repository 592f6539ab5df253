// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/home.h"
#include "core/util/result.h"

namespace verso::app {

/// The files that come with the program: fonts/ and templates/.
class Share {
  public:
    explicit Share(std::filesystem::path root) : root_(std::move(root)) {}

    const std::filesystem::path& root() const { return root_; }
    std::string fonts() const { return (root_ / "fonts").string(); }
    std::string templates() const { return (root_ / "templates").string(); }
    /// Sample orders for the demo.
    std::filesystem::path demo_orders() const { return root_ / "demo" / "orders.csv"; }

  private:
    std::filesystem::path root_;
};

/// Finds it: $VERSO_SHARE, else the folder of the build tree that this program was built in, else
/// ../share/verso beside the program. DependencyMissing, naming the places looked at.
Result<Share> find_share();

/// Where templates are looked for: the home's own first, then those of the program.
std::vector<std::string> template_folders(const Home& home, const Share& share);

}  // namespace verso::app
