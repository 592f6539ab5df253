// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace verso::app {

/// A label in ZPL II as a carrier gives it, looked at without a printer.
struct ZplLabel {
    int formats = 0;                 ///< labels that it prints: pairs of ^XA and ^XZ
    std::vector<std::string> codes;  ///< content of each bar code and 2D code, in order
};

/// Reads the fields (^FD, ^FV) of bar codes (^B…), hexadecimal escapes (^FH) and changed prefixes
/// (^CC, ~CC, ^CT, ~CT) followed, Code 128's ">" invocations and FNC1 taken out. Any bytes will do;
/// what is no ZPL has no formats.
ZplLabel read_zpl(std::string_view text);

}  // namespace verso::app
