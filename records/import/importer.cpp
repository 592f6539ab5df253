// SPDX-License-Identifier: Apache-2.0
#include "records/import/importer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>

#include "records/import/csv_dialect.h"
#include "records/import/csv_reader.h"
#include "records/import/neutral_csv.h"
#include "records/import/order_collector.h"
#include "records/import/shopify_csv.h"

namespace verso::records {

namespace {

constexpr std::uintmax_t kLargestFile = 1ULL << 30;

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

/// The orders of a file, before any of them is kept.
struct Parsed {
    OrderCollector orders;
    ImportReport report;
};

Result<Parsed> parse_rows(CsvReader& reader, ImportFormat wanted) {
    CsvRecord record;
    if (!reader.next(record)) {
        return Error{ErrorCode::FormatInvalid, "the file is empty", "", "export the orders again"};
    }
    if (!record.fault.empty()) {
        return Error{ErrorCode::FormatInvalid, fmt::format("in the header {}", record.fault), "",
                     "export the orders again"};
    }
    auto format =
        wanted == ImportFormat::Auto ? detect(record.fields) : Result<ImportFormat>(wanted);
    if (!format) return format.error();
    const bool neutral = *format == ImportFormat::NeutralCsv;
    auto columns = ColumnMap::match(record.fields, neutral ? neutral_columns() : shopify_columns());
    if (!columns) return columns.error();
    Parsed parsed;
    parsed.report.format = *format;
    while (reader.next(record)) {
        ++parsed.report.rows;
        (neutral ? take_neutral_row : take_shopify_row)(record, *columns, parsed.orders);
    }
    parsed.orders.finish();
    if (neutral && !columns->unknown().empty()) {
        parsed.report.remarks.push_back(
            fmt::format("columns not used: {}", fmt::join(columns->unknown(), ", ")));
    }
    return parsed;
}

void count(Saved saved, ImportReport& report) {
    switch (saved) {
        case Saved::New:
            ++report.orders_new;
            break;
        case Saved::Changed:
            ++report.orders_changed;
            break;
        case Saved::Unchanged:
            ++report.orders_unchanged;
            break;
    }
}

Result<void> keep(Store& store, ShopId shop, Parsed& parsed, Instant at) {
    auto transaction = store.begin();
    if (!transaction) return transaction.error();
    for (CollectedOrder& collected : parsed.orders.orders()) {
        if (collected.bad_line != 0) {
            ++parsed.report.orders_rejected;
            continue;
        }
        if (parsed.report.format == ImportFormat::ShopifyCsv) {
            settle_shopify_parcels(collected.order);
        }
        auto saved = store.save_order(shop, collected.order, at);
        if (!saved) return saved.error();
        count(*saved, parsed.report);
        parsed.report.lines += collected.order.lines.size();
    }
    return (*transaction)->commit();
}

Result<std::string> read_file(const std::filesystem::path& file) {
    std::error_code failure;
    const auto unreadable = [&](std::string_view why) {
        return Error{ErrorCode::FileUnreadable, std::string(why), file.string(),
                     "see that it is a file and that you may read it"};
    };
    if (!std::filesystem::exists(file, failure)) {
        return Error{ErrorCode::NotFound, "there is no such file", file.string(), ""};
    }
    const auto size = std::filesystem::file_size(file, failure);
    if (failure) return unreadable(failure.message());
    if (size > kLargestFile) {
        return Error{ErrorCode::LimitExceeded, "the file is larger than 1 GiB", file.string(),
                     "export the orders in parts"};
    }
    std::ifstream in(file, std::ios::binary);
    std::string bytes(size, '\0');
    if (!in.read(bytes.data(), static_cast<std::streamsize>(size))) {
        return unreadable("the file cannot be read");
    }
    return bytes;
}

}  // namespace

std::string_view to_string(ImportFormat format) {
    switch (format) {
        case ImportFormat::Auto:
            return "auto";
        case ImportFormat::NeutralCsv:
            return "verso-csv";
        case ImportFormat::ShopifyCsv:
            return "shopify-csv";
    }
    return "";
}

Result<ImportFormat> parse_import_format(std::string_view text) {
    for (auto format : {ImportFormat::Auto, ImportFormat::NeutralCsv, ImportFormat::ShopifyCsv}) {
        if (to_string(format) == text) return format;
    }
    return Error{ErrorCode::ValueInvalid, fmt::format("'{}' is not an import format", text), "",
                 "use one of auto, verso-csv, shopify-csv"};
}

Result<ImportReport> import_orders(Store& store, ShopId shop, std::string_view bytes,
                                   std::string_view name, ImportFormat format, const Clock& clock) {
    auto text = CsvText::decode(bytes);
    if (!text) return text.error().at(name);
    const CsvDialect dialect = sniff_dialect(text->text());
    CsvReader reader(text->text(), dialect);
    auto parsed = parse_rows(reader, format);
    if (!parsed) return parsed.error().at(name);
    if (text->was_windows_1252()) {
        parsed->report.remarks.emplace_back(
            "the file is not UTF-8; it was read as Windows-1252: look at the accents of one order");
    }
    if (auto kept = keep(store, shop, *parsed, clock.now()); !kept) return kept.error().at(name);
    parsed->report.rejected = parsed->orders.rejected();
    return std::move(parsed->report);
}

Result<ImportReport> import_order_file(Store& store, ShopId shop, const std::filesystem::path& file,
                                       ImportFormat format, const Clock& clock) {
    auto bytes = read_file(file);
    if (!bytes) return bytes.error();
    return import_orders(store, shop, *bytes, file.string(), format, clock);
}

}  // namespace verso::records
