// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "printer/device/device.h"

namespace verso::printer {

/// file:DIR: a folder that somebody empties. A document appears in it whole, under its own name,
/// once: it is written and flushed under a hidden name first and then renamed. Whoever crashed in
/// between goes on from what is there: the hidden file is renamed; without it the document was
/// handed over. Nothing that is there is ever written over. The folder is not made: a disk that is
/// not mounted must not fill the place where it belongs.
std::unique_ptr<Device> make_folder_device(const DeviceUri& uri, const DeviceOptions& options);

}  // namespace verso::printer
