// SPDX-License-Identifier: Apache-2.0
#include "generator/layout/code_place.h"

#include <algorithm>

#include "generator/barcode/whole_dots.h"

namespace verso::generator {

namespace {

/// whole_dots() may give a hundredth of a dot more than it got.
constexpr Mm kHair{0.1};

std::optional<MmBox> bars_box(const CodeOperation& code, const Symbol& symbol) {
    MmBox box = code.box;
    Mm module = std::min(code.module, box.w / symbol.columns);
    if (code.dpi > 0) module = whole_dots(module, code.dpi);
    const Mm width = module * symbol.columns, room = box.w - width;
    if (module < code.least_module || room < -kHair) return std::nullopt;
    if (code.align != Align::Left) box.x += code.align == Align::Right ? room : room / 2;
    box.w = width;
    return box;
}

}  // namespace

std::optional<MmBox> code_box(const CodeOperation& code, const Symbol& symbol) {
    if (code.kind == CodeKind::Code128) return bars_box(code, symbol);
    if (code.dpi == 0) return code.box;
    const Mm size = whole_dots(code.box.w / symbol.columns, code.dpi) * symbol.columns;
    if (size > code.box.w + kHair) return code.box;
    const Mm room = (code.box.w - size) / 2;
    return MmBox{code.box.x + room, code.box.y + room, size, size};
}

}  // namespace verso::generator
