// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "records/import/text_source.h"

namespace verso::records {

// What programs do to a CSV file between one shop and another: marks at the start, other
// delimiters, apostrophes before numbers. Pure.

/// How the records of a file are written.
struct CsvDialect {
    char delimiter = ',';
    std::size_t body = 0;  ///< where the header begins: behind a "sep=;" line, if there is one
    std::size_t first_line = 1;  ///< the line of the header
};

/// The delimiter is the one of , ; tab | that stands most often in the header, outside quotes.
CsvDialect sniff_dialect(std::string_view text);

/// Without blanks around it, and without the apostrophe that guards a number or a formula
/// ("'07140", "'+33 1"). The apostrophe of a name ("'t Hart") stays.
std::string_view unguarded(std::string_view value);

}  // namespace verso::records
