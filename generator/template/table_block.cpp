// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "generator/template/block_compiler.h"

namespace verso::generator {

namespace {

/// Whole rows in a height; a hair more than the height still counts.
int rows_in(Mm height, Mm row) { return int(std::floor((height.value + 1e-6) / row.value)); }

void check_table(const Node& table) {
    table.allow({"over", "flow", "columns", "row_height", "row_baseline", "row", "header_height",
                 "header_baseline", "header", "footer", "footer_height", "more"});
    if (table.text("over") != "parcel.lines") {
        table.at("over").fail("a table runs over parcel.lines", "write \"parcel.lines\"");
    }
    if (table.mm("row_height") < Mm{1}) table.at("row_height").fail("a row is at least 1 mm high");
}

}  // namespace

/// The texts of the columns, of the header or of the row; the shapes are the same.
void BlockCompiler::compile_columns(const Node& table, const Scope& scope, bool header,
                                    Blocks& out) {
    if (!table.has("columns")) return;
    for (const auto& column : table.at("columns").items()) {
        column.allow(
            {"x", "w", "align", "fit", "least", "style", "header_style", "text", "header"});
        if (!column.has(header ? "header" : "text")) continue;
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
        constexpr double kLeastShare = 0.75;
        place.least = column.has("least") && !header ? Pt{column.at("least").number()}
                                                     : place.style.size * kLeastShare;
        add_text(column.at(header ? "header" : "text"), place, scope, out);
    }
}

void BlockCompiler::compile_table(const Node& node, const Scope& scope, Blocks& out) {
    node.allow({"block", "if", "table", "x", "y", "h"});
    if (scope.in_row) node.fail("a table inside a table's row");
    const std::string name = node.text("table");
    const auto found = sheet_.tables.find(name);
    if (found == sheet_.tables.end()) {
        node.at("table").fail(fmt::format("there is no table \"{}\"", name),
                              "define it under \"tables\"");
    }
    const Node& table = found->second;
    check_table(table);
    const Mm row_height = table.mm("row_height"), header = table.mm_or("header_height", Mm{0});
    const MmBox place{node.mm("x"), node.mm("y"), Mm{0}, node.mm("h")};

    TableOperation operation;
    operation.flow = table.text_or("flow", name);
    operation.capacity = rows_in(place.h - header, row_height);
    operation.capacity_with_footer =
        rows_in(place.h - header - table.mm_or("footer_height", Mm{0}), row_height);
    if (operation.capacity_with_footer < 1)
        node.at("h").fail("not even one row and the footer fit");

    Scope inner = scope;
    inner.frame = scope.frame.inner({place.x, place.y, Mm{0}, Mm{0}}, 0);
    compile_columns(table, inner, /*header=*/true, operation.header);
    if (table.has("header")) compile_blocks(table.at("header"), inner, operation.header);
    inner.frame = scope.frame.inner({place.x, place.y + header, Mm{0}, Mm{0}}, 0);
    operation.step = inner.frame.vector({Mm{0}, row_height});
    if (table.has("footer")) compile_blocks(table.at("footer"), inner, operation.footer);
    if (table.has("more")) compile_blocks(table.at("more"), inner, operation.more);
    inner.in_row = true;
    inner.repeat = {operation.capacity, operation.step};
    compile_columns(table, inner, /*header=*/false, operation.row);
    if (table.has("row")) compile_blocks(table.at("row"), inner, operation.row);
    out.push_back(std::make_shared<const TableOperation>(std::move(operation)));
}

}  // namespace verso::generator
