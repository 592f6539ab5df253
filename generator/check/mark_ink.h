// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/page/draw_list.h"
#include "generator/fonts/font_book.h"
#include "generator/template/sheet_plan.h"

namespace verso::generator {

/// Where one mark leaves ink: an outline is its four strokes, a text the box from its baseline to
/// the top of its capitals.
struct InkedMark {
    enum class Kind { Text, Shape, Stroke, Symbol, Picture };
    const Mark* mark = nullptr;
    Kind kind = Kind::Shape;
    std::vector<MmBox> boxes;
    const BlockInfo* block = nullptr;
    std::uint32_t block_index = 0;
};

/// One page of a set insert with its ink. Points into page and plan.
struct InkedPage {
    PageSize size;
    int design = 1;
    std::vector<InkedMark> marks;
};

/// The ink of a page. The word SPECIMEN is left out: it lies below everything on purpose.
InkedPage ink_of(const DrawList& page, const InsertTrace::Page& trace, const SheetPlan& plan,
                 const FontBook& fonts);

}  // namespace verso::generator
