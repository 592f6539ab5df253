// SPDX-License-Identifier: Apache-2.0
#include "generator/template/template_compiler.h"

#include <fmt/format.h>

#include "generator/template/block_compiler.h"

namespace verso::generator {

namespace {

constexpr int kVersion = 1;
/// A side mark names nine return sheets; no template needs more designs than this either.
constexpr int kMostSheets = 1000;

void read_styles(const Node& root, Sheet& sheet) {
    if (root.has("inks")) {
        for (const auto& [name, node] : root.at("inks").members())
            sheet.inks[name] = parse_ink(node);
    }
    if (root.has("styles")) {
        for (const auto& [name, node] : root.at("styles").members()) {
            node.allow({"size", "face", "ink", "letter_spacing"});
            sheet.styles[name] = parse_style(node, {}, sheet.inks);
        }
    }
    if (root.has("tables")) {
        for (const auto& [name, node] : root.at("tables").members())
            sheet.tables.emplace(name, node);
    }
}

PageDesign compile_page(const Node& node, Sheet& sheet, int number) {
    node.allow({"id", "width", "height", "continues", "last_sheet", "blocks"});
    PageDesign page{node.text("id"),
                    {node.mm("width"), node.mm("height")},
                    node.text_or("continues", ""),
                    kMostSheets,
                    {}};
    if (page.size.width < Mm{20} || page.size.height < Mm{20})
        node.fail("a page is at least 20 mm");
    if (node.has("last_sheet")) page.last_sheet = node.at("last_sheet").integer();
    page.operations = BlockCompiler(sheet, number).compile(node.at("blocks"));
    return page;
}

/// A continuation without its table would be printed for ever.
void check_continuations(const Node& root, const std::vector<PageDesign>& pages) {
    std::size_t i = 0;
    for (const auto& node : root.at("pages").items()) {
        const PageDesign& page = pages.at(i++);
        if (page.continues.empty()) continue;
        bool placed = false;
        for (const auto& operation : page.operations) {
            const auto* table = std::get_if<TableReference>(&operation);
            placed = placed || (table != nullptr && (*table)->flow == page.continues);
        }
        if (!placed) {
            node.at("continues")
                .fail(fmt::format("this page has no table \"{}\" to continue", page.continues),
                      "place it among the page's blocks, or in a region of it");
        }
    }
}

}  // namespace

CompiledTemplate compile_template(const Node& root, const std::string& name,
                                  const std::vector<std::string>& folders,
                                  std::shared_ptr<const FontBook> fonts) {
    root.allow({"version", "description", "default_language", "sides", "inks", "styles", "tables",
                "pages"});
    if (root.at("version").integer() != kVersion) {
        root.at("version").fail(
            fmt::format("version {} is not known", root.at("version").integer()),
            "this program reads version 1");
    }
    CompiledTemplate out;
    out.name = name;
    out.layout.template_name = name;
    out.both_sides = root.has("sides") && root.at("sides").integer() == 2;
    out.languages = load_catalogues(folders, root.text("default_language"));
    out.fonts = std::move(fonts);
    Sheet sheet{*out.fonts, out.languages, {}, {}, {}, out.layout};
    read_styles(root, sheet);
    for (const auto& node : root.at("pages").items()) {
        out.pages.push_back(compile_page(node, sheet, int(out.pages.size()) + 1));
        out.layout.pages.push_back(out.pages.back().size);
    }
    if (out.pages.empty()) root.at("pages").fail("a template has at least one page");
    check_continuations(root, out.pages);
    const auto faults = layout_faults(out.layout);
    if (!faults.empty()) {
        root.at("pages").fail(
            fmt::format("the readable parts are not sound: {}", fmt::join(faults, "; ")));
    }
    return out;
}

}  // namespace verso::generator
