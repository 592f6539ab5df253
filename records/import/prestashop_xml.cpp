// SPDX-License-Identifier: Apache-2.0
#include "records/import/prestashop_xml.h"

#include <fmt/format.h>

#include "records/import/json_fields.h"

namespace verso::records {

namespace {

constexpr int kMostPieces = 100'000;

/// The element as an object, so that its values are read and refused as those of the other
/// platforms are.
JsonValue object_of(const XmlElement& element) {
    JsonValue object;
    object.kind = JsonValue::Kind::Object;
    for (const XmlElement& child : element.children) {
        JsonValue value;
        if (!child.text.empty()) {
            value.kind = JsonValue::Kind::Text;
            value.text = child.text;
        }
        object.members.emplace_back(child.name, std::move(value));
    }
    return object;
}

/// Times are the shop's own and have no offset; "0000-00-00 00:00:00" is none.
std::optional<ZonedTime> time_if_any(JsonFields& fields, std::string_view key) {
    if (fields.raw(key).starts_with("0000-00-00")) return std::nullopt;
    return fields.time_if_any(key);
}

void take_line(const XmlElement& row, std::size_t number, std::optional<JsonFault>& fault,
               Order& order) {
    const JsonValue object = object_of(row);
    JsonFields fields(object, fmt::format("/associations/order_rows/{}", number), fault);
    OrderLine line;
    line.line = static_cast<int>(order.lines.size()) + 1;
    line.sku = fields.text("product_reference");
    line.ean = fields.text("product_ean13");
    line.title = fields.text("product_name");
    line.product_id = fields.text("product_id");
    const std::string variant = fields.text("product_attribute_id");
    if (!variant.empty() && variant != "0") line.product_id += "-" + variant;
    line.quantity = fields.whole("product_quantity", 0, kMostPieces);
    if (line.title.empty()) fields.refuse("product_name", "the title is empty");
    if (line.quantity == 0) return;
    const bool with_tax = fields.has("unit_price_tax_incl");
    line.unit_price = fields.money(with_tax ? "unit_price_tax_incl" : "product_price", Money{0});
    line.line_total = {line.unit_price.minor * line.quantity};
    order.lines.push_back(std::move(line));
}

/// One reading of one source.
class PrestashopOrders {
  public:
    PrestashopOrders(const PrestashopContext& context, OrderSink& sink)
        : context_(context), sink_(sink) {}

    bool take(const XmlElement& element, std::size_t line) {
        if (element.at("id").text.empty()) {
            if (!element.id.empty() || element.children.empty()) ++links_;
            return true;
        }
        ++orders_;
        std::optional<JsonFault> fault;
        const JsonValue object = object_of(element);
        JsonFields fields(object, "", fault);
        Order order = read(element, fields, fault);
        if (!fault && !order.lines.empty()) return sink_.take(std::move(order), line);
        if (!fault) {
            return sink_.take(OrderUpdate{std::move(order.number), std::move(order.external_id),
                                          order.status, order.payment, line});
        }
        sink_.count_refused_order();
        sink_.refuse({line, order.number.get(), fault->pointer, fault->reason});
        return true;
    }
    std::size_t orders() const { return orders_; }
    std::size_t links() const { return links_; }

    void tell_assumptions() {
        if (no_address_) {
            sink_.remark(
                "orders without address: give the documents of /api/addresses and "
                "/api/countries (display=full) in the same import");
        }
        if (no_currency_) {
            sink_.remark(
                "the currency is taken to be EUR: give the documents of /api/currencies "
                "(display=full) in the same import");
        }
        if (orders_ > 0) sink_.remark("PrestaShop's times have no zone; they are taken as UTC");
    }

