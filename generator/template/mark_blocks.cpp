// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "generator/template/block_compiler.h"

namespace verso::generator {

namespace {

MmBox moved(const MmBox& box, MmPoint by, int times) {
    return micrometres(MmBox{box.x + by.x * times, box.y + by.y * times, box.w, box.h});
}

/// "line-{row}" for the third row: "line-3".
std::string numbered(std::string id, int row) {
    const auto at = id.find("{row}");
    if (at != std::string::npos) id.replace(at, 5, std::to_string(row));
    return id;
}

void check_id(const Node& node, bool in_row) {
    const std::string id = node.text();
    if (id.empty()) node.fail("an id cannot be empty");
    const bool numbers = id.find("{row}") != std::string::npos;
    if (in_row && !numbers) node.fail("an id in a row needs {row}", "write line-{row}");
    if (!in_row && numbers) node.fail("{row} means nothing outside a row");
}

}  // namespace

void BlockCompiler::compile_rect(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "w", "h", "ink"});
    out.push_back(
        MarkOperation{FillMark{scope.frame.box(node.box()), ink_of(node, "ink", kBlack)}});
}

void BlockCompiler::compile_line(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "x2", "y2", "width", "dash", "ink"});
    const MmPoint from{node.mm("x"), node.mm("y")};
    const MmPoint to{node.mm_or("x2", from.x), node.mm_or("y2", from.y)};
    out.push_back(MarkOperation{LineMark{scope.frame.point(from), scope.frame.point(to),
                                         node.mm_or("width", Mm{0.2}), node.mm_or("dash", Mm{0}),
                                         ink_of(node, "ink", kBlack)}});
}

void BlockCompiler::add_guide(const Node& node, const Scope& scope, Guide::Kind kind, Mm dash,
                              Blocks& out) {
    node.allow_in_block({"x", "y", "x2", "y2", "width", "dash", "ink"});
    if (scope.in_row) node.fail("paper is not folded or cut at a table's row");
    const MmPoint from{node.mm("x"), node.mm("y")};
    const MmPoint to{node.mm_or("x2", from.x), node.mm_or("y2", from.y)};
    const LineMark line{scope.frame.point(from), scope.frame.point(to),
                        node.mm_or("width", Mm{0.2}), node.mm_or("dash", dash),
                        ink_of(node, "ink", kBlack)};
    const auto block = std::uint32_t(sheet_.plan.blocks.size() - 1);
    sheet_.plan.guides.push_back({kind, page_, line.from, line.to, block});
    out.push_back(MarkOperation{line});
}

void BlockCompiler::compile_fold(const Node& node, const Scope& scope, Blocks& out) {
    add_guide(node, scope, Guide::Kind::Fold, Mm{2.4}, out);
}

void BlockCompiler::compile_cut(const Node& node, const Scope& scope, Blocks& out) {
    add_guide(node, scope, Guide::Kind::Cut, Mm{1.2}, out);
}

void BlockCompiler::compile_part(const Node& node, const Scope& scope, Blocks&) {
    node.allow_in_block({"id", "goes", "x", "y", "w", "h"});
    const auto goes =
        Part::Goes(node.choice("goes", {"stays", "post", "parcel", "return", "waste"}, 0));
    sheet_.plan.parts.push_back({node.text("id"), goes, page_, scope.frame.box(node.box()),
                                 std::uint32_t(sheet_.plan.blocks.size() - 1)});
}

void BlockCompiler::compile_outline(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "w", "h", "width", "radius", "ink"});
    out.push_back(
        MarkOperation{OutlineMark{scope.frame.box(node.box()), node.mm_or("width", Mm{0.25}),
                                  node.mm_or("radius", Mm{0}), ink_of(node, "ink", kBlack)}});
}

void BlockCompiler::compile_fiducial(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "size"});
    region_of(node, scope);
    const MmBox box = micrometres(
        scope.frame.box({node.mm("x"), node.mm("y"), node.mm("size"), node.mm("size")}));
    scope.region->fiducials.push_back(box);
    out.push_back(MarkOperation{FillMark{box, kBlack}});
}

void BlockCompiler::add_option(const Node& node, const Scope& scope, const MarkOption& option,
                               Blocks& out) {
    if (node.has("up_to")) {
        const DataPath* path = find_path(node.text("up_to"));
        if (path == nullptr || path->kind != ValueKind::Number) {
            node.at("up_to").fail("this must be a path of a number", "for example line.quantity");
        }
        if (path->needs_row && !scope.in_row) {
            node.at("up_to").fail("this path exists only in a table's row");
        }
        out.push_back(SkipOperation{Condition::at_least(*path, option.value), 1});
    }
    const bool is_oval = option.shape == MarkShape::Oval;
    const Mm radius = is_oval ? std::min(option.box.w, option.box.h) / 2 : Mm{0};
    out.push_back(MarkOperation{OutlineMark{option.box, kMarkOutline, radius, kBlack}});
}

void BlockCompiler::compile_question(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"id", "kind", "shape", "values", "x", "y", "w", "h", "dx", "dy", "up_to"});
    region_of(node, scope);
    check_id(node.at("id"), scope.in_row);
    constexpr std::array kKinds{QuestionKind::One, QuestionKind::Tick, QuestionKind::Many};
    Question question{node.text("id"),
                      kKinds.at(std::size_t(node.choice("kind", {"one", "tick", "many"}, 0))),
                      {}};
    const MarkShape shape =
        node.choice("shape", {"oval", "square"}, 0) == 0 ? MarkShape::Oval : MarkShape::Square;
    const MmPoint step{node.mm_or("dx", Mm{0}), node.mm_or("dy", Mm{0})};
    int place = 0;
    for (const auto& value : node.at("values").items()) {
        const MmBox box = moved(node.box(), step, place++);
        question.options.push_back({value.integer(), shape, micrometres(scope.frame.box(box))});
        add_option(node, scope, question.options.back(), out);
    }
    for (int row = 0; row < scope.repeat.count; ++row) {
        Question repeated = question;
        repeated.id = numbered(question.id, row + 1);
        if (scope.region->find_question(repeated.id) != nullptr) {
            node.at("id").fail(fmt::format("the question \"{}\" stands twice", repeated.id));
        }
        for (auto& option : repeated.options)
            option.box = moved(option.box, scope.repeat.step, row);
        scope.region->questions.push_back(std::move(repeated));
    }
}

void BlockCompiler::compile_field(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"id", "x", "y", "w", "h", "width", "radius", "ink"});
    region_of(node, scope);
    if (scope.in_row) node.fail("a handwriting field cannot stand in a row");
    const MmBox box = micrometres(scope.frame.box(node.box()));
    scope.region->fields.push_back({node.text("id"), box});
    out.push_back(
        MarkOperation{OutlineMark{box, node.mm_or("width", Mm{0.2}), node.mm_or("radius", Mm{0}),
                                  ink_of(node, "ink", kBlack)}});
}

}  // namespace verso::generator
