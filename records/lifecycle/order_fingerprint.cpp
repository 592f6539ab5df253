// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/order_fingerprint.h"

#include <string_view>

#include "core/crypto/crypto.h"

namespace verso::records {

namespace {

/// Fields as name, length and bytes: no two different orders give the same text.
class Trace {
  public:
    void add(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        text_ += name;
        text_ += std::to_string(value.size());
        text_ += ':';
        text_ += value;
    }
    void add(std::string_view name, std::int64_t number) {
        if (number != 0) add(name, std::to_string(number));
    }
    void add(std::string_view name, const ZonedTime& time) {
        add(name, std::to_string(time.utc.time_since_epoch().count()) + '/' +
                      std::to_string(time.offset.count()));
    }
    void add(std::string_view name, const std::optional<ZonedTime>& time) {
        if (time) add(name, *time);
    }
    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

void add_address(Trace& trace, const Address& to) {
    trace.add("name", to.name);
    trace.add("company", to.company);
    trace.add("line1", to.line1);
    trace.add("line2", to.line2);
    trace.add("postcode", to.postcode);
    trace.add("city", to.city);
    trace.add("region", to.region);
    trace.add("country", to.country);
}

void add_line(Trace& trace, const OrderLine& line) {
    trace.add("line", std::to_string(line.line));
    trace.add("sku", line.sku);
    trace.add("ean", line.ean);
    trace.add("title", line.title);
    trace.add("variant", line.variant);
    trace.add("bin", line.bin);
    trace.add("quantity", line.quantity);
    trace.add("unit_price", line.unit_price.minor);
    trace.add("line_total", line.line_total.minor);
    trace.add("in_parcel", line.parcel);
    trace.add("product", line.product_id);
    trace.add("backordered", line.backordered);
}

}  // namespace

std::string order_fingerprint(const Order& order) {
    Trace trace;
    trace.add("number", order.number.get());
    trace.add("placed", order.placed_at);
    trace.add("status", to_string(order.status));
    trace.add("payment", to_string(order.payment));
    trace.add("paid", order.paid_at);
    trace.add("cancelled", order.cancelled_at);
    trace.add("currency", order.currency);
    trace.add("language", order.language);
    trace.add("email", order.email);
    trace.add("phone", order.phone);
    add_address(trace, order.ship_to);
    if (order.promised_on) trace.add("promised", format_day(*order.promised_on));
    for (const Parcel& parcel : order.parcels) {
        trace.add("parcel", std::to_string(parcel.number));
        trace.add("carrier", parcel.carrier);
        trace.add("service", parcel.service);
        trace.add("tracking", parcel.tracking);
    }
    for (const OrderLine& line : order.lines) add_line(trace, line);
    trace.add("shipping", order.shipping.minor);
    trace.add("total", order.total.minor);
    trace.add("note", order.note);
    trace.add("external", order.external_id);
    trace.add("insider", order.insider ? 1 : 0);
    return sha256_hex(trace.text());
}

}  // namespace verso::records
