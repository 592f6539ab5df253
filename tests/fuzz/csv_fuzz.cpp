// SPDX-License-Identifier: Apache-2.0
// Any bytes as an order export, as far as the rows of orders: no store is involved.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "records/import/csv_dialect.h"
#include "records/import/csv_reader.h"
#include "records/import/neutral_csv.h"
#include "records/import/order_collector.h"
#include "records/import/shopify_csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verso::records;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    auto text = CsvText::decode(bytes);
    if (!text) return 0;
    CsvReader reader(text->text(), sniff_dialect(text->text()));
    CsvRecord record;
    if (!reader.next(record)) return 0;
    const bool shopify = is_shopify_header(record.fields);
    auto columns = ColumnMap::match(record.fields, shopify ? shopify_columns() : neutral_columns());
    if (!columns) return 0;
    OrderCollector orders;
    while (reader.next(record)) {
        (shopify ? take_shopify_row : take_neutral_row)(record, *columns, orders);
    }
    orders.finish();
    for (CollectedOrder& collected : orders.orders()) {
        if (shopify && collected.bad_line == 0) settle_shopify_parcels(collected.order);
    }
    return orders.rejected().size() > size ? 1 : 0;
}
