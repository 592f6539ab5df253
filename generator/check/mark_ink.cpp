// SPDX-License-Identifier: Apache-2.0
#include "generator/check/mark_ink.h"

#include <algorithm>

#include "generator/layout/text_setting.h"
#include "generator/template/frame.h"

namespace verso::generator {

namespace {

/// Boxes and kind of one mark.
struct Inker {
    const FontBook& fonts;
    InkedMark& out;

    void operator()(const TextMark& m) const {
        const TextStyle style{m.size, m.face, m.ink, m.letter_spacing};
        const Mm width = width_of(fonts, style, m.text), cap = fonts.cap_height(m.face, m.size);
        const Frame frame{m.at, m.turn};
        out.kind = InkedMark::Kind::Text;
        out.boxes = {frame.box({Mm{0}, -cap, width, cap})};
    }
    void operator()(const FillMark& m) const {
        out.kind = InkedMark::Kind::Shape;
        out.boxes = {m.box};
    }
    void operator()(const LineMark& m) const {
        // Strokes end where the line ends; only their sides reach out.
        const bool lies = m.from.y == m.to.y, stands = m.from.x == m.to.x;
        const Mm dx = lies ? Mm{0} : m.width / 2, dy = stands ? Mm{0} : m.width / 2;
        const Mm left = std::min(m.from.x, m.to.x), top = std::min(m.from.y, m.to.y);
        const Mm right = std::max(m.from.x, m.to.x), bottom = std::max(m.from.y, m.to.y);
        out.kind = InkedMark::Kind::Stroke;
        out.boxes = {{left - dx, top - dy, right - left + dx * 2, bottom - top + dy * 2}};
    }
    void operator()(const OutlineMark& m) const {
        const MmBox b = m.box.grown(m.width / 2);
        out.kind = InkedMark::Kind::Stroke;
        out.boxes = {{b.x, b.y, b.w, m.width},
                     {b.x, b.bottom() - m.width, b.w, m.width},
                     {b.x, b.y, m.width, b.h},
                     {b.right() - m.width, b.y, m.width, b.h}};
    }
    void operator()(const ModulesMark& m) const {
        out.kind = InkedMark::Kind::Symbol;
        out.boxes = {m.box};
    }
    void operator()(const PictureMark& m) const {
        out.kind = InkedMark::Kind::Picture;
        out.boxes = {m.box};
    }
};

}  // namespace

InkedPage ink_of(const DrawList& page, const InsertTrace::Page& trace, const SheetPlan& plan,
                 const FontBook& fonts) {
    InkedPage out{page.page, trace.design, {}};
    for (std::size_t i = 0; i < page.marks.size(); ++i) {
        InkedMark inked;
        inked.mark = &page.marks[i];
        inked.block_index = trace.blocks.at(i);
        inked.block = &plan.blocks.at(inked.block_index);
        if (inked.block->role == "specimen") continue;
        std::visit(Inker{fonts, inked}, page.marks[i]);
        out.marks.push_back(std::move(inked));
    }
    return out;
}

}  // namespace verso::generator
