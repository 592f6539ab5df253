// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/domain/order.h"
#include "generator/insert_template.h"
#include "generator/template/catalogue.h"

namespace verso::generator {

/// What paths are read from while one insert is set: the input, and what is derived from it once.
/// Holds references; lives for one call of lay_out.
struct InsertContext {
    /// Requires: the parcel exists and has lines.
    InsertContext(const InsertInput& input, const Language& language, const Parcel& parcel);

    const InsertInput& input;
    const Language& language;
    const Parcel& parcel;
    std::vector<const OrderLine*> lines;  ///< of this parcel
    std::int64_t pieces_later = 0, pieces_earlier = 0;
    Money goods;  ///< sum over all lines of the order
    std::vector<std::string> buyer_lines, return_lines, reply_lines;
    std::vector<std::string> address_warnings;  ///< what the buyer's post may stumble over
    std::string buyer_line, shop_line, link, typed_code, card_mark, rma_text;
    ReturnLabel own_label;  ///< what `label` is when the input brings none
    const ReturnLabel& label;

    const OrderLine* row = nullptr;  ///< the line whose row is being set
    int row_number = 0;              ///< in the whole table, from 1
    int sheet = 1;                   ///< of the flow that the page belongs to
};

/// What a path gives. monostate: nothing there.
using Value = std::variant<std::monostate, std::string_view, std::string, std::int64_t, Money,
                           std::chrono::year_month_day, const std::vector<std::string>*>;

enum class ValueKind { Text, Number, Amount, Day, Lines };

/// One name that templates may use.
struct DataPath {
    std::string_view name;
    ValueKind kind;
    bool needs_row;  ///< only inside a table's row
    Value (*read)(const InsertContext&);
};

/// Null when there is no such path.
const DataPath* find_path(std::string_view name);
std::vector<std::string> path_names();

}  // namespace verso::generator
