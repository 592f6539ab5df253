// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace verso::test {

/// A QR Code by libqrencode's public interface and with its own choice of mask: modules row by row,
/// '1' is dark. `level` is 'M' or 'Q'; bytes or the alphanumeric mode. The text must fit.
std::string qr_by_library(const std::string& text, bool alphanumeric, char level);

}  // namespace verso::test
