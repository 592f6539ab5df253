// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/domain/ids.h"
#include "core/util/result.h"

namespace verso::service {

/// One setting as it stands in the shop's verso.toml; secrets are never in it.
struct ShopSetting {
    std::string section, key, value;
};

/// One setting that concerns people and may be changed where it is shown.
struct EditableSetting {
    enum class Kind { Number, Flag, Text, States };
    std::string key;  ///< "privacy.images_days"
    Kind kind = Kind::Text;
    std::string value;                 ///< as it is now; states in one line, "placed, paid"
    std::vector<std::string> choices;  ///< the states that there may be
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
    virtual Result<std::vector<EditableSetting>> editable(ShopId shop) = 0;
    /// Sets some of them, all or none, and has the service see them at once; each that changed as
    /// "key: before -> after". NotFound, ValueInvalid, NotAllowed, FileUnwritable.
    virtual Result<std::vector<std::string>> change(
        ShopId shop, const std::vector<std::pair<std::string, std::string>>& values) = 0;
    virtual Result<std::vector<ShopTemplate>> templates(ShopId shop) = 0;
    /// Invented orders on this template as it stands, a PDF; nothing is recorded. NotFound;
    /// TemplateInvalid.
    virtual Result<std::string> preview(ShopId shop, const std::string& name,
                                        const std::string& language) = 0;
};

}  // namespace verso::service
