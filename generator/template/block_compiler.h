// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "generator/fonts/font_book.h"
#include "generator/template/catalogue.h"
#include "generator/template/sheet_plan.h"
#include "generator/template/template_model.h"
#include "generator/template/template_node.h"

namespace verso::generator {

/// What all blocks of one template share while it is compiled.
struct Sheet {
    const FontBook& fonts;
    const std::vector<Language>& languages;  ///< the default first
    std::map<std::string, Ink> inks;
    std::map<std::string, TextStyle> styles;
    std::map<std::string, Node> tables;
    Layout& layout;
    SheetPlan& plan;
    std::map<std::string, std::string> pictures;  ///< files of the shop, by the name in templates
};

/// Turns the blocks of one page design into operations and, in a region, into the layout that the
/// scanner reads: one number, two uses. All functions throw TemplateFault.
class BlockCompiler {
  public:
    /// `page_number` is the design's place in Layout::pages, from 1.
    BlockCompiler(Sheet& sheet, int page_number, PageSize size)
        : sheet_(sheet), page_(page_number), size_(size) {}

    std::vector<Operation> compile(const Node& blocks);

  private:
    /// Repeats of a table's row, for the boxes that must be known to the scanner one by one.
    struct Repeat {
        int count = 1;
        MmPoint step{};
    };
    struct Scope {
        Frame frame;
        ReadRegion* region = nullptr;
        bool in_row = false;
        Repeat repeat;
        int depth = 0;
        MmPoint area{};  ///< width and height of the page or group around
        std::string role;
    };
    using Blocks = std::vector<Operation>;
    using CompileBlock = void (BlockCompiler::*)(const Node&, const Scope&, Blocks&);

    void compile_blocks(const Node& blocks, const Scope& scope, Blocks& out);
    void compile_block(const Node& node, const Scope& scope, Blocks& out);
    /// Notes which block the operations from `first` on came from, where nothing is noted yet.
    std::uint32_t add_block(const Node& node, const Scope& scope);
    static void tag(Blocks& out, std::size_t first, std::uint32_t block);
    /// A group's box in its surroundings: x and y count from the corner that it names.
    static MmBox group_box(const Node& node, const Scope& scope);
    static CompileBlock find_block(const Node& node);

    void compile_text(const Node& node, const Scope& scope, Blocks& out);
    void compile_paragraph(const Node& node, const Scope& scope, Blocks& out);
    void compile_address(const Node& node, const Scope& scope, Blocks& out);
    void compile_rect(const Node& node, const Scope& scope, Blocks& out);
    void compile_line(const Node& node, const Scope& scope, Blocks& out);
    void compile_outline(const Node& node, const Scope& scope, Blocks& out);
    void compile_qr(const Node& node, const Scope& scope, Blocks& out);
    void compile_data_matrix(const Node& node, const Scope& scope, Blocks& out);
    void compile_code128(const Node& node, const Scope& scope, Blocks& out);
    void compile_fiducial(const Node& node, const Scope& scope, Blocks& out);
    void compile_question(const Node& node, const Scope& scope, Blocks& out);
    void compile_field(const Node& node, const Scope& scope, Blocks& out);
    void compile_group(const Node& node, const Scope& scope, Blocks& out);
    void compile_region(const Node& node, const Scope& scope, Blocks& out);
    void compile_table(const Node& node, const Scope& scope, Blocks& out);
    void compile_fold(const Node& node, const Scope& scope, Blocks& out);
    void compile_cut(const Node& node, const Scope& scope, Blocks& out);
    void compile_part(const Node& node, const Scope& scope, Blocks& out);
    void compile_gs1_128(const Node& node, const Scope& scope, Blocks& out);
    void compile_four_state(const Node& node, const Scope& scope, Blocks& out);
    void compile_fim(const Node& node, const Scope& scope, Blocks& out);
    void compile_image(const Node& node, const Scope& scope, Blocks& out);
    void compile_label_artwork(const Node& node, const Scope& scope, Blocks& out);
    void compile_postal_side(const Node& node, const Scope& scope, Blocks& out);

    void add_guide(const Node& node, const Scope& scope, Guide::Kind kind, Mm dash, Blocks& out);
    void compile_columns(const Node& table, const Scope& scope, bool header, TableOperation& out);
    TextPlace column_place(const Node& table, const Node& column, const Scope& scope,
                           bool header) const;
    void check_row_room(const Node& node, const TableOperation& table) const;
    void add_option(const Node& node, const Scope& scope, const MarkOption& option, Blocks& out);
    void add_code(CodeOperation code, const Scope& scope, Blocks& out);
    void add_bars(const Node& node, const Scope& scope, bool gs1, Blocks& out);
    void add_specimen(const Scope& scope, Blocks& out);
    static int turn_of(const Node& node);

    TextStyle style_of(const Node& node) const;
    Ink ink_of(const Node& node, const char* key, Ink fallback) const;
    TextPlace place_of(const Node& node, const Scope& scope) const;
    std::vector<TextSource> sources_of(const Node& text, bool in_row) const;
    void add_text(const Node& text, const TextPlace& place, const Scope& scope, Blocks& out);
    TextMark static_line(const Node& text, const TextPlace& place, const Language& language,
                         const std::string& literal) const;
    const ReadRegion& region_of(const Node& node, const Scope& scope) const;

    Sheet& sheet_;
    int page_;
    PageSize size_;
};

/// "inks", "styles" and "tables" of a template or profile, added to what the sheet has. Throws
/// TemplateFault.
void read_styles(const Node& root, Sheet& sheet);

/// "#16202a". Throws TemplateFault.
Ink parse_ink(const Node& node);
/// A style's own keys: size, face, ink, letter_spacing; what is not there stays as in `base`.
TextStyle parse_style(const Node& node, TextStyle base, const std::map<std::string, Ink>& inks);

}  // namespace verso::generator
