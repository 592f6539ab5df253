// SPDX-License-Identifier: Apache-2.0
#include "generator/template/block_compiler.h"

#include <fmt/format.h>

namespace verso::generator {

BlockCompiler::CompileBlock BlockCompiler::find_block(const Node& node) {
    // A new kind of block is one line here and one function.
    static const std::map<std::string, CompileBlock> kBlocks = {
        {"address", &BlockCompiler::compile_address},
        {"code128", &BlockCompiler::compile_code128},
        {"datamatrix", &BlockCompiler::compile_data_matrix},
        {"fiducial", &BlockCompiler::compile_fiducial},
        {"field", &BlockCompiler::compile_field},
        {"group", &BlockCompiler::compile_group},
        {"line", &BlockCompiler::compile_line},
        {"outline", &BlockCompiler::compile_outline},
        {"paragraph", &BlockCompiler::compile_paragraph},
        {"qr", &BlockCompiler::compile_qr},
        {"question", &BlockCompiler::compile_question},
        {"rect", &BlockCompiler::compile_rect},
        {"region", &BlockCompiler::compile_region},
        {"table", &BlockCompiler::compile_table},
        {"text", &BlockCompiler::compile_text},
    };
    const std::string name = node.text("block");
    const auto found = kBlocks.find(name);
    if (found != kBlocks.end()) return found->second;
    std::vector<std::string> known;
    for (const auto& [word, function] : kBlocks) known.push_back(word);
    const std::string nearest = nearest_word(name, known);
    node.at("block").fail(fmt::format("there is no block \"{}\"", name),
                          nearest.empty() ? fmt::format("blocks are {}", fmt::join(known, ", "))
                                          : fmt::format("did you mean \"{}\"?", nearest));
}

std::vector<Operation> BlockCompiler::compile(const Node& blocks) {
    Blocks out;
    compile_blocks(blocks, {}, out);
    return out;
}

void BlockCompiler::compile_blocks(const Node& blocks, const Scope& scope, Blocks& out) {
    constexpr int kDeepest = 12;
    if (scope.depth > kDeepest) blocks.fail("groups are nested too deeply");
    Scope inner = scope;
    ++inner.depth;
    for (const auto& block : blocks.items()) compile_block(block, inner, out);
}

void BlockCompiler::compile_block(const Node& node, const Scope& scope, Blocks& out) {
    const CompileBlock block = find_block(node);
    if (!node.has("if")) return (this->*block)(node, scope, out);
    auto condition = Condition::parse(node.text("if"), scope.in_row);
    if (!condition) node.at("if").fail(condition.error().message, condition.error().cure);
    Blocks inner;
    (this->*block)(node, scope, inner);
    out.push_back(SkipOperation{std::move(condition).value(), inner.size()});
    for (auto& operation : inner) out.push_back(std::move(operation));
}

void BlockCompiler::compile_group(const Node& node, const Scope& scope, Blocks& out) {
    node.allow({"block", "if", "x", "y", "w", "h", "turn", "blocks"});
    const int turn = node.has("turn") ? node.at("turn").integer() : 0;
    if (turn % 90 != 0 || turn < 0 || turn >= 360) node.at("turn").fail("use 0, 90, 180 or 270");
    Scope inner = scope;
    inner.frame = scope.frame.inner(node.box(), turn);
    compile_blocks(node.at("blocks"), inner, out);
}

void BlockCompiler::compile_region(const Node& node, const Scope& scope, Blocks& out) {
    node.allow({"block", "if", "id", "kind", "x", "y", "w", "h", "turn", "blocks"});
    if (scope.region != nullptr) node.fail("a region inside a region");
    const int turn = node.has("turn") ? node.at("turn").integer() : 0;
    if (turn % 90 != 0 || turn < 0 || turn >= 360) node.at("turn").fail("use 0, 90, 180 or 270");
    ReadRegion region;
    region.id = node.text("id");
    region.page = page_;
    region.box = scope.frame.box(node.box());
    Scope inner = scope;
    inner.frame = scope.frame.inner(node.box(), turn);
    inner.region = &region;
    region.rotation = inner.frame.turn;
    compile_blocks(node.at("blocks"), inner, out);
    const bool is_card = node.choice("kind", {"card", "return"}, 0) == 0;
    (is_card ? sheet_.layout.cards : sheet_.layout.returns).push_back(std::move(region));
}

const ReadRegion& BlockCompiler::region_of(const Node& node, const Scope& scope) const {
    if (scope.region == nullptr) {
        node.fail("this block is read by the scanner and must stand in a region",
                  "put it into the blocks of a region");
    }
    return *scope.region;
}

}  // namespace verso::generator
