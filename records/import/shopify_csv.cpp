// SPDX-License-Identifier: Apache-2.0
#include "records/import/shopify_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace verso::records {

namespace {

// Number and Email stand on every row, then the facts of the order, then those of the line.
struct Column {
    enum : std::size_t {
        Number,
        Email,
        Financial,
        PaidAt,
        Fulfillment,
        Currency,
        Shipping,
        Total,
        Method,
        CreatedAt,
        ShipName,
        ShipLine1,
        ShipLine2,
        ShipCompany,
        ShipCity,
        ShipZip,
        ShipProvince,
        ShipCountry,
        ShipPhone,
        ShipProvinceName,
        BillName,
        BillLine1,
        BillLine2,
        BillCompany,
        BillCity,
        BillZip,
        BillProvince,
        BillCountry,
        BillPhone,
        BillProvinceName,
        Phone,
        Notes,
        CancelledAt,
        Quantity,
        Title,
        Price,
        Sku,
        LineFulfillment,
        Discount,
        Count
    };
};
constexpr std::size_t kFirstFact = Column::Financial, kLastFact = Column::CancelledAt;
constexpr std::size_t kToBilling = Column::BillName - Column::ShipName;

constexpr std::array<KnownColumn, Column::Count> kKnown{{
    {"Name", true},
    {"Email"},
    {"Financial Status", true},
    {"Paid at"},
    {"Fulfillment Status", true},
    {"Currency", true},
    {"Shipping"},
    {"Total", true},
    {"Shipping Method"},
    {"Created at", true},
    {"Shipping Name", true},
    {"Shipping Address1", true},
    {"Shipping Address2"},
    {"Shipping Company"},
    {"Shipping City", true},
    {"Shipping Zip", true},
    {"Shipping Province"},
    {"Shipping Country", true},
    {"Shipping Phone"},
    {"Shipping Province Name"},
    {"Billing Name"},
    {"Billing Address1"},
    {"Billing Address2"},
    {"Billing Company"},
    {"Billing City"},
    {"Billing Zip"},
    {"Billing Province"},
    {"Billing Country"},
    {"Billing Phone"},
    {"Billing Province Name"},
    {"Phone"},
    {"Notes"},
    {"Cancelled at"},
    {"Lineitem quantity", true},
    {"Lineitem name", true},
    {"Lineitem price", true},
    {"Lineitem sku"},
    {"Lineitem fulfillment status"},
    {"Lineitem discount"},
}};

constexpr int kMostPieces = 100'000;

template <class Value>
struct Word {
    std::string_view shopify;
    Value ours;
};

constexpr std::array<Word<PaymentStatus>, 9> kPaymentWords{{
    {"paid", PaymentStatus::Paid},
    {"refunded", PaymentStatus::Refunded},
    {"partially_refunded", PaymentStatus::PartlyRefunded},
    {"pending", PaymentStatus::Unpaid},
    {"authorized", PaymentStatus::Unpaid},
    {"partially_paid", PaymentStatus::Unpaid},
    {"unpaid", PaymentStatus::Unpaid},
    {"expired", PaymentStatus::Unpaid},
    {"voided", PaymentStatus::Unpaid},
}};

constexpr std::array<Word<OrderStatus>, 9> kStatusWords{{
    {"", OrderStatus::Open},
    {"unfulfilled", OrderStatus::Open},
    {"pending", OrderStatus::Open},
    {"in_progress", OrderStatus::Open},
    {"partial", OrderStatus::PartlyShipped},
    {"fulfilled", OrderStatus::Shipped},
    {"on_hold", OrderStatus::OnHold},
    {"scheduled", OrderStatus::OnHold},
    {"restocked", OrderStatus::Cancelled},
}};

template <class Value, std::size_t N>
Result<Value> lookup(std::string_view word, const std::array<Word<Value>, N>& words,
                     std::string_view what) {
    std::string known;
    for (const auto& candidate : words) {
        if (candidate.shopify == word) return candidate.ours;
        if (candidate.shopify.empty()) continue;
        known += known.empty() ? "" : ", ";
        known += candidate.shopify;
    }
    return Error{ErrorCode::ValueInvalid, fmt::format("'{}' is no {}", word, what), "",
                 fmt::format("known are {}", known)};
}

template <class Value>
Value named(RowValues& row, std::size_t column, Result<Value> (*parse)(std::string_view)) {
    auto value = parse(row.raw(column));
    if (value) return *value;
    row.refuse(column, fmt::format("{}; {}", value.error().message, value.error().cure));
    return Value{};
}

std::string facts_of(const RowValues& row) {
    std::string facts;
    for (std::size_t column = kFirstFact; column <= kLastFact; ++column) {
        facts += row.raw(column);
        facts += '\x1f';
    }
    return facts;
}

/// Goods that are collected or sent by mail have no shipping address; the buyer's own stands in.
Address address_of(RowValues& row) {
    const std::size_t side = row.raw(Column::ShipCountry).empty() ? kToBilling : 0;
    const auto text = [&](std::size_t column) { return row.text(column + side); };
    Address to{text(Column::ShipName),         text(Column::ShipCompany),
               text(Column::ShipLine1),        text(Column::ShipLine2),
               text(Column::ShipZip),          text(Column::ShipCity),
               text(Column::ShipProvinceName), ""};
    if (to.region.empty()) to.region = text(Column::ShipProvince);
    if (row.raw(Column::ShipCountry + side).empty()) {
        row.refuse(Column::ShipCountry, "neither the shipping nor the billing country is given");
    } else {
        to.country = row.code(Column::ShipCountry + side, 2);
    }
    return to;
}

void take_facts(RowValues& row, Order& order) {
    order.placed_at = row.time(Column::CreatedAt);
    order.payment = named(row, Column::Financial, payment_from_shopify);
    order.status = named(row, Column::Fulfillment, status_from_shopify);
    order.paid_at = row.time_if_any(Column::PaidAt);
    order.cancelled_at = row.time_if_any(Column::CancelledAt);
    if (order.cancelled_at) order.status = OrderStatus::Cancelled;
    order.currency = row.code(Column::Currency, 3);
    order.email = row.text(Column::Email);
    order.phone = row.text(Column::ShipPhone);
    if (order.phone.empty()) order.phone = row.text(Column::Phone);
    if (order.phone.empty()) order.phone = row.text(Column::BillPhone);
    order.ship_to = address_of(row);
    order.shipping = row.money(Column::Shipping, Money{0});
    order.total = row.money(Column::Total);
    order.note = row.long_text(Column::Notes);
    order.parcels = {{1, "", row.text(Column::Method), ""}};
}

void take_line(RowValues& row, Order& order) {
    OrderLine line;
    line.line = static_cast<int>(order.lines.size()) + 1;
    line.sku = row.text(Column::Sku);
    line.title = row.text(Column::Title);
    line.quantity = row.whole(Column::Quantity, 1, kMostPieces);
    line.unit_price = row.money(Column::Price);
    line.line_total = {line.unit_price.minor * line.quantity -
                       row.money(Column::Discount, Money{0}).minor};
    // The parcel is settled once the whole order is known: continuation rows may come first.
    line.parcel = row.raw(Column::LineFulfillment) == "fulfilled" ? 1 : 2;
    if (line.title.empty()) row.refuse(Column::Title, "the title is empty");
    order.lines.push_back(std::move(line));
}

/// Continuation rows have none of these.
bool has_facts(const RowValues& row) {
    return !row.raw(Column::CreatedAt).empty() || !row.raw(Column::Financial).empty() ||
           !row.raw(Column::Total).empty();
}

}  // namespace

