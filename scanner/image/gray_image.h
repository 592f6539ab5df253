// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace verso::scanner {

/// Eight-bit gray pixels, 0 black to 255 white, rows without padding. `dpi` is what the file says
/// about itself, 0 when it says nothing; never trusted, only a first guess.
struct GrayImage {
    int width = 0, height = 0;
    double dpi = 0;
    std::vector<std::uint8_t> pixels;

    bool empty() const { return pixels.empty(); }
    const std::uint8_t* row(int y) const {
        return pixels.data() + std::size_t(y) * std::size_t(width);
    }
    std::uint8_t* row(int y) { return pixels.data() + std::size_t(y) * std::size_t(width); }
};

}  // namespace verso::scanner
