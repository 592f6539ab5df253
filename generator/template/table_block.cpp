// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "generator/template/block_compiler.h"

namespace verso::generator {

namespace {

/// Rounding of the arithmetic, not of the paper.
constexpr Mm kHair{1e-6};

void check_table(const Node& table) {
    table.allow({"over", "flow", "columns", "row_height", "row_baseline", "line_height", "row",
                 "row_end", "header_height", "header_baseline", "header", "footer", "footer_height",
                 "keep_with_total", "more"});
    if (table.text("over") != "parcel.lines") {
        table.at("over").fail("a table runs over parcel.lines", "write \"parcel.lines\"");
    }
    if (table.mm("row_height") < Mm{1}) table.at("row_height").fail("a row is at least 1 mm high");
}

int lines_of(const Node& column) {
    const int lines = column.has("lines") ? column.at("lines").integer() : 1;
    if (lines < 1 || lines > 20) column.at("lines").fail("use 1 to 20 lines");
    return lines;
}

}  // namespace

TextPlace BlockCompiler::column_place(const Node& table, const Node& column, const Scope& scope,
                                      bool header) const {
    constexpr double kLeastShare = 0.75;
    TextPlace place;
    place.frame = scope.frame;
    place.at = {column.mm("x"), table.mm(header ? "header_baseline" : "row_baseline")};
    place.width = column.mm("w");
    place.align = Align(column.choice("align", {"left", "right", "center"}, 0));
    place.fit = Fit(column.choice("fit", {"shrink", "clip", "error"}, 0));
    const char* key = header ? "header_style" : "style";
    if (column.has(key)) {
        const auto style = sheet_.styles.find(column.text(key));
        if (style == sheet_.styles.end()) column.at(key).fail("there is no such style");
        place.style = style->second;
    }
    place.least = column.has("least") && !header ? Pt{column.at("least").number()}
                                                 : place.style.size * kLeastShare;
    return place;
}

/// The texts of the columns, of the header or of the row; the shapes are the same.
void BlockCompiler::compile_columns(const Node& table, const Scope& scope, bool header,
                                    TableOperation& out) {
    if (!table.has("columns")) return;
    Blocks& list = header ? out.header : out.row;
    for (const auto& column : table.at("columns").items()) {
        column.allow({"x", "w", "align", "fit", "least", "lines", "style", "header_style", "text",
                      "header", "role"});
        const char* key = header ? "header" : "text";
        if (!column.has(key)) continue;
        Scope own = scope;
        own.role = column.text_or("role", scope.role);
        const std::size_t first = list.size();
        const TextPlace place = column_place(table, column, scope, header);
        const int lines = header ? 1 : lines_of(column);
        if (lines == 1) {
            add_text(column.at(key), place, scope, list);
        } else {
            ParagraphOperation paragraph{place, out.line_height, lines,
                                         sources_of(column.at(key), scope.in_row)};
            // In a region the scanner knows every row's place: rows keep their height there.
            if (scope.region == nullptr) out.growing.push_back(paragraph);
            list.push_back(std::move(paragraph));
        }
        tag(list, first, add_block(column, own));
    }
}

/// Every placement must take its highest row together with the footer, or a table would never end.
void BlockCompiler::check_row_room(const Node& node, const TableOperation& table) const {
    int lines = 1;
    for (const auto& column : table.growing) lines = std::max(lines, column.most_lines);
    const Mm highest = table.row_height + table.line_height * (lines - 1);
    if (highest + table.footer_height > table.room + kHair) {
        node.at("h").fail("not even one row and the footer fit");
    }
}

void BlockCompiler::compile_table(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"table", "x", "y", "h"});
    if (scope.in_row) node.fail("a table inside a table's row");
    const std::string name = node.text("table");
    const auto found = sheet_.tables.find(name);
    if (found == sheet_.tables.end()) {
        node.at("table").fail(fmt::format("there is no table \"{}\"", name),
                              "define it under \"tables\"");
    }
    const Node& table = found->second;
    check_table(table);
    const Mm header = table.mm_or("header_height", Mm{0});
    const MmBox place{node.mm("x"), node.mm("y"), Mm{0}, node.mm("h")};

    TableOperation operation;
    operation.flow = table.text_or("flow", name);
    operation.room = place.h - header;
    operation.row_height = table.mm("row_height");
    operation.line_height = table.mm_or("line_height", operation.row_height);
    operation.footer_height = table.mm_or("footer_height", Mm{0});
    operation.keep_with_total =
        table.has("keep_with_total") ? table.at("keep_with_total").integer() : 1;
    if (operation.keep_with_total < 1) table.at("keep_with_total").fail("at least 1 row stays");

    Scope inner = scope;
    inner.frame = scope.frame.inner({place.x, place.y, Mm{0}, Mm{0}}, 0);
    compile_columns(table, inner, /*header=*/true, operation);
    if (table.has("header")) compile_blocks(table.at("header"), inner, operation.header);
    inner.frame = scope.frame.inner({place.x, place.y + header, Mm{0}, Mm{0}}, 0);
    operation.frame = inner.frame;
    if (table.has("footer")) compile_blocks(table.at("footer"), inner, operation.footer);
    if (table.has("more")) compile_blocks(table.at("more"), inner, operation.more);
    inner.in_row = true;
    const int rows =
        int(std::floor((operation.room.value + kHair.value) / operation.row_height.value));
    inner.repeat = {rows, inner.frame.vector({Mm{0}, operation.row_height})};
    compile_columns(table, inner, /*header=*/false, operation);
    if (table.has("row")) compile_blocks(table.at("row"), inner, operation.row);
    if (table.has("row_end")) compile_blocks(table.at("row_end"), inner, operation.row_end);
    check_row_room(node, operation);
    out.push_back(std::make_shared<const TableOperation>(std::move(operation)));
}

}  // namespace verso::generator
