// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "generator/template/template_node.h"

namespace verso::generator {

/// A JSON file with // comments, read whole. Owns what its nodes point into.
class TemplateFile {
  public:
    /// Throws TemplateFault: unreadable, larger than 4 MB, not JSON (names line and column), or the
    /// same key twice in one object.
    static TemplateFile read(const std::string& path);

    Node root() const { return {*json_, path_}; }

  private:
    std::unique_ptr<const nlohmann::json> json_;
    std::string path_;
};

}  // namespace verso::generator
