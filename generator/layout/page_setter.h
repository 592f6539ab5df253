// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/page/draw_list.h"
#include "core/util/result.h"
#include "generator/fonts/font_book.h"
#include "generator/template/sheet_plan.h"
#include "generator/template/template_model.h"

namespace verso::generator {

/// Runs the operations of page designs for one insert. Lives for one call of lay_out; remembers
/// between pages how far each table has come and which codes are encoded already.
class PageSetter {
  public:
    /// `language` is the index of context.language. All references must outlive the setter.
    PageSetter(const FontBook& fonts, InsertContext& context, std::size_t language,
               InsertTrace* trace = nullptr)
        : fonts_(fonts), context_(context), language_(language), trace_(trace) {}

    /// TextUnprintable, or ValueInvalid for a code that cannot be made.
    Result<DrawList> set(const PageDesign& design);
    /// Rows of a flow that no page took yet; 0 for a flow that was never placed.
    std::size_t rows_left(const std::string& flow) const;
    std::vector<std::string> take_warnings() { return std::move(warnings_); }
    /// Keeps the trace in step with a page that no design made.
    void trace_blank_page() {
        if (trace_ != nullptr) trace_->pages.emplace_back();
    }
    void warn(std::string sentence);

  private:
    using Operations = std::vector<Operation>;

    void run(const Operations& operations);
    void run(const MarkOperation& operation);
    void run(const StaticTextOperation& operation);
    void run(const TextOperation& operation);
    void run(const ParagraphOperation& operation);
    void run(const AddressOperation& operation);
    void run(const CodeOperation& operation);
    void run(const LabelArtworkOperation& operation);
    void run(const TableReference& operation);
    /// Nothing to set: run() of the list skips.
    void run(const SkipOperation&) {}

    void add(Mark mark);
    /// False after recording the error.
    bool can_print(const TextStyle& style, const std::string& text, const TextSource& source);
    void add_line(const TextPlace& place, std::string text);
    void fail(ErrorCode code, std::string message, const std::string& field);
    /// The row's height, its context being set.
    Mm row_height(const TableOperation& table);
    void run_row(const TableOperation& table, Mm height);
    const Symbol* symbol(const CodeOperation& code, const std::string& text);

    struct Encoded {
        CodeKind kind;
        bool gs1;
        std::string text;
        Symbol symbol;
    };

    const FontBook& fonts_;
    InsertContext& context_;
    std::size_t language_;
    InsertTrace* trace_;
    std::uint32_t block_ = kNoBlock;  ///< the marks of this moment come from it
    DrawList page_;
    MmPoint offset_{};
    std::map<std::string, std::size_t> rows_done_;
    std::vector<Encoded> encoded_;
    std::optional<Error> error_;
    std::vector<std::string> warnings_;
};

}  // namespace verso::generator
