// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace verso::generator {

/// The zlib stream of some bytes at a libdeflate level (0 to 12). Same bytes in, same bytes out.
std::string deflate(std::string_view bytes, int level);

}  // namespace verso::generator
