// SPDX-License-Identifier: Apache-2.0
#include "records/store/row_writer.h"

namespace verso::records {

std::string insert_rows(std::string_view into, std::size_t columns, std::size_t rows,
                        std::string_view end) {
    std::string text = fmt::format("INSERT INTO {} VALUES ", into);
    for (std::size_t row = 0; row < rows; ++row) {
        text += row == 0 ? "(" : ", (";
        for (std::size_t column = 0; column < columns; ++column) {
            text += fmt::format("{}:v{}_{}", column == 0 ? "" : ", ", row, column);
        }
        text += ')';
    }
    text += end;
    return text;
}

}  // namespace verso::records
