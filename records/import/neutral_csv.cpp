// SPDX-License-Identifier: Apache-2.0
#include "records/import/neutral_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace verso::records {

namespace {

// Number comes first, then the facts of the order, then those of the parcel and of the line.
struct Column {
    enum : std::size_t {
        Number,
        Revision,
        PlacedAt,
        Status,
        Payment,
        PaidAt,
        CancelledAt,
        Currency,
        Language,
        Email,
        Phone,
        Name,
        Company,
        Line1,
        Line2,
        Postcode,
        City,
        Region,
        Country,
        PromisedOn,
        Shipping,
        Total,
        Note,
        ExternalId,
        Insider,
        Carrier,
        Service,
        Parcel,
        Tracking,
        Line,
        Sku,
        Ean,
        Title,
        Variant,
        Quantity,
        UnitPrice,
        LineTotal,
        Bin,
        ProductId,
        Backordered,
        Count
    };
};
constexpr std::size_t kFirstFact = Column::Revision, kLastFact = Column::Insider;

constexpr std::array<KnownColumn, Column::Count> kKnown{{
    {"order", true},
    {"revision"},
    {"placed_at", true},
    {"status", true},
    {"payment", true},
    {"paid_at"},
    {"cancelled_at"},
    {"currency", true},
    {"language"},
    {"email"},
    {"phone"},
    {"name", true},
    {"company"},
    {"line1", true},
    {"line2"},
    {"postcode", true},
    {"city", true},
    {"region"},
    {"country", true},
    {"promised_on"},
    {"shipping"},
    {"total", true},
    {"note"},
    {"external_id"},
    {"insider"},
    {"carrier"},
    {"service"},
    {"parcel"},
    {"tracking"},
    {"line", true},
    {"sku"},
    {"ean"},
    {"title", true},
    {"variant"},
    {"quantity", true},
    {"unit_price", true},
    {"line_total"},
    {"bin"},
    {"product_id"},
    {"backordered"},
}};

constexpr int kMostParcels = 99, kMostPieces = 100'000, kMostLines = 100'000;
constexpr char kBetween = '\x1f';  // no accepted row holds it: control characters are refused

std::string facts_of(const RowValues& row) {
    std::string facts;
    for (std::size_t column = kFirstFact; column <= kLastFact; ++column) {
        facts += row.raw(column);
        facts += kBetween;
    }
    return facts;
}

/// The first column in which a row's facts are not those that the order has.
std::optional<std::size_t> first_difference(const RowValues& row, std::string_view facts) {
    for (std::size_t column = kFirstFact; column <= kLastFact; ++column) {
        const std::string_view value = row.raw(column);
        if (!facts.starts_with(value) || facts[value.size()] != kBetween) return column;
        facts.remove_prefix(value.size() + 1);
    }
    return std::nullopt;
}

/// Whether any fact of the order stands on the row.
bool has_facts(const RowValues& row) {
    for (std::size_t column = kFirstFact; column <= kLastFact; ++column) {
        if (!row.raw(column).empty()) return true;
    }
    return false;
}

template <class Value>
Value named(RowValues& row, std::size_t column, Result<Value> (*parse)(std::string_view)) {
    auto value = parse(row.raw(column));
    if (value) return *value;
    row.refuse(column, fmt::format("{}; {}", value.error().message, value.error().cure));
    return Value{};
}

/// Empty is no.
bool flag(RowValues& row, std::size_t column) {
    const std::string_view value = row.raw(column);
    if (value == "true" || value == "1" || value == "yes") return true;
    if (!value.empty() && value != "false" && value != "0" && value != "no") {
        row.refuse(column, fmt::format("'{}' is neither true nor false", value.substr(0, 20)));
    }
    return false;
}

void take_facts(RowValues& row, Order& order) {
    order.revision = row.whole(Column::Revision, 1, 1'000'000, 1);
    order.placed_at = row.time(Column::PlacedAt);
    order.status = named(row, Column::Status, parse_order_status);
    order.payment = named(row, Column::Payment, parse_payment_status);
    order.paid_at = row.time_if_any(Column::PaidAt);
    order.cancelled_at = row.time_if_any(Column::CancelledAt);
    order.currency = row.code(Column::Currency, 3);
    order.language = row.language(Column::Language);
    order.email = row.text(Column::Email);
    order.phone = row.text(Column::Phone);
    order.ship_to = {row.text(Column::Name),     row.text(Column::Company),
                     row.text(Column::Line1),    row.text(Column::Line2),
                     row.text(Column::Postcode), row.text(Column::City),
                     row.text(Column::Region),   ""};
    order.ship_to.country = row.code(Column::Country, 2);
    order.promised_on = row.day_if_any(Column::PromisedOn);
    order.shipping = row.money(Column::Shipping, Money{0});
    order.total = row.money(Column::Total);
    order.note = row.long_text(Column::Note);
    order.external_id = row.text(Column::ExternalId);
    order.insider = flag(row, Column::Insider);
}

void take_parcel(RowValues& row, Order& order) {
    const Parcel parcel{row.whole(Column::Parcel, 1, kMostParcels, 1), row.text(Column::Carrier),
                        row.text(Column::Service), row.text(Column::Tracking)};
    const auto known =
        std::find_if(order.parcels.begin(), order.parcels.end(),
                     [&](const Parcel& other) { return other.number == parcel.number; });
    if (known == order.parcels.end()) {
        order.parcels.push_back(parcel);
    } else if (*known != parcel) {
        row.refuse(Column::Parcel,
                   fmt::format("parcel {} has another carrier, service or tracking in "
                               "another row",
                               parcel.number));
    }
}

void take_line(RowValues& row, Order& order) {
    OrderLine line;
    line.line = row.whole(Column::Line, 1, kMostLines, static_cast<int>(order.lines.size()) + 1);
    line.sku = row.text(Column::Sku);
    line.ean = row.text(Column::Ean);
    line.title = row.text(Column::Title);
    line.variant = row.text(Column::Variant);
    line.bin = row.text(Column::Bin);
    line.quantity = row.whole(Column::Quantity, 1, kMostPieces);
    line.unit_price = row.money(Column::UnitPrice);
    line.line_total = row.money(Column::LineTotal, Money{0});
    if (row.raw(Column::LineTotal).empty() && !row.fault()) {
        line.line_total = {line.unit_price.minor * line.quantity};
    }
    line.parcel = row.whole(Column::Parcel, 1, kMostParcels, 1);
    line.product_id = row.text(Column::ProductId);
    line.backordered = row.whole(Column::Backordered, 0, kMostPieces, 0);
    if (line.backordered > line.quantity && !row.fault()) {
        row.refuse(Column::Backordered, "more are backordered than ordered");
    }
    if (line.title.empty()) row.refuse(Column::Title, "the title is empty");
    order.lines.push_back(std::move(line));
}

}  // namespace

std::span<const KnownColumn> neutral_columns() { return kKnown; }

bool is_neutral_header(std::span<const std::string_view> header) {
    return has_column(header, "order") &&
           (has_column(header, "placed_at") || has_column(header, "unit_price"));
}

void take_neutral_row(const CsvRecord& record, const ColumnMap& columns, OrderCollector& orders) {
    RowValues row(record, columns);
    CollectedOrder* const taken = orders.take_row(row, Column::Number);
    if (taken == nullptr) return;
    CollectedOrder& collected = *taken;
    if (!row.fault()) {
        if (!has_facts(row)) {
            // The facts stand on another row of the order.
        } else if (collected.facts_line == 0) {
            take_facts(row, collected.order);
            collected.facts = facts_of(row);
            collected.facts_line = row.line();
        } else if (const auto column = first_difference(row, collected.facts)) {
            row.refuse(*column, fmt::format("the value is not that of the order's row in line {}",
                                            collected.facts_line));
        }
        take_parcel(row, collected.order);
        take_line(row, collected.order);
    }
    orders.settle_row(collected, row);
}

CsvForm neutral_csv_form() {
    return {ImportFormat::NeutralCsv, kKnown, Column::Number, take_neutral_row, {}, true};
}

}  // namespace verso::records
