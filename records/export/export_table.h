// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "records/export/export_source.h"

namespace verso::records {

// The merchant's own tables, as CSV that a spreadsheet opens safely or as JSON lines; the same
// columns in both. docs/formats/exports.md.

enum class TableFormat { Csv, JsonLines };

/// Nothing, a text, a number, yes or no.
using ExportValue = std::variant<std::monostate, std::string, std::int64_t, bool>;
/// One row: column and value.
using ExportRecord = std::vector<std::pair<std::string, ExportValue>>;

/// The names of the columns as a line of CSV; nothing for JSON lines.
std::string table_head(const ExportRecord& record, TableFormat format);
std::string table_line(const ExportRecord& record, TableFormat format);

/// `questions` are the columns of answers, each "answer_" and its name.
ExportRecord rating_record(const ExportRow& row, const std::vector<std::string>& questions);
/// The same and kind, whether it counts, and the stars of single articles as "1:5 3:4".
ExportRecord response_record(const ExportedResponse& response,
                             const std::vector<std::string>& questions);
/// A comment that may be shown: its text is not empty.
ExportRecord comment_record(const Review& review);
ExportRecord segment_record(const SegmentRow& row, bool with_email);

}  // namespace verso::records
