// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "printer/device/device.h"

namespace verso::printer {

/// The device for ipp:, ipps: and cups: (IPP/2.0, RFC 8011); nothing is opened yet. Hands over as
/// docs/printing-ipp.md says.
std::unique_ptr<Device> make_ipp_device(const DeviceUri& uri, const DeviceOptions& options);

}  // namespace verso::printer
