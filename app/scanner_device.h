// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "core/util/result.h"

namespace verso::app {

/// What a scanner is asked for.
struct DeviceWish {
    std::string device;  ///< as `scanimage -L` names it; empty: the first one
    std::string source;  ///< "ADF Duplex" …, as the device names it; empty: as it is set
    int dpi = 300;
};

/// Scans every page in the feeder, or the one on the glass, by SANE's `scanimage` into
/// FOLDER/page-0001.tif … . Gives how many. DependencyMissing without scanimage; NotFound when
/// there is no such scanner, or nothing in it; NotAllowed when it is busy or was stopped. What the
/// scanner complains about is in the message.
Result<int> scan_from_device(const DeviceWish& wish, const std::filesystem::path& folder);

}  // namespace verso::app
