// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "generator/insert_template.h"
#include "generator/sample/specimen.h"

namespace verso::generator {

/// The languages of the shipped catalogues.
const std::vector<std::string>& shipped_languages();

/// Folder with the fonts that the build prepared, and the templates of the tree.
std::string font_folder();
std::vector<std::string> template_folders();

/// A shipped template, loaded once; aborts the program with the reason when it does not load.
std::shared_ptr<const FontBook> specimen_fonts();
std::shared_ptr<const InsertTemplate> shipped(const std::string& name);
std::shared_ptr<const InsertTemplate> a4_fold();

}  // namespace verso::generator
