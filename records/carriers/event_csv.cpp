// SPDX-License-Identifier: Apache-2.0
#include "records/carriers/event_csv.h"

#include <algorithm>
#include <array>

#include "records/carriers/neutral_event.h"
#include "records/import/row_values.h"

namespace verso::records {

namespace {

constexpr std::array<KnownColumn, std::size(kEventColumns)> kKnown = [] {
    std::array<KnownColumn, std::size(kEventColumns)> out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const bool required = kEventColumns[i] == "status" || kEventColumns[i] == "at";
        out[i] = {kEventColumns[i], required};
    }
    return out;
}();

std::size_t column_of(std::string_view name) {
    return static_cast<std::size_t>(
        std::find(std::begin(kEventColumns), std::end(kEventColumns), name) -
        std::begin(kEventColumns));
}

/// The row, values between tabs, which no value holds.
std::string raw_row(const CsvRecord& record) {
    std::string out;
    for (const auto& field : record.fields) {
        if (!out.empty()) out += '\t';
        std::string value(field);
        std::replace(value.begin(), value.end(), '\t', ' ');
        out += value;
    }
    return out;
}

void take_row(const CsvRecord& record, const ColumnMap& columns, EventSink& sink) {
    if (const auto fault = RowValues(record, columns).fault())
        return sink.refuse(fault->column, fault->reason);
    auto event = neutral_event(EventSource::Csv, [&](std::string_view name) {
        return std::string(columns.value(record, column_of(name)));
    });
    if (!event) {
        const Error& error = event.error();
        return sink.refuse(error.where,
                           error.message + (error.cure.empty() ? "" : "; " + error.cure));
    }
    event->raw = raw_row(record);
    sink.take(std::move(event).value());
}

}  // namespace

Result<void> read_event_csv(CsvStream& rows, EventSink& sink) {
    CsvRecord record;
    auto more = rows.next(record);
    if (!more) return more.error();
    if (!*more || !record.fault.empty())
        return Error{ErrorCode::FormatInvalid, "no header of a CSV file", "", ""};
    auto columns = ColumnMap::match(record.fields, kKnown);
    if (!columns) return columns.error();
    for (const auto& unknown : columns->unknown())
        sink.remark("the column '" + unknown + "' is not known and was not used");
    while (sink.outcome()) {
        more = rows.next(record);
        if (!more) return more.error();
        if (!*more) break;
        sink.at_line(record.line);
        take_row(record, *columns, sink);
    }
    return sink.outcome();
}

}  // namespace verso::records
