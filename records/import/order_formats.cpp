// SPDX-License-Identifier: Apache-2.0
#include "records/import/order_formats.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "records/import/csv_orders.h"
#include "records/import/json_orders.h"
#include "records/import/neutral_csv.h"
#include "records/import/prestashop_xml.h"
#include "records/import/shopify_csv.h"
#include "records/import/status_csv.h"
#include "records/import/text_source.h"
#include "records/import/woocommerce_csv.h"

namespace verso::records {

namespace {

Result<ImportFormat> detect(std::span<const std::string_view> header) {
    if (is_neutral_header(header)) return ImportFormat::NeutralCsv;
    if (is_shopify_header(header)) return ImportFormat::ShopifyCsv;
    if (is_woocommerce_header(header)) return ImportFormat::WooCommerceCsv;
    const ImportFormat list = status_csv_format(header);
    if (list != ImportFormat::Auto) return list;
    return Error{
        ErrorCode::FormatInvalid,
        fmt::format("this is no order export that we know: a verso-csv has the columns "
                    "order and placed_at, a Shopify export has Name and Financial "
                    "Status; found: {}",
                    fmt::join(header.first(std::min<std::size_t>(header.size(), 60)), ", ")),
        "", "verso orders map FILE proposes which of its columns is what"};
}

const CsvForm& form_of(ImportFormat format) {
    static const CsvForm neutral = neutral_csv_form(), shopify = shopify_csv_form(),
                         woocommerce = woocommerce_csv_form();
    if (format == ImportFormat::WooCommerceCsv) return woocommerce;
    return format == ImportFormat::ShopifyCsv ? shopify : neutral;
}

/// The mapping for a file with this header; null when there is none.
const CsvMapping* mapping_for(const ReadOptions& options,
                              std::span<const std::string_view> header) {
    for (const CsvMapping& mapping : options.mappings) {
        if (options.format == ImportFormat::MappedCsv || fits(mapping, header)) return &mapping;
    }
    return nullptr;
}

Result<ReadOrders> read_mapped(ByteSource& source, TextEncoding encoding, const CsvMapping& mapping,
                               std::span<const std::string_view> header, OrderSink& sink) {
    auto form = mapped_csv_form(mapping, header);
    if (!form) return form.error();
    auto rows = read_csv_orders(source, encoding, *form, sink);
    if (!rows) return rows.error();
    sink.remark(fmt::format("read by the mapping {}", mapping.name));
    return ReadOrders{ImportFormat::MappedCsv, *rows};
}

Result<ReadOrders> read_csv(ByteSource& source, TextEncoding encoding, const ReadOptions& options,
                            OrderSink& sink) {
    ImportFormat format = options.format;
    if (format == ImportFormat::Auto || format == ImportFormat::MappedCsv) {
        auto values = read_csv_header(source, encoding);
        if (!values) return values.error();
        const std::vector<std::string_view> header(values->begin(), values->end());
        const CsvMapping* const mapping = mapping_for(options, header);
        auto found = format == ImportFormat::Auto ? detect(header)
                                                  : Result<ImportFormat>(ImportFormat::MappedCsv);
        if (mapping != nullptr && (!found || *found == ImportFormat::MappedCsv)) {
            return read_mapped(source, encoding, *mapping, header, sink);
        }
        if (!found) return found.error();
        if (*found == ImportFormat::MappedCsv) {
            return Error{ErrorCode::Usage, "which mapping is not said", "", "name it with --map"};
        }
        format = *found;
    }
    if (format == ImportFormat::PrestashopCsv || format == ImportFormat::MagentoCsv) {
        auto updates = read_status_csv(source, encoding, format, sink);
        if (!updates) return updates.error();
        return ReadOrders{format, *updates};
    }
    auto rows = read_csv_orders(source, encoding, form_of(format), sink);
    if (!rows) return rows.error();
    return ReadOrders{format, *rows};
}

bool is_json_format(ImportFormat format) {
    return format == ImportFormat::NeutralJson || format == ImportFormat::ShopifyJson ||
           format == ImportFormat::WooCommerceJson || format == ImportFormat::MagentoJson;
}

/// The first byte that is no blank; 0 when there is none.
Result<char> first_mark(ByteSource& source, TextEncoding encoding) {
    auto text = TextSource::open(source, encoding);
    if (!text) return text.error();
    std::string piece;
    for (;;) {
        piece.clear();
        auto any = text->append_to(piece, 4096);
        if (!any) return any.error();
        if (!*any) return '\0';
        const auto found = piece.find_first_not_of(" \t\r\n");
        if (found != piece.npos) return piece[found];
    }
}

Result<ReadOrders> read_json(ByteSource& source, TextEncoding encoding, ImportFormat format,
                             OrderSink& sink) {
    auto shape = find_json_shape(source, encoding);
    if (!shape) return shape.error();
    if (format != ImportFormat::Auto && shape->format != ImportFormat::Auto &&
        shape->format != format) {
        return Error{
            ErrorCode::FormatInvalid,
            fmt::format("the file is {} and not {}", to_string(shape->format), to_string(format)),
            "", "let --format be auto"};
    }
    auto orders = read_json_orders(source, encoding, *shape, sink);
    if (!orders) return orders.error();
    if (*orders == 0) sink.remark("there are no orders in it");
    return ReadOrders{shape->format, *orders};
}

Result<ReadOrders> read_prestashop(ByteSource& source, const PrestashopContext* given,
                                   OrderSink& sink) {
    PrestashopContext own;
    if (given == nullptr) {
        if (auto known = gather_prestashop(source, own); !known) return known.error();
        own.finish();
        given = &own;
    }
    auto orders = read_prestashop_orders(source, *given, sink);
    if (!orders) return orders.error();
    return ReadOrders{ImportFormat::PrestashopXml, *orders};
}

}  // namespace

Result<ReadOrders> read_orders(ByteSource& source, const ReadOptions& options, OrderSink& sink) {
    const ImportFormat format = options.format;
    auto xml = is_xml(source);
    if (!xml) return xml.error();
    if (format == ImportFormat::PrestashopXml || (*xml && format == ImportFormat::Auto)) {
        return read_prestashop(source, options.prestashop, sink);
    }
    auto encoding = find_encoding(source);
    if (!encoding) return encoding.error();
    auto first = first_mark(source, *encoding);
    if (!first) return first.error();
    if (*encoding == TextEncoding::Windows1252) {
        sink.remark(
            "the file is not UTF-8; it was read as Windows-1252: look at the accents of one order");
    }
    const bool is_json = *first == '{' || *first == '[';
    if (is_json && (format == ImportFormat::Auto || is_json_format(format))) {
        return read_json(source, *encoding, format, sink);
    }
    if (is_json_format(format)) {
        return Error{ErrorCode::FormatInvalid, "the file is no JSON", "",
                     "let --format be auto, or export the orders again"};
    }
    return read_csv(source, *encoding, options, sink);
}

}  // namespace verso::records
