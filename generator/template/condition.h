// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "core/util/result.h"
#include "generator/template/insert_context.h"

namespace verso::generator {

/// A compiled `if` of a template: paths, numbers, 'texts', == != < > <= >=, and, or, not and
/// brackets. A path alone is true when it is neither empty nor zero. Amounts compare with numbers
/// in the currency's main unit (4.90). Immutable.
class Condition {
  public:
    /// TemplateInvalid with the position and the nearest valid path; comparing a text with a number
    /// is an error too. `in_row` permits the paths of a table's row.
    static Result<Condition> parse(std::string_view text, bool in_row);
    /// True when the number of `path` is at least `least`. Requires: a Number path.
    static Condition at_least(const DataPath& path, std::int64_t least);

    bool holds(const InsertContext& context) const;

    enum class Step {
        Path,
        Number,
        Text,
        Equal,
        NotEqual,
        Less,
        Greater,
        LessEqual,
        GreaterEqual,
        And,
        Or,
        Not
    };
    /// One step of the condition in postfix order.
    struct Operation {
        Step step;
        const DataPath* path = nullptr;
        double number = 0;
        std::string text;
    };

  private:
    std::vector<Operation> steps_;
};

}  // namespace verso::generator
