// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/card/card_layout.h"
#include "core/page/draw_list.h"
#include "generator/barcode/barcode.h"
#include "generator/template/condition.h"
#include "generator/template/frame.h"
#include "generator/template/page_ground.h"
#include "generator/template/text_source.h"

namespace verso::generator {

// A template after compiling: for each page design a flat list of operations, positions resolved to
// the frame of their group. What no order can change is a finished mark already.

enum class Align { Left, Right, Center };
/// What becomes of a text that is wider than its place. Shrink goes on as Clip below the least
/// size.
enum class Fit { Shrink, Clip, Error };

struct TextStyle {
    Pt size{9};
    FontFace face = FontFace::Regular;
    Ink ink = kBlack;
    Pt letter_spacing{0};
};

/// Where and how one line of text stands: `at` is the left end of the place's baseline.
struct TextPlace {
    Frame frame;
    MmPoint at;
    Mm width{};
    Align align = Align::Left;
    Fit fit = Fit::Shrink;
    Pt least{6};
    TextStyle style;
};

struct MarkOperation {
    Mark mark;
};

/// Text without order data, measured and placed at load; the outer list is by language.
struct StaticTextOperation {
    std::vector<std::vector<TextMark>> marks;
};

struct TextOperation {
    TextPlace place;
    std::vector<TextSource> sources;  ///< by language
};

/// Lines broken at spaces, at most `most_lines`; a longer text follows the place's fit.
struct ParagraphOperation {
    TextPlace place;
    Mm leading{4};
    int most_lines = 1;
    std::vector<TextSource> sources;
};

/// Lines of data below one another, all in one size.
struct AddressOperation {
    TextPlace place;
    Mm leading{5};
    int most_lines = 7;
    const DataPath* path = nullptr;
};

struct CodeOperation {
    CodeKind kind = CodeKind::Qr;
    bool gs1 = false;  ///< of Code 128: with application identifiers
    Frame frame;
    MmBox box;
    Mm module{0.4}, least_module{0.33};  ///< of bars: wanted, and too narrow below
    Align align = Align::Left;
    QrLevel level = QrLevel::Q;
    int dpi = 0;  ///< modules are whole dots of such a printer; 0: they fill the box exactly
    std::vector<TextSource> sources;
};

/// The carrier's own return label, as large as it is (never scaled) or fitted to the box.
struct LabelArtworkOperation {
    Frame frame;
    MmBox box;
    bool natural_size = true;
};

/// When the condition does not hold, the next `count` operations are left out.
struct SkipOperation {
    Condition condition;
    std::size_t count = 0;
};

struct TableOperation;
using TableReference = std::shared_ptr<const TableOperation>;

/// No block: what the engine adds by itself.
inline constexpr std::uint32_t kNoBlock = 0;

/// One step of setting a page, and the block it came from (SheetPlan::blocks).
struct Operation {
    using Kind = std::variant<MarkOperation, StaticTextOperation, TextOperation, ParagraphOperation,
                              AddressOperation, CodeOperation, LabelArtworkOperation, SkipOperation,
                              TableReference>;
    template <class What>
    requires std::is_constructible_v<Kind, What> Operation(What what)
        : kind(std::move(what)) {}  // NOLINT: made from any kind, as a variant is

    Kind kind;
    std::uint32_t block = kNoBlock;
};

/// One placement of a table: as many of the rows still to come as fit. The lists are placed for
/// the first row; later ones stand further down, each by the height of the row before.
struct TableOperation {
    std::string flow;  ///< placements of one flow share the rows; by default the table's name
    Frame frame;       ///< which way is down
    Mm room;           ///< for rows and footer
    Mm row_height;     ///< of a row whose texts have one line each
    Mm line_height;    ///< what each further line adds
    Mm footer_height;
    int keep_with_total = 1;                  ///< rows that stay with the footer
    std::vector<ParagraphOperation> growing;  ///< the columns that make rows higher
    std::vector<Operation> header, row, row_end, footer, more;
};

struct PageDesign {
    std::string id;
    int number = 1;  ///< its place among the designs, from 1
    PageSize size;
    std::string continues;  ///< the table whose overflow this page takes; empty: always printed
    int last_sheet = 1000;  ///< a continuation is not printed beyond this sheet of its table
    std::vector<Operation> operations;  ///< what orders change
    std::vector<PageGround> grounds;    ///< what they do not; by language
};

}  // namespace verso::generator