std::span<const KnownColumn> shopify_columns() { return kKnown; }

bool is_shopify_header(std::span<const std::string_view> header) {
    return has_column(header, "Name") &&
           (has_column(header, "Lineitem name") || has_column(header, "Financial Status"));
}

Result<PaymentStatus> payment_from_shopify(std::string_view financial_status) {
    return lookup(financial_status, kPaymentWords, "financial status of Shopify");
}

Result<OrderStatus> status_from_shopify(std::string_view fulfillment_status) {
    return lookup(fulfillment_status, kStatusWords, "fulfilment status of Shopify");
}

void take_shopify_row(const CsvRecord& record, const ColumnMap& columns, OrderCollector& orders) {
    RowValues row(record, columns);
    CollectedOrder* const taken = orders.take_row(row, Column::Number);
    if (taken == nullptr) return;
    CollectedOrder& collected = *taken;
    if (!row.fault()) {
        if (has_facts(row)) {
            std::string facts = facts_of(row);
            if (collected.facts_line == 0) {
                take_facts(row, collected.order);
                collected.facts = std::move(facts);
                collected.facts_line = row.line();
            } else if (facts != collected.facts) {
                row.refuse(Column::Number, fmt::format("the order has other facts in line {}",
                                                       collected.facts_line));
            }
        }
        take_line(row, collected.order);
    }
    orders.settle_row(collected, row);
}

void settle_shopify_parcels(Order& order) {
    const bool partly = order.status == OrderStatus::PartlyShipped;
    bool first = false, second = false;
    for (OrderLine& line : order.lines) {
        if (!partly) line.parcel = 1;
        (line.parcel == 1 ? first : second) = true;
    }
    if (!second || order.parcels.empty()) return;
    Parcel next = order.parcels.front();
    next.number = 2;
    if (!first) order.parcels.clear();
    order.parcels.push_back(std::move(next));
}

CsvForm shopify_csv_form() {
    return {ImportFormat::ShopifyCsv, kKnown, Column::Number, take_shopify_row,
            settle_shopify_parcels,   false};
}

}  // namespace verso::records
