// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/card/card_layout.h"
#include "core/page/draw_list.h"
#include "generator/barcode/barcode.h"
#include "generator/template/condition.h"
#include "generator/template/frame.h"
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

/// Lines broken at spaces, at most `most_lines`.
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
    CodeKind kind;
    Frame frame;
    MmBox box;
    Mm module{0.4}, least_module{0.33};  ///< of Code 128: wanted, and too narrow below
    Align align = Align::Left;
    QrLevel level = QrLevel::Q;
    std::vector<TextSource> sources;
};

/// When the condition does not hold, the next `count` operations are left out.
struct SkipOperation {
    Condition condition;
    std::size_t count = 0;
};

struct TableOperation;
using TableReference = std::shared_ptr<const TableOperation>;

using Operation =
    std::variant<MarkOperation, StaticTextOperation, TextOperation, ParagraphOperation,
                 AddressOperation, CodeOperation, SkipOperation, TableReference>;

/// One placement of a table: as many of the rows still to come as fit. The lists are placed for
/// the first row; later ones stand `step` further.
struct TableOperation {
    std::string flow;  ///< placements of one flow share the rows; by default the table's name
    MmPoint step;
    int capacity = 0;  ///< rows when the footer is not here
    int capacity_with_footer = 0;
    std::vector<Operation> header, row, footer, more;
};

struct PageDesign {
    std::string id;
    PageSize size;
    std::string continues;  ///< the table whose overflow this page takes; empty: always printed
    int last_sheet = 1000;  ///< a continuation is not printed beyond this sheet of its table
    std::vector<Operation> operations;
};

}  // namespace verso::generator
