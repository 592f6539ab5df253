// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/page/draw_list.h"

namespace verso::generator {

struct PageDesign;

/// What every insert of one language has on a page, whatever its order: set once at load, and
/// stored once in a file of many inserts.
struct PageGround {
    std::shared_ptr<const std::vector<Mark>> marks;  ///< never null
    std::vector<std::uint32_t> blocks;               ///< one for each mark, for traces
};

/// Takes the operations that no order can change out of the design and makes its grounds of them,
/// one for each language. They are painted first, below what the order brings.
void split_ground(PageDesign& design, std::size_t languages);

}  // namespace verso::generator
