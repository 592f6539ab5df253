// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace verso::generator {

/// Text as the data of a field under ^FH: whatever could end the field or begin a command, and all
/// beyond printable ASCII, as "_" and two hexadecimal digits. Nothing in it reaches the printer as
/// a command.
std::string escaped_field(std::string_view text);

/// Width of a line in the printer's font 0 in shares of its width parameter; nothing when a
/// character is not surely in it, or its width differs from printer to printer. Letters of
/// Latin-1 only.
std::optional<double> font0_width(std::string_view text);

/// Height of a capital of font 0 as a share of its height parameter.
inline constexpr double kFont0CapHeight = 0.75;

}  // namespace verso::generator
