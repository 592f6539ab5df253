// SPDX-License-Identifier: Apache-2.0
#include "core/page/draw_list.h"

#include <fmt/format.h>

namespace verso {

namespace {

std::string text_of(Ink ink) { return fmt::format("#{:02x}{:02x}{:02x}", ink.r, ink.g, ink.b); }

std::string text_of(const MmBox& box) {
    return fmt::format("{:.3f} {:.3f} {:.3f} {:.3f}", box.x.value, box.y.value, box.w.value,
                       box.h.value);
}

struct MarkText {
    std::string operator()(const FillMark& m) const {
        return fmt::format("fill {} {}", text_of(m.box), text_of(m.ink));
    }
    std::string operator()(const LineMark& m) const {
        return fmt::format("line {:.3f} {:.3f} {:.3f} {:.3f} width {:.3f} dash {:.3f} {}",
                           m.from.x.value, m.from.y.value, m.to.x.value, m.to.y.value,
                           m.width.value, m.dash.value, text_of(m.ink));
    }
    std::string operator()(const OutlineMark& m) const {
        return fmt::format("outline {} width {:.3f} radius {:.3f} {}", text_of(m.box),
                           m.width.value, m.radius.value, text_of(m.ink));
    }
    std::string operator()(const ModulesMark& m) const {
        return fmt::format("modules {} {}x{} turn {} {}", text_of(m.box), m.columns, m.rows, m.turn,
                           m.modules);
    }
    std::string operator()(const TextMark& m) const {
        return fmt::format("text {:.3f} {:.3f} {:.2f}pt {} {} turn {} {}", m.at.x.value,
                           m.at.y.value, m.size.value,
                           m.face == FontFace::Bold ? "bold" : "regular", text_of(m.ink), m.turn,
                           m.text);
    }
    std::string operator()(const PictureMark& m) const {
        return fmt::format("picture {} turn {} {}", text_of(m.box), m.turn, m.picture->sha256);
    }
};

}  // namespace

std::string to_text(const DrawList& list) {
    std::string out =
        fmt::format("page {:.3f} {:.3f}\n", list.page.width.value, list.page.height.value);
    for (const auto& mark : list.marks) {
        out += std::visit(MarkText{}, mark);
        out += '\n';
    }
    return out;
}

}  // namespace verso
