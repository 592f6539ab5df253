// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/domain/shop.h"
#include "generator/fonts/font_book.h"
#include "generator/template/catalogue.h"
#include "generator/template/sheet_plan.h"
#include "generator/template/template_model.h"
#include "generator/template/template_node.h"

namespace verso::generator {

/// A template as lay_out runs it.
struct CompiledTemplate {
    std::string name;
    std::shared_ptr<const FontBook> fonts;
    std::vector<Language> languages;  ///< the default first
    std::vector<PageDesign> pages;
    Layout layout;
    SheetPlan plan;
};

/// Compiles docs/formats/template.md. `folders` hold the catalogues; `shop`, which may be null,
/// gives strings, settings and pictures. Throws TemplateFault.
CompiledTemplate compile_template(const Node& root, const std::string& name,
                                  const std::vector<std::string>& folders,
                                  std::shared_ptr<const FontBook> fonts, const Shop* shop);

}  // namespace verso::generator
