// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/page/draw_list.h"
#include "core/util/result.h"
#include "generator/fonts/font_book.h"
#include "generator/pdf/font_use.h"
#include "generator/pdf/pdf_object.h"

namespace verso::generator {

/// A picture ready to be copied into a document.
struct SetPicture {
    std::string resource;  ///< the operators' name for it, by its content
    std::shared_ptr<const PdfObjects> objects;
};

/// Marks painted and compressed.
struct SetMarks {
    std::string contents;  ///< operators, zlib-deflated
    FontUse fonts{};       ///< what must be embedded for it
    std::vector<SetPicture> pictures;
};

/// What pages of one size have in common, painted: a content stream that leaves the graphics state
/// as it was. `marks` and size tell two of them apart.
struct SetGround {
    PageSize size;
    std::shared_ptr<const std::vector<Mark>> marks;
    SetMarks painted;
};

/// One page painted and compressed, ready to be appended to any document of the same fonts: most of
/// a page's work, done apart from the document so that threads can share it. A value; it depends on
/// the draw list and the level alone.
struct SetPage {
    PageSize size;
    SetMarks own;                             ///< painted after the ground
    std::shared_ptr<const SetGround> ground;  ///< null: none
};

/// Paints a page. Safe from any thread, with the same fonts. `deflate_level`: libdeflate's, 0 to
/// 12. Errors: TextUnprintable when a character is in no face; ValueInvalid when a side is shorter
/// than 2 mm or longer than 5 m; those of picture_objects.
Result<SetPage> set_page(const FontBook& fonts, const DrawList& page, int deflate_level);

}  // namespace verso::generator
