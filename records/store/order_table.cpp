// SPDX-License-Identifier: Apache-2.0
#include "records/store/order_table.h"

#include "records/store/statements.h"

namespace verso::records {

namespace {

std::string time_text(const std::optional<ZonedTime>& time) {
    return time ? format_time(*time) : std::string{};
}

}  // namespace

OrderTable::OrderTable(soci::session& session)
    : find_head_(session, sql::kOrderHead),
      insert_head_(session, sql::kInsertOrder),
      update_head_(session, sql::kUpdateOrder),
      insert_revision_(session, sql::kInsertRevision),
      insert_parcel_(session, sql::kInsertParcel),
      insert_line_(session, sql::kInsertLine),
      select_revision_(session, sql::kSelectRevision),
      select_parcels_(session, sql::kSelectParcels),
      select_lines_(session, sql::kSelectLines) {
    Key& k = key_;
    RevisionRow& r = row_;
    OrderLine& l = line_;
    find_head_.in(k.shop, k.number).out(k.id, k.revision, k.fingerprint);
    insert_head_.in(k.shop, k.number, k.revision, k.fingerprint, k.placed).out(k.id);
    update_head_.in(k.revision, k.fingerprint, k.placed, k.id, k.shop);
    insert_revision_.in(k.id, k.revision, r.saved_at, r.placed_at, r.status, r.payment, r.paid_at,
                        r.cancelled_at, r.currency, r.language, r.email, r.phone, r.name, r.company,
                        r.line1, r.line2, r.postcode, r.city, r.region, r.country, r.promised_on,
                        r.shipping, r.total, r.note);
    insert_parcel_.in(k.id, k.revision, parcel_.number, parcel_.carrier, parcel_.service,
                      parcel_.tracking);
    insert_line_.in(k.id, k.revision, l.line, l.sku, l.ean, l.title, l.variant, l.bin, l.quantity,
                    unit_price_, line_total_, l.parcel);
    select_revision_.in(k.id, k.revision)
        .out(r.placed_at, r.status, r.payment, r.paid_at, r.cancelled_at, r.currency, r.language,
             r.email, r.phone, r.name, r.company, r.line1, r.line2, r.postcode, r.city, r.region,
             r.country, r.promised_on, r.shipping, r.total, r.note);
    select_parcels_.in(k.id, k.revision)
        .out(parcel_.number, parcel_.carrier, parcel_.service, parcel_.tracking);
    select_lines_.in(k.id, k.revision)
        .out(l.line, l.sku, l.ean, l.title, l.variant, l.bin, l.quantity, unit_price_, line_total_,
             l.parcel);
}

std::optional<OrderHead> OrderTable::find_head(long long shop, const std::string& number) {
    key_.shop = shop;
    key_.number = number;
    if (!find_head_.run()) return std::nullopt;
    return OrderHead{key_.id, key_.revision, key_.fingerprint};
}

long long OrderTable::insert_head(long long shop, const Order& order, int revision,
                                  const std::string& fingerprint) {
    key_ = {shop,        0,
            revision,    order.number.get(),
            fingerprint, order.placed_at.utc.time_since_epoch().count()};
    insert_head_.run();
    return key_.id;
}

void OrderTable::update_head(long long shop, long long id, const Order& order, int revision,
                             const std::string& fingerprint) {
    key_ = {shop,        id,
            revision,    order.number.get(),
            fingerprint, order.placed_at.utc.time_since_epoch().count()};
    update_head_.run();
}

void OrderTable::insert_revision(long long id, const Order& order, int revision, Instant at) {
    key_.id = id;
    key_.revision = revision;
    const Address& to = order.ship_to;
    row_.saved_at = at.time_since_epoch().count();
    row_.placed_at = format_time(order.placed_at);
    row_.status = to_string(order.status);
    row_.payment = to_string(order.payment);
    row_.paid_at = time_text(order.paid_at);
    row_.cancelled_at = time_text(order.cancelled_at);
    row_.currency = order.currency;
    row_.language = order.language;
    row_.email = order.email;
    row_.phone = order.phone;
    row_.name = to.name;
    row_.company = to.company;
    row_.line1 = to.line1;
    row_.line2 = to.line2;
    row_.postcode = to.postcode;
    row_.city = to.city;
    row_.region = to.region;
    row_.country = to.country;
    row_.promised_on = order.promised_on ? format_day(*order.promised_on) : std::string{};
    row_.shipping = order.shipping.minor;
    row_.total = order.total.minor;
    row_.note = order.note;
    insert_revision_.run();
}

void OrderTable::insert_parcel(const Parcel& parcel) {
    parcel_ = parcel;
    insert_parcel_.run();
}

void OrderTable::insert_line(const OrderLine& line) {
    line_ = line;
    unit_price_ = line.unit_price.minor;
    line_total_ = line.line_total.minor;
    insert_line_.run();
}

Result<std::optional<Order>> OrderTable::select(long long id, const std::string& number,
                                                int revision) {
    key_.id = id;
    key_.revision = revision;
    if (!select_revision_.run()) return std::optional<Order>{};
    auto order = order_from_row(number);
    if (!order) return order.error();
    order->revision = revision;
    select_parcels(*order);
    select_lines(*order);
    return std::optional<Order>{std::move(*order)};
}

Result<Order> OrderTable::order_from_row(const std::string& number) const {
    const auto& r = row_;
    const auto placed = parse_time(r.placed_at);
    const auto status = parse_order_status(r.status);
    const auto payment = parse_payment_status(r.payment);
    if (!placed) return placed.error().at(number);
    if (!status) return status.error().at(number);
    if (!payment) return payment.error().at(number);
    Order order;
    order.number = OrderNumber{number};
    order.placed_at = *placed;
    order.status = *status;
    order.payment = *payment;
    if (auto time = parse_time(r.paid_at)) order.paid_at = *time;
    if (auto time = parse_time(r.cancelled_at)) order.cancelled_at = *time;
    if (auto day = parse_day(r.promised_on)) order.promised_on = *day;
    order.currency = r.currency;
    order.language = r.language;
    order.email = r.email;
    order.phone = r.phone;
    order.ship_to = {r.name, r.company, r.line1, r.line2, r.postcode, r.city, r.region, r.country};
    order.shipping = {r.shipping};
    order.total = {r.total};
    order.note = r.note;
    return order;
}

void OrderTable::select_parcels(Order& order) {
    for (bool more = select_parcels_.first(); more; more = select_parcels_.next()) {
        order.parcels.push_back(parcel_);
    }
}

void OrderTable::select_lines(Order& order) {
    for (bool more = select_lines_.first(); more; more = select_lines_.next()) {
        order.lines.push_back(line_);
        order.lines.back().unit_price = {unit_price_};
        order.lines.back().line_total = {line_total_};
    }
}

}  // namespace verso::records
