// SPDX-License-Identifier: Apache-2.0
#include "records/import/woocommerce_csv.h"

#include <fmt/format.h>

#include <array>
#include <map>

#include "records/import/html_text.h"
#include "records/import/json_fields.h"
#include "records/import/platform_words.h"

namespace verso::records {

namespace {

struct Column {
    enum : std::size_t {
        Number,
        Id,
        Date,
        OrderDate,
        PaidDate,
        Status,
        Shipping,
        ShippingTax,
        Total,
        Currency,
        Method,
        Email,
        BillEmail,
        BillPhone,
        Note,
        ShipFirst,
        ShipLast,
        ShipCompany,
        ShipLine1,
        ShipLine2,
        ShipPostcode,
        ShipCity,
        ShipState,
        ShipCountry,
        BillFirst,
        BillLast,
        BillCompany,
        BillLine1,
        BillLine2,
        BillPostcode,
        BillCity,
        BillState,
        BillCountry,
        Items,
        Count
    };
};
constexpr std::size_t kToBilling = Column::BillFirst - Column::ShipFirst;
constexpr std::size_t kItemColumns = 200;
constexpr int kMostPieces = 100'000;

constexpr std::array<std::string_view, Column::Count> kNames{
    "order_number",        "order_id",           "date",
    "order_date",          "paid_date",          "status",
    "shipping_total",      "shipping_tax_total", "order_total",
    "order_currency",      "shipping_method",    "customer_email",
    "billing_email",       "billing_phone",      "customer_note",
    "shipping_first_name", "shipping_last_name", "shipping_company",
    "shipping_address_1",  "shipping_address_2", "shipping_postcode",
    "shipping_city",       "shipping_state",     "shipping_country",
    "billing_first_name",  "billing_last_name",  "billing_company",
    "billing_address_1",   "billing_address_2",  "billing_postcode",
    "billing_city",        "billing_state",      "billing_country",
    "line_items"};

/// The columns by name, and line_item_1 to line_item_200 behind them.
std::span<const KnownColumn> known_columns() {
    static const auto names = [] {
        std::vector<std::string> out;
        for (std::size_t i = 1; i <= kItemColumns; ++i) {
            out.push_back(fmt::format("line_item_{}", i));
        }
        return out;
    }();
    static const auto columns = [] {
        std::vector<KnownColumn> out;
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            const bool required = i == Column::Number || i == Column::Status || i == Column::Total;
            out.push_back({kNames.at(i), required});
        }
        for (const auto& name : names) out.push_back({name, false});
        return out;
    }();
    return columns;
}

Money amount(RowValues& row, std::size_t column, bool may_be_empty) {
    const std::string_view text = row.raw(column);
    if (text.empty() && may_be_empty) return {};
    auto money = parse_long_money(text);
    if (money) return *money;
    row.refuse(column, money.error().message);
    return {};
}

Address address_of(RowValues& row) {
    const std::size_t side = row.raw(Column::ShipCountry).empty() ? kToBilling : 0;
    const auto text = [&](std::size_t column) { return row.text(column + side); };
    const std::string first = text(Column::ShipFirst), last = text(Column::ShipLast);
    Address to{first.empty() || last.empty() ? first + last : first + " " + last,
               text(Column::ShipCompany),
               text(Column::ShipLine1),
               text(Column::ShipLine2),
               text(Column::ShipPostcode),
               text(Column::ShipCity),
               text(Column::ShipState),
               ""};
    to.country = row.code(Column::ShipCountry + side, 2);
    return to;
}

ZonedTime time_at(RowValues& row, std::size_t column) {
    auto time = parse_suite_time(row.raw(column));
    if (time) return *time;
    row.refuse(column, time.error().message);
    return {};
}

void take_facts(RowValues& row, Order& order) {
    order.external_id = row.text(Column::Id);
    const std::size_t date = row.raw(Column::OrderDate).empty() ? Column::Date : Column::OrderDate;
    order.placed_at = time_at(row, date);
    if (!row.raw(Column::PaidDate).empty()) order.paid_at = time_at(row, Column::PaidDate);
    const auto status = status_from_woocommerce(row.raw(Column::Status));
    if (status) {
        order.status = status->status;
        order.payment = status->payment;
    } else {
        row.refuse(Column::Status, status.error().message + "; " + status.error().cure);
    }
    if (!row.raw(Column::Currency).empty()) order.currency = row.code(Column::Currency, 3);
    order.email = row.text(Column::Email);
    if (order.email.empty()) order.email = row.text(Column::BillEmail);
    order.phone = row.text(Column::BillPhone);
    order.ship_to = address_of(row);
    order.shipping = {amount(row, Column::Shipping, true).minor +
                      amount(row, Column::ShippingTax, true).minor};
    order.total = amount(row, Column::Total, false);
    order.note = row.long_text(Column::Note);
    order.parcels = {{1, "", row.text(Column::Method), ""}};
}

std::vector<std::string_view> split(std::string_view text, char mark) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = text.find(mark);
        parts.push_back(text.substr(0, end));
        text = end == text.npos ? std::string_view{} : text.substr(end + 1);
    }
    return parts;
}

