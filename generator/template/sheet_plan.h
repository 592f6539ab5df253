// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/geometry/shapes.h"

namespace verso::generator {

struct PostalProfile;

// What a template says of its paper besides the marks: where it is folded and cut, which part goes
// where, and which block a mark came from. Checks read it; printing does not.

/// A line at which the paper is folded or cut.
struct Guide {
    enum class Kind { Fold, Cut };
    Kind kind = Kind::Fold;
    int page = 1;  ///< page design, from 1
    MmPoint from, to;
    std::uint32_t block = 0;
};

/// An area of one page and where it ends up once the sheet is taken apart.
struct Part {
    enum class Goes {
        Stays,   ///< with the buyer: slip, stub
        Post,    ///< in a letter box: the reply card
        Parcel,  ///< on the outside of the parcel that comes back: the return label
        Return,  ///< inside that parcel: the return sheet
        Waste,   ///< nobody needs it: what lies behind something torn off
    };
    std::string id;
    Goes goes = Goes::Stays;
    int page = 1;
    MmBox box;
    std::uint32_t block = 0;
};

/// One block of the template or of a profile.
struct BlockInfo {
    std::string place;  ///< file and JSON pointer
    std::string kind;   ///< "text"
    std::string role;   ///< own or inherited from the groups around it; mostly empty
};

/// The address side of a reply card.
struct AddressSide {
    int page = 1;
    MmBox box;
    int turn = 0;  ///< clockwise, how its upright is turned on the page
    std::uint32_t block = 0;
};

/// The post that carries the card.
struct ReplyCard {
    std::shared_ptr<const PostalProfile> profile;  ///< null: none
    /// No post has agreed to carry it: data, artwork or approval are missing.
    bool specimen = true;
    std::vector<std::string> missing;  ///< of those, in words for the shop
};

/// A template's paper.
struct SheetPlan {
    bool both_sides = false;
    int resolution = 600;  ///< of the printer that it is made for, dpi
    std::vector<Guide> guides;
    std::vector<Part> parts;
    ReplyCard reply;
    std::vector<AddressSide> sides;
    std::vector<std::string> borrowed;  ///< languages that lack strings, in a sentence each
    std::vector<BlockInfo> blocks;      ///< by the index that traces and guides name
};

/// Which block each mark came from, and which page design each page.
struct InsertTrace {
    struct Page {
        int design = 0;                     ///< from 1; 0: a blank page, added to fill a sheet
        std::vector<std::uint32_t> blocks;  ///< one for each mark, an index of SheetPlan::blocks
    };
    std::vector<Page> pages;
};

}  // namespace verso::generator
