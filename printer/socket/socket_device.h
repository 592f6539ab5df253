// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "printer/device/device.h"

namespace verso::printer {

/// socket://HOST[:9100][?status=zebra|none]: raw bytes. Labels (ZPL) go to a printer that tells its
/// state (zebra), PDF to one that tells nothing (none), unless the address says which it is.
/// Between
/// documents the connection to a label printer is kept until rest().
std::unique_ptr<Device> make_socket_device(const DeviceUri& uri, const DeviceOptions& options);

}  // namespace verso::printer
