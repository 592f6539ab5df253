// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/order.h"
#include "core/util/result.h"
#include "records/import/csv_reader.h"

namespace verso::records {

/// A column that a format knows; matched by name, upper and lower case alike.
struct KnownColumn {
    std::string_view name;
    bool required = false;
};

/// True when a header (its values as they stand) has a column, in upper or lower case.
bool has_column(std::span<const std::string_view> header, std::string_view name);

/// Where the known columns of a format stand in one file.
class ColumnMap {
  public:
    /// FormatInvalid: a required column is missing (the message names those missed and those
    /// found) or stands twice. `known` must outlive the map.
    static Result<ColumnMap> match(std::span<const std::string_view> header,
                                   std::span<const KnownColumn> known);

    std::string_view name(std::size_t column) const { return known_[column].name; }
    /// The value of a column, unguarded; empty when the file does not have the column.
    std::string_view value(const CsvRecord& record, std::size_t column) const;
    /// How many values each record must have.
    std::size_t width() const { return width_; }
    /// Columns of the file that the format does not know.
    const std::vector<std::string>& unknown() const { return unknown_; }

  private:
    std::span<const KnownColumn> known_;
    std::vector<std::size_t> positions_;  ///< by known column; npos when absent
    std::vector<std::string> unknown_;
    std::size_t width_ = 0;
};

/// One row of an order export, value by value. The first value that is wrong is kept as the row's
/// fault; what is read afterwards no longer counts. Valid as long as record and map.
class RowValues {
  public:
    struct Fault {
        std::string column, reason;
    };

    RowValues(const CsvRecord& record, const ColumnMap& columns);

    std::size_t line() const { return record_.line; }
    std::string_view raw(std::size_t column) const { return columns_.value(record_, column); }
    /// On one line: line breaks and tabs become blanks.
    std::string text(std::size_t column);
    /// May have line breaks, all written as LF.
    std::string long_text(std::size_t column);
    /// Empty values give the fallback; without one they are faults.
    int whole(std::size_t column, int low, int high, std::optional<int> fallback = std::nullopt);
    Money money(std::size_t column, std::optional<Money> fallback = std::nullopt);
    ZonedTime time(std::size_t column);
    std::optional<ZonedTime> time_if_any(std::size_t column);
    std::optional<std::chrono::year_month_day> day_if_any(std::size_t column);
    /// Exactly `letters` letters, in upper case: a country or a currency.
    std::string code(std::size_t column, std::size_t letters);
    /// "fr", "fr-FR" and "FR" give "fr"; empty stays empty.
    std::string language(std::size_t column);

    /// Reports a fault that the caller found.
    void refuse(std::size_t column, std::string reason);
    const std::optional<Fault>& fault() const { return fault_; }

  private:
    template <class Value>
    Value taken(std::size_t column, Result<Value> result);

    const CsvRecord& record_;
    const ColumnMap& columns_;
    std::optional<Fault> fault_;
};

/// Reads a time as parse_time does, and the day number that a spreadsheet makes of one
/// ("45384.34789", days since 1899-12-30, taken as UTC).
Result<ZonedTime> parse_export_time(std::string_view text);

}  // namespace verso::records
