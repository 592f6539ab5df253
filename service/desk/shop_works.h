// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/domain/ids.h"
#include "core/util/result.h"

namespace verso::service {

/// One setting as it stands in the shop's verso.toml; secrets are never in it.
struct ShopSetting {
    std::string section, key, value;
};

/// One template as the shop would print it now.
struct ShopTemplate {
    std::string name;
    std::vector<std::string> questions;  ///< of its card, by id
    std::string missing;  ///< why its card says SPECIMEN; empty when it does not, or has no card
    std::string fault;    ///< why it cannot be printed; empty when it can
};

/// A shop's settings and templates. Calls may take a second. Thread-safe.
class ShopWorks {
  public:
    virtual ~ShopWorks() = default;
    /// Where the settings are written, for people.
    virtual Result<std::string> settings_file(ShopId shop) = 0;
    virtual Result<std::vector<ShopSetting>> settings(ShopId shop) = 0;
    virtual Result<std::vector<ShopTemplate>> templates(ShopId shop) = 0;
    /// Invented orders on this template as it stands, a PDF; nothing is recorded. NotFound;
    /// TemplateInvalid.
    virtual Result<std::string> preview(ShopId shop, const std::string& name,
                                        const std::string& language) = 0;
};

}  // namespace verso::service
