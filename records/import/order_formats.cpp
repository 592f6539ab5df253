// SPDX-License-Identifier: Apache-2.0
#include "records/import/order_formats.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "records/import/csv_orders.h"
#include "records/import/neutral_csv.h"
#include "records/import/shopify_csv.h"
#include "records/import/text_source.h"

namespace verso::records {

namespace {

Result<ImportFormat> detect(std::span<const std::string_view> header) {
    if (is_neutral_header(header)) return ImportFormat::NeutralCsv;
    if (is_shopify_header(header)) return ImportFormat::ShopifyCsv;
    return Error{
        ErrorCode::FormatInvalid,
        fmt::format("this is no order export that we know: a verso-csv has the columns "
                    "order and placed_at, a Shopify export has Name and Financial "
                    "Status; found: {}",
                    fmt::join(header.first(std::min<std::size_t>(header.size(), 60)), ", ")),
        "", "see docs/formats/neutral-csv.md"};
}

const CsvForm& form_of(ImportFormat format) {
    static const CsvForm neutral = neutral_csv_form(), shopify = shopify_csv_form();
    return format == ImportFormat::ShopifyCsv ? shopify : neutral;
}

Result<ReadOrders> read_csv(ByteSource& source, ImportFormat format, OrderSink& sink) {
    auto encoding = find_encoding(source);
    if (!encoding) return encoding.error();
    if (format == ImportFormat::Auto) {
        auto header = read_csv_header(source, *encoding);
        if (!header) return header.error();
        const std::vector<std::string_view> fields(header->begin(), header->end());
        auto found = detect(fields);
        if (!found) return found.error();
        format = *found;
    }
    auto rows = read_csv_orders(source, *encoding, form_of(format), sink);
    if (!rows) return rows.error();
    if (*encoding == TextEncoding::Windows1252) {
        sink.remark(
            "the file is not UTF-8; it was read as Windows-1252: look at the accents of one order");
    }
    return ReadOrders{format, *rows};
}

}  // namespace

Result<ReadOrders> read_orders(ByteSource& source, ImportFormat format, OrderSink& sink) {
    return read_csv(source, format, sink);
}

}  // namespace verso::records
