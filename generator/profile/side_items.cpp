// SPDX-License-Identifier: Apache-2.0
#include "generator/profile/side_items.h"

#include <algorithm>

#include "generator/template/frame.h"

namespace verso::generator {

namespace {

using Kind = SideItem::Kind;

int count_characters(std::string_view text) {
    return int(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

SideItem item_of(Kind kind, const MmBox& box, Mm thickness = {}) {
    SideItem item;
    item.kind = kind;
    item.box = box;
    item.thickness = thickness;
    return item;
}

SideItem item_of(const TextMark& mark, const FontBook& fonts) {
    SideItem item;
    item.kind = Kind::Text;
    item.text = mark.text;
    item.cap_height = fonts.cap_height(mark.face, mark.size);
    const int gaps = std::max(0, count_characters(mark.text) - 1);
    const Mm width =
        fonts.measure(mark.face, mark.size, mark.text) + to_mm(mark.letter_spacing) * double(gaps);
    const Mm below = fonts.descender(mark.face, mark.size);
    item.box =
        Frame{mark.at, mark.turn}.box({Mm{0}, -item.cap_height, width, item.cap_height + below});
    return item;
}

SideItem item_of(const FillMark& mark, const FontBook&) { return item_of(Kind::Fill, mark.box); }

SideItem item_of(const OutlineMark& mark, const FontBook&) {
    return item_of(Kind::Outline, mark.box.grown(mark.width / 2), mark.width);
}

SideItem item_of(const LineMark& mark, const FontBook&) {
    const Mm left = std::min(mark.from.x, mark.to.x), top = std::min(mark.from.y, mark.to.y);
    const MmBox line{left, top, std::max(mark.from.x, mark.to.x) - left,
                     std::max(mark.from.y, mark.to.y) - top};
    return item_of(Kind::Line, line.grown(mark.width / 2), mark.width);
}

SideItem item_of(const ModulesMark& mark, const FontBook&) {
    return item_of(Kind::Modules, mark.box);
}

SideItem item_of(const PictureMark& mark, const FontBook&) {
    return item_of(Kind::Picture, mark.box);
}

/// A box of the page in the coordinates of a side that lies in `frame`.
MmBox upright(const MmBox& box, const Frame& frame) {
    const Frame back{{}, (360 - frame.turn) % 360};
    const MmPoint corner{box.x, box.y};
    const MmPoint moved = corner - frame.origin;
    return back.box({moved.x, moved.y, box.w, box.h});
}

}  // namespace

PostalSide side_of_page(const DrawList& page, const InsertTrace::Page& trace,
                        const std::vector<BlockInfo>& blocks, const MmBox& side, int turn,
                        const FontBook& fonts) {
    const bool lies = turn == 90 || turn == 270;
    PostalSide out{lies ? side.h : side.w, lies ? side.w : side.h, {}};
    const Frame frame = Frame{}.inner(side, turn);
    for (std::size_t i = 0; i < page.marks.size(); ++i) {
        const BlockInfo& block = blocks.at(trace.blocks.at(i));
        if (block.kind == "fold" || block.kind == "cut") continue;
        SideItem item =
            std::visit([&](const auto& mark) { return item_of(mark, fonts); }, page.marks.at(i));
        if (!item.box.intersects(side)) continue;
        if (item.kind == Kind::Text && item.text.empty()) continue;
        item.box = upright(item.box, frame);
        item.role = block.role;
        item.pointer = block.place;
        out.items.push_back(std::move(item));
    }
    return out;
}

}  // namespace verso::generator
