// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "generator/template/template_model.h"

namespace verso::generator {

/// Where a symbol stands in its place, modules of whole dots where the operation wants them. A 2D
/// symbol is centred. Nothing when bars would be narrower than the least module.
std::optional<MmBox> code_box(const CodeOperation& code, const Symbol& symbol);

}  // namespace verso::generator
