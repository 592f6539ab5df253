// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "core/geometry/units.h"

namespace verso::generator {

/// How much of a table one page takes.
struct TakenRows {
    std::vector<Mm> heights;  ///< of the rows on this page, in order
    bool finished = false;    ///< the last row and the footer are among them
};

/// Takes as many of the `left` rows as fit in `room`. `height_of` gives the height of the n-th of
/// them, from 0, and is asked no more often than needed. When the rest fits but the footer does
/// not, `keep` rows wait for the next page with it: rather a gap than a page with a footer alone.
/// Requires: a row of any height fits together with the footer.
TakenRows take_rows(std::size_t left, Mm room, Mm footer, std::size_t keep,
                    const std::function<Mm(std::size_t)>& height_of);

}  // namespace verso::generator
