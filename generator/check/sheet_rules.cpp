// SPDX-License-Identifier: Apache-2.0
#include "generator/check/sheet_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace verso::generator {

namespace {

using Severity = Finding::Severity;
using Kind = InkedMark::Kind;

void add(Findings& out, const InkedMark& mark, std::string message, std::string cure,
         Severity severity = Severity::Error) {
    out.push_back({severity, mark.block->place, std::move(message), std::move(cure)});
}

std::string name_of(const InkedMark& mark) {
    if (const auto* text = std::get_if<TextMark>(mark.mark)) {
        return fmt::format("\"{}\"", text->text);
    }
    return fmt::format("the {}", mark.block->kind);
}

/// How far two boxes reach into one another, the smaller way; not above 0 when they do not touch.
Mm overlap(const MmBox& a, const MmBox& b) {
    return std::min(std::min(a.right(), b.right()) - std::max(a.x, b.x),
                    std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y));
}

/// Between two boxes, the larger of the two ways; negative when they overlap.
Mm distance(const MmBox& a, const MmBox& b) {
    return std::max(std::max(a.x, b.x) - std::min(a.right(), b.right()),
                    std::max(a.y, b.y) - std::min(a.bottom(), b.bottom()));
}

Mm distance(const InkedMark& mark, const MmBox& box) {
    Mm least{1e9};
    for (const auto& ink : mark.boxes) least = std::min(least, distance(ink, box));
    return least;
}

}  // namespace

void check_inside(const InkedPage& page, Findings& out) {
    constexpr Mm kHair{0.01};
    for (const auto& mark : page.marks) {
        for (const auto& box : mark.boxes) {
            const Mm beyond =
                std::max(std::max(-box.x, -box.y),
                         std::max(box.right() - page.size.width, box.bottom() - page.size.height));
            if (beyond <= kHair) continue;
            add(out, mark,
                fmt::format("{} reaches {:.1f} mm beyond the sheet", name_of(mark), beyond.value),
                "move it, or make it smaller");
            break;
        }
    }
}

void check_overlaps(const InkedPage& page, Findings& out) {
    // Capitals over capitals by more than this cannot be read well.
    constexpr Mm kTouch{0.3};
    for (std::size_t i = 0; i < page.marks.size(); ++i) {
        const InkedMark& one = page.marks[i];
        if (one.kind != Kind::Text) continue;
        for (std::size_t k = 0; k < page.marks.size(); ++k) {
            const InkedMark& other = page.marks[k];
            const bool counts = (other.kind == Kind::Text && k > i) || other.kind == Kind::Picture;
            if (!counts || overlap(one.boxes.front(), other.boxes.front()) <= kTouch) continue;
            add(out, one,
                fmt::format("{} stands over {} ({})", name_of(one), name_of(other),
                            other.block->place),
                "move one of them, or give it a condition");
        }
    }
}

namespace {

struct QuietZone {
    Mm beside, above;
};

QuietZone quiet_zone(const ModulesMark& symbol) {
    const bool lies = symbol.turn % 180 != 0;
    const Mm along = lies ? symbol.box.h : symbol.box.w;
    const Mm module = along / symbol.columns;
    if (symbol.rows == 1)
        return lies ? QuietZone{Mm{0}, module * 10} : QuietZone{module * 10, Mm{0}};
    // A QR Code begins with the solid edge of its finder; a Data Matrix' upper edge alternates.
    const bool is_qr = symbol.columns >= 21 && symbol.modules.substr(0, 7) == "1111111";
    const Mm quiet = module * (is_qr ? 4 : 1);
    return {quiet, quiet};
}

void check_module_size(const InkedMark& mark, const ModulesMark& symbol, int dpi, Findings& out) {
    const bool bars = symbol.rows == 1;
    const bool lies = symbol.turn % 180 != 0;
    const Mm module = (lies ? symbol.box.h : symbol.box.w) / symbol.columns;
    const Mm dot{kMmPerInch / dpi};
    // Narrower bars than 0.19 mm (7.5 mil) and squares than 0.25 mm are beyond phones and feeders.
    const Mm least = std::max(dot * (bars ? 2 : 3), bars ? Mm{0.19} : Mm{0.25});
    if (module >= least - Mm{1e-3}) return;
    add(out, mark,
        fmt::format("a module of {:.2f} mm is too small for {} dpi: at least {:.2f} mm",
                    module.value, dpi, least.value),
        "give the code more room, or less to say");
}

}  // namespace

void check_codes(const InkedPage& page, int dpi, Findings& out) {
    constexpr Mm kHair{0.02};
    for (const auto& mark : page.marks) {
        const auto* symbol = std::get_if<ModulesMark>(mark.mark);
        if (symbol == nullptr) continue;
        check_module_size(mark, *symbol, dpi, out);
        const QuietZone quiet = quiet_zone(*symbol);
        const MmBox& box = symbol->box;
        const MmBox zone{box.x - quiet.beside, box.y - quiet.above, box.w + quiet.beside * 2,
                         box.h + quiet.above * 2};
        for (const auto& other : page.marks) {
            if (&other == &mark) continue;
            for (const auto& ink : other.boxes) {
                const Mm into = overlap(ink, zone);
                if (into <= kHair) continue;
                add(out, mark,
                    fmt::format("{} ({}) reaches {:.1f} mm into the white that the code needs",
                                name_of(other), other.block->place, into.value),
                    fmt::format("keep {:.1f} mm free beside it and {:.1f} mm above and below",
                                quiet.beside.value, quiet.above.value));
                break;
            }
        }
        if (zone.x < -kHair || zone.right() > page.size.width + kHair) {
            add(out, mark, "the white that the code needs does not fit the sheet",
                "move it inwards");
        }
    }
}

void check_mark_boxes(const InkedPage& page, const Layout& layout, Findings& out) {
    // docs/formats/template.md: 1.5 mm free of text, 2 mm of rules; less for a hair of rounding.
    constexpr Mm kText{1.4}, kRule{1.9}, kBoxes{1.4};
    std::vector<MmBox> boxes;
    for (const auto* regions : {&layout.cards, &layout.returns}) {
        for (const auto& region : *regions) {
            if (region.page != page.design) continue;
            for (const auto& question : region.questions) {
                for (const auto& option : question.options) boxes.push_back(option.box);
            }
        }
    }
    for (const auto& mark : page.marks) {
        const bool is_box = mark.block->kind == "question";
        const Mm least = is_box ? kBoxes : mark.kind == Kind::Text ? kText : kRule;
        for (const auto& box : boxes) {
            // The outline of the box itself.
            const auto* outline = std::get_if<OutlineMark>(mark.mark);
            if (is_box && outline != nullptr && distance(outline->box, box) < -Mm{1}) continue;
            const Mm gap = distance(mark, box);
            if (gap >= least) continue;
            add(out, mark,
                fmt::format("{} is {:.1f} mm from a mark box at {:.1f}, {:.1f}", name_of(mark),
                            std::max(gap, Mm{0}).value, box.x.value, box.y.value),
                fmt::format("keep {:.1f} mm: a pen does not stay inside its box",
                            least.value + 0.1));
            break;
        }
    }
}

}  // namespace verso::generator
