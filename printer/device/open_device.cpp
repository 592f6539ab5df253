// SPDX-License-Identifier: Apache-2.0
#include "printer/command/command_device.h"
#include "printer/device/device.h"
#include "printer/folder/folder_device.h"
#include "printer/ipp/ipp_device.h"
#include "printer/socket/socket_device.h"

namespace verso::printer {

Result<std::unique_ptr<Device>> open_device(const DeviceUri& uri, const DeviceOptions& options) {
    switch (uri.kind) {
        case DeviceKind::Folder:
            return make_folder_device(uri, options);
        case DeviceKind::Command:
            return make_command_device(uri, options);
        case DeviceKind::Socket:
            return make_socket_device(uri, options);
        case DeviceKind::Ipp:
        case DeviceKind::Ipps:
        case DeviceKind::Cups:
            break;
    }
    return make_ipp_device(uri, options);
}

}  // namespace verso::printer
