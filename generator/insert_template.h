// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/card/card_layout.h"
#include "core/domain/card_link.h"
#include "core/domain/order.h"
#include "core/domain/return_label.h"
#include "core/domain/shop.h"
#include "core/page/draw_list.h"
#include "core/util/result.h"
#include "generator/fonts/font_book.h"
#include "generator/template/sheet_plan.h"

namespace verso::generator {

/// All that one insert says. The references must outlive the call.
struct InsertInput {
    const Order& order;
    int parcel = 1;
    const Shop& shop;
    CardIdentity card;
    Rma rma;
    const ReturnLabel* label = nullptr;  ///< null: plain, the shop's address and the RMA
};

/// The pages of one insert in print order; always whole sheets of the template (an even number for
/// one that is made for both sides).
struct InsertPages {
    std::vector<DrawList> pages;
    std::vector<std::string>
        warnings;  ///< one sentence each: text shrunk to its minimum or clipped
};

/// A template compiled once to a flat list of operations: geometry resolved, strings of every
/// language measured. Immutable; shared by threads.
class InsertTemplate {
  public:
    /// Loads `name` from the first folder that has insert/NAME.json, with the string catalogues
    /// strings/LANGUAGE.json of all folders, earlier ones winning key by key. Errors: NotFound
    /// (names the templates there are), TemplateInvalid (file, JSON pointer, value and cure).
    /// `shop`, when given, brings its own strings, settings, pictures and reply card; without one
    /// the sheet is a specimen.
    static Result<std::shared_ptr<const InsertTemplate>> load(
        std::string_view name, const std::vector<std::string>& folders,
        std::shared_ptr<const FontBook> fonts, const Shop* shop = nullptr);
    /// Names of the templates in these folders, sorted.
    static std::vector<std::string> list(const std::vector<std::string>& folders);
    ~InsertTemplate();

    const std::string& name() const;
    /// Where everything readable lies, number 0: the home gives the number when it freezes it.
    const Layout& layout() const;
    /// Codes of the languages that there are catalogues of, the default first.
    std::vector<std::string> languages() const;
    /// Folds, cuts, parts and blocks.
    const SheetPlan& plan() const;

    /// Sets one insert. TextUnprintable (names order, field, character), ValueInvalid (a parcel
    /// without lines, an order without address), LimitExceeded (more articles than sheets hold).
    /// `trace`, when given, is filled.
    Result<InsertPages> lay_out(const InsertInput& input, InsertTrace* trace = nullptr) const;

  private:
    struct Compiled;
    explicit InsertTemplate(std::unique_ptr<Compiled> compiled);
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace verso::generator
