// SPDX-License-Identifier: Apache-2.0
// Rules about the paper: folds, cuts, and parts that go different ways.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "generator/check/sheet_rules.h"

namespace verso::generator {

namespace {

/// The other side of a page's sheet when both sides are printed: 2 for 1, 1 for 2.
int other_side(int page) { return page % 2 == 1 ? page + 1 : page - 1; }

/// A box as it lies on the sheet's other side, the long edge flipping.
MmBox mirrored(const MmBox& box, Mm width) { return {width - box.right(), box.y, box.w, box.h}; }

/// The box that a guide touches, 0.5 mm wide: paper is not folded more exactly.
MmBox strip(const Guide& guide) {
    const MmBox line{std::min(guide.from.x, guide.to.x), std::min(guide.from.y, guide.to.y),
                     std::max(guide.from.x, guide.to.x) - std::min(guide.from.x, guide.to.x),
                     std::max(guide.from.y, guide.to.y) - std::min(guide.from.y, guide.to.y)};
    return line.grown(Mm{0.5});
}

std::string_view word(Guide::Kind kind) { return kind == Guide::Kind::Fold ? "fold" : "cut"; }

std::string_view word(Part::Goes goes) {
    switch (goes) {
        case Part::Goes::Stays:
            return "stays with the buyer";
        case Part::Goes::Post:
            return "goes by post";
        case Part::Goes::Parcel:
            return "goes on the parcel";
        case Part::Goes::Return:
            return "goes back in the parcel";
        case Part::Goes::Waste:
            break;
    }
    return "is thrown away";
}

/// What machines read in the regions of one page.
std::vector<std::pair<std::string, MmBox>> readable(const Layout& layout, int page) {
    std::vector<std::pair<std::string, MmBox>> out;
    for (const auto* regions : {&layout.cards, &layout.returns}) {
        for (const auto& region : *regions) {
            if (region.page != page) continue;
            for (const auto& box : region.fiducials) out.emplace_back("a fiducial", box);
            for (const auto& code : region.codes) out.emplace_back("a code", code.box);
            for (const auto& question : region.questions) {
                for (const auto& option : question.options) {
                    out.emplace_back("a mark box of " + question.id, option.box);
                }
            }
        }
    }
    return out;
}

}  // namespace

void check_guides(const SheetPlan& plan, const Layout& layout, const InkedPage& page,
                  Findings& out) {
    auto things = readable(layout, page.design);
    for (const auto& mark : page.marks) {
        if (mark.kind == InkedMark::Kind::Symbol) things.emplace_back("a code", mark.boxes.front());
        if (mark.kind == InkedMark::Kind::Picture) {
            things.emplace_back("a picture", mark.boxes.front());
        }
    }
    for (const auto& guide : plan.guides) {
        const bool here = guide.page == page.design;
        const bool behind = plan.both_sides && guide.page == other_side(page.design);
        if (!here && !behind) continue;
        const MmBox line = here ? strip(guide) : mirrored(strip(guide), page.size.width);
        for (const auto& [name, box] : things) {
            if (!line.intersects(box)) continue;
            out.push_back(
                {Finding::Severity::Error, plan.blocks.at(guide.block).place,
                 fmt::format("the {} goes through {} at {:.1f}, {:.1f}{}", word(guide.kind), name,
                             box.x.value, box.y.value, behind ? " on the other side" : ""),
                 "move one of them"});
        }
    }
}

void check_parts(const SheetPlan& plan, const Layout& layout, Findings& out) {
    if (!plan.both_sides) return;
    // A cut by hand strays so far.
    constexpr Mm kStray{1};
    for (const auto& one : plan.parts) {
        for (const auto& other : plan.parts) {
            if (one.page % 2 == 0 || other.page != other_side(one.page)) continue;
            if (one.goes == other.goes || one.goes == Part::Goes::Waste ||
                other.goes == Part::Goes::Waste) {
                continue;
            }
            const Mm width = layout.pages.at(std::size_t(one.page - 1)).width;
            const MmBox behind = mirrored(other.box, width);
            if (!one.box.grown(-kStray).intersects(behind)) continue;
            out.push_back({Finding::Severity::Error, plan.blocks.at(one.block).place,
                           fmt::format("the part \"{}\" {} and \"{}\", printed behind it, {}",
                                       one.id, word(one.goes), other.id, word(other.goes)),
                           "what leaves the sheet takes along what is behind it: move one"});
        }
    }
}

}  // namespace verso::generator
