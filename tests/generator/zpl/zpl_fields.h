// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/zpl/dot_bitmap.h"

namespace verso::generator {

/// One command of a ZPL stream: "FO" and "10,20". Splits as a printer does: at ^ and ~.
struct ZplCommand {
    char prefix = '^';
    std::string name, rest;
};
std::vector<ZplCommand> zpl_commands(std::string_view zpl);

/// The commands of one name, in order.
std::vector<ZplCommand> commands_named(std::string_view zpl, std::string_view name);

/// Undoes the compression of the data of a ^GF, by the rules of the ZPL II Programming Guide.
DotBitmap unpacked_graphic(std::string_view field);

/// A bitmap as rows of '#' and '.', for comparing and for a person.
std::string picture_of(const DotBitmap& bitmap);

}  // namespace verso::generator
