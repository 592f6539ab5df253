// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/card/card_layout.h"
#include "core/page/draw_list.h"
#include "core/util/result.h"

namespace verso::app {

// What the pages of a print must show, worked out from the layout and the draw lists before the
// file is looked at: print_verify.h compares.

/// A symbol that a finished page must show. The box is the symbol without its quiet zone.
struct ExpectedCode {
    int page = 1;  ///< of the PDF, from 1
    CodeKind kind = CodeKind::Qr;
    MmBox box;
    std::string text;
    ModulesMark drawn;  ///< as the page has it, to grade by
};

/// A solid square or a mark box that must stand where the layout says: `box` is its outer edge.
struct ExpectedBox {
    std::string name;  ///< "fiducial 2 of card", "box 4 of overall"
    MmBox box;
};

/// One page of the PDF and what it must show.
struct ExpectedPage {
    int page = 1;        ///< of the PDF, from 1
    std::string insert;  ///< for people: "order #1042 parcel 1"
    PageSize size;
    std::vector<ExpectedCode> codes;
    std::vector<ExpectedBox> boxes;
};

/// What an insert's codes must say, known from elsewhere than its pages. Empty: whatever is drawn.
struct InsertTexts {
    std::string link;  ///< of the card's QR: format_link
    std::string mark;  ///< of the card's second code: format_side_mark
};

/// What the pages of one insert must show on paper. Places of what is read come from the layout,
/// all others and the texts not given from the draw lists; a card whose fiducials, codes or mark
/// boxes are not drawn where the layout has them is told as ValueInvalid, before anything is
/// rendered. `first_page` is where the insert begins in the PDF. Thread-safe.
Result<std::vector<ExpectedPage>> expected_pages(const Layout& layout,
                                                 std::span<const DrawList> pages, int first_page,
                                                 const std::string& insert,
                                                 const InsertTexts& texts);

/// The symbols of one page as drawn, each with the text that it encodes. Only for matrices that are
/// QR, Data Matrix or Code 128; four-state codes are no matrices.
std::vector<ExpectedCode> codes_drawn(const DrawList& list, int page);

}  // namespace verso::app
