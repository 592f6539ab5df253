// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/util/result.h"

namespace verso::printer {

/// How a device is reached.
enum class DeviceKind {
    Ipp,      ///< ipp://HOST[:631]/ipp/print
    Ipps,     ///< ipps://HOST[:631]/ipp/print, with a certificate that was shown and accepted
    Cups,     ///< cups:QUEUE[?server=HOST[:PORT]], a queue of a CUPS server
    Socket,   ///< socket://HOST[:9100][?status=zebra|none]
    Folder,   ///< file:DIR
    Command,  ///< command:PROGRAM[ ARGUMENT…], the document on its standard input
};
/// The scheme's name: "ipp", "ipps", "cups", "socket", "file", "command".
std::string_view to_string(DeviceKind kind);

/// Where a printer is, as a person wrote it, taken apart.
struct DeviceUri {
    DeviceKind kind = DeviceKind::Folder;
    std::string text;      ///< as given
    std::string host;      ///< of Ipp, Ipps, Socket; brackets of IPv6 taken off
    int port = 0;          ///< 631 and 9100 when none was given
    std::string resource;  ///< of Ipp, Ipps: "/ipp/print" when none was given
    std::string target;    ///< queue, folder (absolute) or command line
    std::map<std::string, std::string> options;  ///< of the query
};

/// ValueInvalid with the schemes that there are, for an unknown one; for a host, port, queue,
/// folder or option that cannot be meant. Nothing is looked up or opened. (RFC 3986, RFC 3510.)
Result<DeviceUri> parse_device_uri(std::string_view text);

}  // namespace verso::printer
