// SPDX-License-Identifier: Apache-2.0
#include "records/import/csv_orders.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "records/import/csv_stream.h"
#include "records/import/held_rows.h"
#include "records/import/run_index.h"

namespace verso::records {

namespace {

Result<void> read_header(CsvStream& stream, CsvRecord& record) {
    auto any = stream.next(record);
    if (!any) return any.error();
    if (!*any) {
        return Error{ErrorCode::FormatInvalid, "the file is empty", "", "export the orders again"};
    }
    if (!record.fault.empty()) {
        return Error{ErrorCode::FormatInvalid, fmt::format("in the header {}", record.fault), "",
                     "export the orders again"};
    }
    return {};
}

/// One reading of one file.
class CsvOrders {
  public:
    CsvOrders(ByteSource& source, TextEncoding encoding, const CsvForm& form, OrderSink& sink)
        : source_(source), encoding_(encoding), form_(form), sink_(sink) {}

    Result<std::size_t> read() {
        if (auto known = find_scattered(); !known) return known.error();
        if (auto handed = hand_on(); !handed) return handed.error();
        if (auto handed = hand_held_on(); !handed) return handed.error();
        return rows_;
    }

  private:
    Result<void> find_scattered();
    Result<void> hand_on();
    Result<void> hand_held_on();
    void settle();
    std::uint64_t key_of(const CsvRecord& record) const;

    ByteSource& source_;
    TextEncoding encoding_;
    const CsvForm& form_;
    OrderSink& sink_;
    ColumnMap columns_;
    CsvDialect dialect_;
    RunIndex runs_;
    OrderCollector orders_;
    HeldRows held_;
    std::size_t rows_ = 0;
    bool stopped_ = false;
};

/// Of the number as RowValues::text() gives it.
std::uint64_t CsvOrders::key_of(const CsvRecord& record) const {
    const std::string_view value = columns_.value(record, form_.number);
    if (value.find_first_of("\n\r\t") == std::string_view::npos) return RunIndex::hash(value);
    return RunIndex::hash(RowValues(record, columns_).text(form_.number));
}

Result<void> CsvOrders::find_scattered() {
    auto stream = CsvStream::open(source_, encoding_);
    if (!stream) return stream.error();
    CsvRecord record;
    if (auto header = read_header(*stream, record); !header) return header;
    auto columns = ColumnMap::match(record.fields, form_.columns);
    if (!columns) return columns.error();
    columns_ = std::move(*columns);
    dialect_ = stream->dialect();
    for (;;) {
        auto any = stream->next(record);
        if (!any) return any.error();
        if (!*any) break;
        if (auto added = runs_.add(key_of(record)); !added) return added;
    }
    if (form_.names_unknown_columns && !columns_.unknown().empty()) {
        sink_.remark(fmt::format("columns not used: {}", fmt::join(columns_.unknown(), ", ")));
    }
    return runs_.finish();
}

Result<void> CsvOrders::hand_on() {
    auto stream = CsvStream::open(source_, encoding_);
    if (!stream) return stream.error();
    CsvRecord record;
    if (auto header = read_header(*stream, record); !header) return header;
    std::uint64_t last = 0;
    while (!stopped_) {
        auto any = stream->next(record);
        if (!any) return any.error();
        if (!*any) break;
        ++rows_;
        const std::uint64_t key = key_of(record);
        if (runs_.is_repeated(key)) {
            if (auto kept = held_.add(key, record.line, record.text); !kept) return kept;
            continue;
        }
        if (key != last) settle();
        last = key;
        form_.take_row(record, columns_, orders_);
    }
    settle();
    return {};
}

Result<void> CsvOrders::hand_held_on() {
    CsvDialect dialect = dialect_;
    dialect.body = 0;
    CsvRecord record;
    const auto row = [&](std::size_t line, std::string_view text) {
        if (stopped_) return;
        dialect.first_line = line;
        CsvReader reader(text, dialect);
        if (!reader.next(record)) return;
        if (encoding_ == TextEncoding::DamagedUtf8) check_utf8(record);
        form_.take_row(record, columns_, orders_);
    };
    return held_.visit(row, [&]() -> Result<void> {
        settle();
        return {};
    });
}

/// Hands on what was gathered: whole orders.
void CsvOrders::settle() {
    if (orders_.empty() || stopped_) return;
    orders_.finish();
    for (RejectedRow& row : orders_.rejected()) sink_.refuse(std::move(row));
    for (CollectedOrder& collected : orders_.orders()) {
        if (collected.bad_line != 0) {
            sink_.count_refused_order();
            continue;
        }
        if (form_.settle) form_.settle(collected.order);
        if (!sink_.take(std::move(collected.order), collected.rows.front())) {
            stopped_ = true;
            return;
        }
    }
    orders_.clear();
}

}  // namespace

Result<std::size_t> read_csv_orders(ByteSource& source, TextEncoding encoding, const CsvForm& form,
                                    OrderSink& sink) {
    return CsvOrders(source, encoding, form, sink).read();
}

Result<std::vector<std::string>> read_csv_header(ByteSource& source, TextEncoding encoding) {
    auto stream = CsvStream::open(source, encoding);
    if (!stream) return stream.error();
    CsvRecord record;
    if (auto header = read_header(*stream, record); !header) return header.error();
    return std::vector<std::string>(record.fields.begin(), record.fields.end());
}

}  // namespace verso::records
