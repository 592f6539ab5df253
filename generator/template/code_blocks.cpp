// SPDX-License-Identifier: Apache-2.0
// Blocks of machine-readable codes.
#include <fmt/format.h>

#include "generator/barcode/four_state.h"
#include "generator/template/block_compiler.h"

namespace verso::generator {

namespace {

MmBox square(const Node& node) {
    return {node.mm("x"), node.mm("y"), node.mm("size"), node.mm("size")};
}

}  // namespace

void BlockCompiler::add_code(CodeOperation code, const Scope& scope, Blocks& out) {
    if (scope.region != nullptr) {
        const MmBox box = code.frame.box(code.box);
        scope.region->codes.push_back({code.kind, micrometres(box)});
    }
    // In a region the scanner measures by the symbol's corners: it is as large as the layout says.
    const bool measured = scope.region != nullptr && code.kind != CodeKind::Code128;
    code.dpi = measured ? 0 : sheet_.plan.resolution;
    out.push_back(std::move(code));
}

void BlockCompiler::compile_qr(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "size", "level", "text"});
    CodeOperation code;
    code.kind = CodeKind::Qr;
    code.frame = scope.frame;
    code.box = square(node);
    code.level = node.choice("level", {"M", "Q"}, 1) == 0 ? QrLevel::M : QrLevel::Q;
    code.sources = sources_of(node.at("text"), scope.in_row);
    add_code(std::move(code), scope, out);
}

void BlockCompiler::compile_data_matrix(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "size", "text"});
    CodeOperation code;
    code.kind = CodeKind::DataMatrix;
    code.frame = scope.frame;
    code.box = square(node);
    code.sources = sources_of(node.at("text"), scope.in_row);
    add_code(std::move(code), scope, out);
}

void BlockCompiler::add_bars(const Node& node, const Scope& scope, bool gs1, Blocks& out) {
    node.allow_in_block({"x", "y", "w", "h", "module", "least_module", "align", "text"});
    CodeOperation code;
    code.kind = CodeKind::Code128;
    code.gs1 = gs1;
    code.frame = scope.frame;
    code.box = node.box();
    code.module = node.mm_or("module", gs1 ? Mm{0.5} : Mm{0.4});
    code.least_module = node.mm_or("least_module", Mm{0.25});
    if (code.least_module <= Mm{0} || code.module < code.least_module) {
        node.fail("the module must be at least least_module, and that above 0");
    }
    code.align = Align(node.choice("align", {"left", "right", "center"}, 0));
    code.sources = sources_of(node.at("text"), scope.in_row);
    add_code(std::move(code), scope, out);
}

void BlockCompiler::compile_code128(const Node& node, const Scope& scope, Blocks& out) {
    add_bars(node, scope, /*gs1=*/false, out);
}

void BlockCompiler::compile_gs1_128(const Node& node, const Scope& scope, Blocks& out) {
    add_bars(node, scope, /*gs1=*/true, out);
}

void BlockCompiler::compile_four_state(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "kind", "text"});
    const auto kind = parse_four_state_kind(node.text("kind"));
    if (!kind) node.at("kind").fail(kind.error().message, kind.error().cure);
    const auto sources = sources_of(node.at("text"), scope.in_row);
    if (!sources.front().is_static()) {
        node.at("text").fail("these bars are the post's and cannot depend on the order");
    }
    const auto bars = encode_four_state(*kind, sources.front().literal());
    if (!bars) node.at("text").fail(bars.error().message, bars.error().cure);
    for (const auto& box : four_state_bars(*kind, *bars, {node.mm("x"), node.mm("y")})) {
        out.push_back(MarkOperation{FillMark{scope.frame.box(box), kBlack}});
    }
}

void BlockCompiler::compile_fim(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "letter"});
    const std::string letter = node.text("letter");
    const auto bars =
        fim_bars(letter.size() == 1 ? letter.front() : '?', {node.mm("x"), node.mm("y")});
    if (!bars) node.at("letter").fail(bars.error().message, bars.error().cure);
    for (const auto& box : *bars) {
        out.push_back(MarkOperation{FillMark{scope.frame.box(box), kBlack}});
    }
}

}  // namespace verso::generator
