// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/config.h"
#include "app/home.h"
#include "service/desk/shop_works.h"

namespace verso::app {

/// The settings that concern people and may be changed from the command line and the browser, as
/// they are now. Others stand in verso.toml alone.
std::vector<service::EditableSetting> editable_settings(const Config& config);

using SettingValue = std::pair<std::string, std::string>;  ///< "privacy.images_days", "90"

/// What changed: key, before, after.
struct ChangedSetting {
    std::string key, before, after;
};

/// Sets values in the shop's verso.toml, all or none: judged by the code that reads the file,
/// written durably, with comments and everything else as it was. Those that are so already are left
/// out of the answer. NotFound for a key that is none of editable_settings(); ValueInvalid;
/// NotAllowed when the file must be changed by hand; FileUnreadable, FileUnwritable.
Result<std::vector<ChangedSetting>> set_shop_settings(const Home& home,
                                                      const std::vector<SettingValue>& values);

}  // namespace verso::app
