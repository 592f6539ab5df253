// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/util/result.h"
#include "records/import/byte_source.h"
#include "records/import/csv_mapping.h"

namespace verso::records {

/// A proposal of which column of a foreign CSV is what, for a person to look at.
struct MappingProposal {
    struct Guess {
        std::string field, column;
        std::string why;  ///< "by its name", "by its values"
        std::string sample;
    };
    CsvMapping mapping;
    std::vector<Guess> guesses;
    std::vector<std::string> unused;     ///< columns of the file
    std::vector<std::string> questions;  ///< what a person must settle, one sentence each
    std::vector<Order> preview;          ///< the first orders, as the mapping reads them
    std::vector<RejectedRow> rejected;   ///< of the first rows
};

/// Looks at the header and the first 200 rows: names in seven languages, then the shape of the
/// values. `country` stands for orders where no column says it. FormatInvalid for what is no CSV
/// with at least two columns; FileUnreadable.
Result<MappingProposal> propose_mapping(ByteSource& source, const std::string& country);

}  // namespace verso::records
