// SPDX-License-Identifier: Apache-2.0
#include "generator/template/block_compiler.h"

#include <fmt/format.h>

namespace verso::generator {

BlockCompiler::CompileBlock BlockCompiler::find_block(const Node& node) {
    // A new kind of block is one line here and one function.
    static const std::map<std::string, CompileBlock> kBlocks = {
        {"address", &BlockCompiler::compile_address},
        {"code128", &BlockCompiler::compile_code128},
        {"cut", &BlockCompiler::compile_cut},
        {"datamatrix", &BlockCompiler::compile_data_matrix},
        {"fiducial", &BlockCompiler::compile_fiducial},
        {"field", &BlockCompiler::compile_field},
        {"fim", &BlockCompiler::compile_fim},
        {"fold", &BlockCompiler::compile_fold},
        {"four_state", &BlockCompiler::compile_four_state},
        {"group", &BlockCompiler::compile_group},
        {"gs1_128", &BlockCompiler::compile_gs1_128},
        {"image", &BlockCompiler::compile_image},
        {"label_artwork", &BlockCompiler::compile_label_artwork},
        {"line", &BlockCompiler::compile_line},
        {"outline", &BlockCompiler::compile_outline},
        {"paragraph", &BlockCompiler::compile_paragraph},
        {"part", &BlockCompiler::compile_part},
        {"postal_side", &BlockCompiler::compile_postal_side},
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
    Scope page;
    page.area = {size_.width, size_.height};
    compile_blocks(blocks, page, out);
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
    Scope own = scope;
    own.role = node.text_or("role", scope.role);
    const std::uint32_t index = add_block(node, own);
    Blocks inner;
    (this->*block)(node, own, inner);
    tag(inner, 0, index);
    if (node.has("if")) {
        auto condition = Condition::parse(node.text("if"), scope.in_row);
        if (!condition) node.at("if").fail(condition.error().message, condition.error().cure);
        out.push_back(SkipOperation{std::move(condition).value(), inner.size()});
    }
    for (auto& operation : inner) out.push_back(std::move(operation));
}

std::uint32_t BlockCompiler::add_block(const Node& node, const Scope& scope) {
    auto& blocks = sheet_.plan.blocks;
    blocks.push_back({node.file() + " " + node.pointer(), node.text_or("block", ""), scope.role});
    return std::uint32_t(blocks.size() - 1);
}

void BlockCompiler::tag(Blocks& out, std::size_t first, std::uint32_t block) {
    for (std::size_t i = first; i < out.size(); ++i) {
        if (out[i].block == kNoBlock) out[i].block = block;
    }
}

MmBox BlockCompiler::group_box(const Node& node, const Scope& scope) {
    MmBox box = node.box();
    const int corner =
        node.choice("corner", {"top-left", "top-right", "bottom-left", "bottom-right"}, 0);
    if (corner % 2 == 1) box.x = scope.area.x - box.x - box.w;
    if (corner >= 2) box.y = scope.area.y - box.y - box.h;
    return box;
}

int BlockCompiler::turn_of(const Node& node) {
    const int turn = node.has("turn") ? node.at("turn").integer() : 0;
    if (turn % 90 != 0 || turn < 0 || turn >= 360) node.at("turn").fail("use 0, 90, 180 or 270");
    return turn;
}

void BlockCompiler::compile_group(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "w", "h", "turn", "corner", "blocks"});
    const int turn = turn_of(node);
    Scope inner = scope;
    const MmBox box = group_box(node, scope);
    inner.frame = scope.frame.inner(box, turn);
    inner.area = turn % 180 == 0 ? MmPoint{box.w, box.h} : MmPoint{box.h, box.w};
    compile_blocks(node.at("blocks"), inner, out);
}

void BlockCompiler::compile_region(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"id", "kind", "x", "y", "w", "h", "turn", "blocks"});
    if (scope.region != nullptr) node.fail("a region inside a region");
    const int turn = turn_of(node);
    ReadRegion region;
    region.id = node.text("id");
    region.page = page_;
    region.box = scope.frame.box(node.box());
    Scope inner = scope;
    inner.frame = scope.frame.inner(node.box(), turn);
    inner.area =
        turn % 180 == 0 ? MmPoint{node.mm("w"), node.mm("h")} : MmPoint{node.mm("h"), node.mm("w")};
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
