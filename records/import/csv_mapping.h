// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "records/import/csv_orders.h"

namespace verso::records {

/// How days are written where no year stands first.
enum class DayOrder { DayFirst, MonthFirst };

/// Which column of a foreign CSV is what, and how its values are meant: a saved mapping,
/// docs/formats/mapping.md. Fields are the columns of the neutral CSV.
struct CsvMapping {
    std::string name;
    /// Field -> the file's columns; of more than one the values are joined with a blank.
    std::map<std::string, std::vector<std::string>> columns;
    /// Field -> the value where the file has no column, or an empty value in it.
    std::map<std::string, std::string> values;
    std::map<std::string, std::string> status;   ///< the file's word -> open, on_hold, …
    std::map<std::string, std::string> payment;  ///< the file's word -> paid, unpaid, …
    DayOrder day_order = DayOrder::DayFirst;
    char decimal_mark = '.';  ///< of amounts: '.' or ','
};

/// ValueInvalid names a field that is none, a word's meaning that is none, or a field that must
/// have a column or a value and has neither.
Result<void> check_mapping(const CsvMapping& mapping);

/// Whether a file's header has all columns of the mapping.
bool fits(const CsvMapping& mapping, std::span<const std::string_view> header);

/// A form that reads files with this header by the mapping. FormatInvalid names the columns that
/// the header lacks; else as check_mapping().
Result<CsvForm> mapped_csv_form(const CsvMapping& mapping,
                                std::span<const std::string_view> header);

// Single values, as a mapping turns them into the neutral form; what is not understood stays as it
// is, and is refused there.
std::string neutral_time(std::string_view text, DayOrder order);
std::string neutral_day(std::string_view text, DayOrder order);
std::string neutral_amount(std::string_view text, char decimal_mark);
/// "France", "Deutschland", "FRA" and "fr" as two letters.
std::string neutral_country(std::string_view text);

}  // namespace verso::records