  private:
    Order read(const XmlElement& element, JsonFields& fields, std::optional<JsonFault>& fault) {
        Order order;
        take_facts(fields, order);
        take_status(fields, order);
        take_address(fields, order);
        std::size_t number = 0;
        for (const XmlElement& row : element.at("associations").at("order_rows").children) {
            take_line(row, number++, fault, order);
        }
        return order;
    }
    void take_facts(JsonFields& fields, Order& order) {
        order.external_id = fields.text("id");
        std::string number = fields.text("reference");
        if (number.empty()) number = order.external_id;
        if (context_.is_shared(number)) number += "#" + order.external_id;
        if (number.size() > 64) fields.refuse("reference", "the reference is longer than 64 bytes");
        order.number = OrderNumber{std::move(number)};
        order.placed_at = fields.time("date_add");
        const std::string currency = context_.currency(fields.text("id_currency"));
        no_currency_ = no_currency_ || currency.size() != 3;
        if (currency.size() == 3) order.currency = currency;
        const std::string language = context_.language(fields.text("id_lang"));
        if (language.size() == 2) order.language = language;
        order.email = context_.email(fields.text("id_customer"));
        order.total = fields.money("total_paid");
        const char* const shipping =
            fields.has("total_shipping_tax_incl") ? "total_shipping_tax_incl" : "total_shipping";
        order.shipping = fields.money(shipping, Money{0});
        order.note = fields.long_text("note");
        Parcel parcel{1, context_.carrier(fields.text("id_carrier")), "",
                      context_.tracking(order.external_id)};
        if (parcel.tracking.empty()) parcel.tracking = fields.text("shipping_number");
        order.parcels = {parcel};
    }
    void take_status(JsonFields& fields, Order& order) {
        const std::string id = fields.text("current_state");
        const PrestashopContext::State* const state = context_.state(id);
        if (state == nullptr) {
            return fields.refuse(
                "current_state",
                fmt::format("what state {} means is not in the import; give the document "
                            "/api/order_states/{} (or order_states?display=full) along",
                            shown_value(id), id.size() < 20 ? id : ""));
        }
        apply_prestashop_state(*state, order);
        // The delivery's day is set when PrestaShop makes the delivery note.
        if (order.status == OrderStatus::Delivered && !time_if_any(fields, "delivery_date")) {
            order.status = OrderStatus::Shipped;
        }
        if (order.payment == PaymentStatus::Paid) {
            order.paid_at = time_if_any(fields, "invoice_date");
        }
    }
    void take_address(JsonFields& fields, Order& order) {
        const auto* const addressee = context_.address(fields.text("id_address_delivery"));
        no_address_ = no_address_ || addressee == nullptr;
        if (addressee == nullptr) return;
        order.ship_to = addressee->to;
        order.phone = addressee->phone;
    }

    const PrestashopContext& context_;
    OrderSink& sink_;
    std::size_t orders_ = 0, links_ = 0;
    bool no_address_ = false, no_currency_ = false;
};

}  // namespace

Result<bool> is_xml(ByteSource& source) {
    if (auto begun = source.rewind(); !begun) return begun.error();
    std::string piece(256, '\0');
    auto count = read_fully(source, piece);
    if (!count) return count.error();
    piece.resize(*count);
    if (auto again = source.rewind(); !again) return again.error();
    if (piece.starts_with("\xEF\xBB\xBF")) piece.erase(0, 3);
    const auto found = piece.find_first_not_of(" \t\r\n");
    const bool utf16 = piece.starts_with("\xFF\xFE<") || piece.starts_with("\xFE\xFF\0<");
    return utf16 || (found != piece.npos && piece[found] == '<');
}

Result<void> gather_prestashop(ByteSource& source, PrestashopContext& context) {
    auto read =
        read_xml(source, PrestashopContext::wants, [&](const XmlElement& element, std::size_t) {
            context.add(element);
            return true;
        });
    if (!read && read.error().code == ErrorCode::FormatInvalid) return {};
    return read;
}

Result<std::size_t> read_prestashop_orders(ByteSource& source, const PrestashopContext& context,
                                           OrderSink& sink) {
    PrestashopOrders orders(context, sink);
    std::size_t known = 0;
    auto read = read_xml(source, PrestashopContext::wants,
                         [&](const XmlElement& element, std::size_t line) {
                             ++known;
                             return element.name != "order" || orders.take(element, line);
                         });
    if (!read && (orders.orders() == 0 || read.error().code != ErrorCode::FormatInvalid)) {
        return read.error();
    }
    if (!read) sink.refuse({0, "", "", read.error().message + "; what comes behind is not read"});
    if (known == 0) {
        return Error{ErrorCode::FormatInvalid, "this XML has no orders of PrestaShop's webservice",
                     "", "see docs/formats/orders.md"};
    }
    if (orders.orders() == 0 && orders.links() > 0) {
        return Error{ErrorCode::FormatInvalid,
                     "the orders are only listed, without what is in them", "",
                     "ask for /api/orders?display=full"};
    }
    orders.tell_assumptions();
    return orders.orders();
}

}  // namespace verso::records
