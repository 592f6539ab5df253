// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace verso::generator {

/// A QR Code's modules as bits, up to version 10 (57 modules): bit x of line y.
struct QrBits {
    static constexpr int kMostModules = 57;
    using Lines = std::array<std::uint64_t, kMostModules>;

    int width = 0;
    Lines ink{};    ///< bit 1: dark
    Lines fixed{};  ///< bit 1: finder, timing, format and version: what no mask touches
};

/// The error correction as it stands in the format information (ISO/IEC 18004, 7.9.1).
enum class QrFormatLevel : unsigned { M = 0, L = 1, H = 2, Q = 3 };

/// Masks the data modules with the pattern of least penalty (ISO/IEC 18004, 7.8; of equals the
/// first) and writes the format information. Gives the symbol that libqrencode gives, in a fraction
/// of its time: lines are scored as whole words, not module by module.
void mask_symbol(QrBits& symbol, QrFormatLevel level);

}  // namespace verso::generator
