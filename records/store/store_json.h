// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/domain/answer.h"
#include "core/domain/reading.h"
#include "core/util/result.h"

namespace verso::records {

// The values that the store keeps as JSON inside a column.

/// {"overall":4,"delivery":1}
std::string answers_to_json(const Answers& answers);
/// FormatInvalid for text that answers_to_json did not write.
Result<Answers> parse_answers(std::string_view json);

/// {"1":5,"3":2}: stars by line.
std::string products_to_json(const std::map<int, int>& products);
/// FormatInvalid for text that products_to_json did not write.
Result<std::map<int, int>> parse_products(std::string_view json);

/// [{"code":"two-marks","question":"delivery","detail":"…"}]
std::string reasons_to_json(const std::vector<Rejection>& reasons);
/// FormatInvalid for text that reasons_to_json did not write.
Result<std::vector<Rejection>> parse_reasons(std::string_view json);

}  // namespace verso::records
