// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "generator/fonts/character_group.h"

namespace verso::generator {

/// The character groups that a text in each face needs, by FontFace.
using FontUse = std::array<GroupMask, 2>;

}  // namespace verso::generator
