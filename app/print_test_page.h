// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/page/draw_list.h"
#include "generator/fonts/font_book.h"

namespace verso::app {

/// A page that shows whether a printer prints whole pages in their place: a frame 5 mm from the
/// edges, a ruler along two of them, and lines of text. Characters that no font covers are "?".
DrawList test_page(PageSize page, const std::vector<std::string>& lines,
                   const generator::FontBook& fonts);

}  // namespace verso::app
