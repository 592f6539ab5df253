// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/geometry/shapes.h"
#include "core/page/picture.h"

namespace verso {

// The output of page layout and the only input of the PDF and ZPL writers: absolute marks on one
// page, in mm from its top left, painted in order. No fonts, files or decisions in here.

/// Gray or colour, 0 to 255 each.
struct Ink {
    std::uint8_t r = 0, g = 0, b = 0;
    friend constexpr bool operator==(Ink, Ink) = default;
};
inline constexpr Ink kBlack{0, 0, 0};
inline constexpr Ink kWhite{255, 255, 255};

enum class FontFace { Regular, Bold };

/// One line of text; `at` is the left end of the baseline, already placed by the layout's own
/// measuring. `turn` turns it clockwise about `at`: 0, 90, 180 or 270 degrees.
struct TextMark {
    MmPoint at;
    Pt size;
    FontFace face = FontFace::Regular;
    Ink ink = kBlack;
    int turn = 0;
    std::string text;  ///< UTF-8, NFC, every character in the face
    Pt letter_spacing{0};
    friend bool operator==(const TextMark&, const TextMark&) = default;
};

/// A filled upright rectangle.
struct FillMark {
    MmBox box;
    Ink ink = kBlack;
    friend bool operator==(const FillMark&, const FillMark&) = default;
};

/// The outline of a rectangle with rounded corners (radius 0: sharp), centred on the box's edge.
struct OutlineMark {
    MmBox box;
    Mm width{0.25};
    Mm radius{0};
    Ink ink = kBlack;
    friend bool operator==(const OutlineMark&, const OutlineMark&) = default;
};

/// A straight line. dash 0: solid; else dashes and gaps of that length.
struct LineMark {
    MmPoint from, to;
    Mm width{0.2};
    Mm dash{0};
    Ink ink = kBlack;
    friend bool operator==(const LineMark&, const LineMark&) = default;
};

/// A matrix of square modules (QR, Data Matrix) or bars of full height (Code 128: one row,
/// stretched to the box). Row-major, '1' is ink. The box is the symbol without quiet zone.
struct ModulesMark {
    MmBox box;
    int columns = 0, rows = 0;
    std::string modules;
    int turn = 0;  ///< clockwise degrees of the symbol inside its box: 0, 90, 180, 270
    friend bool operator==(const ModulesMark&, const ModulesMark&) = default;
};

/// A picture from outside, stretched to the box: layout has chosen the box by the picture's shape.
/// Turned clockwise inside the box; at 90 and 270 the picture's width runs along the box's height.
struct PictureMark {
    MmBox box;
    int turn = 0;
    std::shared_ptr<const Picture> picture;  ///< never null
    friend bool operator==(const PictureMark& a, const PictureMark& b) {
        return a.box == b.box && a.turn == b.turn && a.picture->sha256 == b.picture->sha256;
    }
};

using Mark = std::variant<FillMark, LineMark, OutlineMark, ModulesMark, TextMark, PictureMark>;

/// One page's marks.
struct DrawList {
    PageSize page;
    std::vector<Mark> marks;
    /// What many pages have in common (a template's own words and lines). When set, `marks` begins
    /// with exactly these marks, and pages that have them in common share the pointer: a writer may
    /// then write them once a file. Nobody needs to: `marks` is the whole page.
    std::shared_ptr<const std::vector<Mark>> ground = nullptr;
    friend bool operator==(const DrawList& a, const DrawList& b) {
        return a.page == b.page && a.marks == b.marks;
    }
};

/// One mark a line, for golden tests and for a person: "text 10.00 20.00 9.0pt regular #000000 …".
std::string to_text(const DrawList& list);

}  // namespace verso