/// "name:Tea|quantity:2|total:9.80" by key; "T-1|2|9.80" as sku, quantity and total.
std::map<std::string_view, std::string_view> fields_of(std::string_view item) {
    std::map<std::string_view, std::string_view> fields;
    const auto parts = split(item, '|');
    for (std::string_view part : parts) {
        const auto colon = part.find(':');
        if (colon != part.npos) fields.emplace(part.substr(0, colon), part.substr(colon + 1));
    }
    if (!fields.contains("quantity") && parts.size() >= 3) {
        fields = {{"sku", parts[0]}, {"quantity", parts[1]}, {"total", parts[2]}};
    }
    return fields;
}

void take_item(RowValues& row, std::size_t column, std::string_view item, Order& order) {
    auto fields = fields_of(item);
    // The item's values are read as those of a document, so that the same rules hold.
    JsonValue object;
    object.kind = JsonValue::Kind::Object;
    for (const auto& [key, value] : fields) {
        object.members.emplace_back(key, JsonValue{JsonValue::Kind::Text, std::string(value)});
    }
    std::optional<JsonFault> fault;
    JsonFields values(object, "", fault);
    OrderLine line;
    line.line = static_cast<int>(order.lines.size()) + 1;
    line.sku = values.text("sku");
    line.title = plain_text(values.text("name"));
    if (line.title.empty()) line.title = line.sku;
    line.product_id = values.text("product_id");
    line.quantity = values.whole("quantity", 1, kMostPieces);
    line.line_total = {values.money("total").minor + values.money("total_tax", Money{0}).minor};
    line.unit_price = {line.line_total.minor / line.quantity};
    if (line.title.empty()) values.refuse("name", "the title is empty");
    if (fault) row.refuse(column, fmt::format("{} in {}", fault->reason, shown_value(item)));
    order.lines.push_back(std::move(line));
}

void take_items(RowValues& row, Order& order) {
    for (std::size_t column = Column::Items; column < Column::Count + kItemColumns; ++column) {
        if (column == Column::Items) {
            for (std::string_view item : split(row.raw(column), ';')) {
                if (item.find('|') != item.npos) take_item(row, column, item, order);
            }
        } else if (!row.raw(column).empty()) {
            take_item(row, column, row.raw(column), order);
        }
    }
    if (order.lines.empty()) row.refuse(Column::Items, "the order has no lines");
}

void take_woocommerce_row(const CsvRecord& record, const ColumnMap& columns,
                          OrderCollector& orders) {
    RowValues row(record, columns);
    CollectedOrder* const collected = orders.take_row(row, Column::Number);
    if (collected == nullptr) return;
    if (!row.fault() && collected->facts_line != 0) {
        row.refuse(Column::Number,
                   fmt::format("the order stands in line {} already", collected->facts_line));
    }
    if (!row.fault()) {
        take_facts(row, collected->order);
        take_items(row, collected->order);
        collected->facts_line = row.line();
    }
    orders.settle_row(*collected, row);
}

}  // namespace

CsvForm woocommerce_csv_form() {
    return {ImportFormat::WooCommerceCsv,
            known_columns(),
            Column::Number,
            take_woocommerce_row,
            {},
            false};
}

bool is_woocommerce_header(std::span<const std::string_view> header) {
    return has_column(header, "order_number") && has_column(header, "order_total") &&
           (has_column(header, "line_items") || has_column(header, "line_item_1"));
}

Result<ZonedTime> parse_suite_time(std::string_view text) {
    if (text.size() < 10 || text.size() > 40 || text[2] != '/' || text[5] != '/') {
        return parse_export_time(text);
    }
    const std::string iso =
        fmt::format("{}-{}-{} {}", text.substr(6, 4), text.substr(0, 2), text.substr(3, 2),
                    text.size() > 11 ? text.substr(11) : "00:00:00");
    auto time = parse_time(iso);
    if (time) return time;
    return Error{
        ErrorCode::ValueInvalid,
        fmt::format("{} is not a time like 10/05/2026 14:02:00, month first", shown_value(text)),
        "", ""};
}

}  // namespace verso::records
