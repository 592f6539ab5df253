// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/page/draw_list.h"
#include "generator/fonts/font_book.h"

namespace verso::app {

/// What a separator says of the sheets behind it.
struct SeparatorFacts {
    std::string wave, shop;
    std::string language;     ///< of its few words; English when there are none in it
    int file = 1, files = 1;  ///< "2 / 5"
    int first = 1, last = 1;  ///< places in the wave
    std::string first_order, last_order;
    std::string first_bin, last_bin;  ///< empty: unknown
    std::string group;                ///< of the warehouse; empty: unknown
    int inserts = 0;
};

/// The page that stands in front of some sheets of a wave: a black edge that shows in the pile,
/// and the places, orders and bins behind it, so large that they are read from two metres.
/// Characters that no font covers are shown as "?".
DrawList separator_page(const SeparatorFacts& facts, PageSize page,
                        const generator::FontBook& fonts);

}  // namespace verso::app
