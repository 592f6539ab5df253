// SPDX-License-Identifier: Apache-2.0
#include "records/import/json_orders.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "records/import/json_pieces.h"
#include "records/import/magento_json.h"
#include "records/import/neutral_json.h"
#include "records/import/shopify_json.h"
#include "records/import/woocommerce_json.h"

namespace verso::records {

namespace {

constexpr std::size_t kLook = std::size_t{1} << 20;
constexpr std::array<std::string_view, 3> kEnvelopes{"orders", "order", "items"};

/// Notes which keys the objects of a text have: under "" those of the document (or of the objects
/// in its array), under a key of the document those of the object or objects there.
class KeyNotes : public nlohmann::json_sax<nlohmann::json> {
  public:
    std::map<std::string, std::set<std::string>> keys;
    std::size_t documents = 0;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool key(string_t& name) override {
        if (objects_ == 1) {
            member_ = name;
            keys[""].insert(name);
        } else if (objects_ == 2) {
            keys[member_].insert(name);
        }
        return true;
    }
    bool start_object(std::size_t) override {
        ++objects_;
        return ++depth_ < kDeepestJson;
    }
    bool end_object() override {
        --objects_;
        --depth_;
        return true;
    }
    bool start_array(std::size_t) override {
        if (objects_ == 1) keys[member_];
        return ++depth_ < kDeepestJson;
    }
    bool end_array() override {
        --depth_;
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;  // what was noted before counts: the text may be cut off
    }

  private:
    std::size_t objects_ = 0, depth_ = 0;
    std::string member_;
};

ImportFormat format_of(const std::set<std::string>& keys) {
    const auto has = [&](const char* key) { return keys.contains(key); };
    if (has("placed_at") && has("order")) return ImportFormat::NeutralJson;
    if (has("increment_id")) return ImportFormat::MagentoJson;
    if (has("order_key") || (has("line_items") && has("billing"))) {
        return ImportFormat::WooCommerceJson;
    }
    if (has("financial_status") || (has("line_items") && has("order_number"))) {
        return ImportFormat::ShopifyJson;
    }
    return ImportFormat::Auto;
}

JsonOrderReader reader_of(ImportFormat format) {
    switch (format) {
        case ImportFormat::MagentoJson:
            return read_magento_order;
        case ImportFormat::WooCommerceJson:
            return read_woocommerce_order;
        case ImportFormat::ShopifyJson:
            return read_shopify_order;
        default:
            return read_neutral_order;
    }
}

std::string_view kind_of_number(ImportFormat format) {
    switch (format) {
        case ImportFormat::MagentoJson:
            return "increment_id";
        case ImportFormat::WooCommerceJson:
            return "number";
        case ImportFormat::ShopifyJson:
            return "name";
        default:
            return "order";
    }
}

/// What every order must have, whatever brought it.
void check_order(const Order& order, JsonFields& fields, std::string_view number_key) {
    if (order.number.get().empty()) {
        fields.refuse(number_key, "the order number is empty");
    } else if (order.number.get().size() > 64) {
        fields.refuse(number_key, "the order number is longer than 64 bytes");
    }
}

/// One reading of one text.
class JsonOrders {
  public:
    JsonOrders(const JsonShape& shape, OrderSink& sink)
        : shape_(shape), read_(reader_of(shape.format)), sink_(sink) {}

    /// False when no more is wanted.
    bool take(const JsonPiece& piece) {
        if (!piece.fault.empty()) return refuse(piece, "", "", piece.fault);
        auto document = parse_json(piece.text);
        if (!document) return refuse(piece, "", "", document.error().message);
        const JsonValue& order = unwrapped(*document);
        if (!order.is_object()) return refuse(piece, "", "", "this is no order");
        // What was found again behind a broken order may be one of its lines.
        const auto key = kind_of_number(shape_.format);
        if (piece.is_guess && (!order.has(key) || format_of(keys_of(order)) != shape_.format)) {
            return true;
        }
        return take(order, piece);
    }
    std::size_t orders() const { return orders_; }

  private:
    bool take(const JsonValue& document, const JsonPiece& piece) {
        std::optional<JsonFault> fault;
        JsonFields fields(document, "", fault);
        Order order = read_(fields);
        check_order(order, fields, kind_of_number(shape_.format));
        if (fault) return refuse(piece, order.number.get(), fault->pointer, fault->reason);
        ++orders_;
        if (!order.lines.empty()) return sink_.take(std::move(order), piece.line);
        return sink_.take(OrderUpdate{std::move(order.number), std::move(order.external_id),
                                      order.status, order.payment, piece.line});
    }
    bool refuse(const JsonPiece& piece, std::string order, std::string pointer,
                std::string reason) {
        ++orders_;
        sink_.count_refused_order();
        sink_.refuse({piece.line, std::move(order), std::move(pointer), std::move(reason)});
        return true;
    }
    /// A line may hold {"order":{…}} where others hold the order itself.
    const JsonValue& unwrapped(const JsonValue& document) const {
        const JsonValue& inside = document.at("order");
        return inside.is_object() ? inside : document;
    }
    static std::set<std::string> keys_of(const JsonValue& object) {
        std::set<std::string> keys;
        for (const auto& [name, value] : object.members) keys.insert(name);
        return keys;
    }

    const JsonShape& shape_;
    JsonOrderReader read_;
    OrderSink& sink_;
    std::size_t orders_ = 0;
};

/// Whether the first line is a value of its own and another one follows.
bool is_lines(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos || text[begin] != '{') return false;
    const auto end = text.find('\n', begin);
    if (end == text.npos || text.find_first_not_of(" \t\r\n", end) == text.npos) return false;
    return parse_json(text.substr(begin, end - begin)).has_value();
}

}  // namespace

Result<JsonShape> find_json_shape(ByteSource& source, TextEncoding encoding) {
    auto text = TextSource::open(source, encoding);
    if (!text) return text.error();
    std::string begin;
    while (begin.size() < kLook) {
        auto any = text->append_to(begin, kLook);
        if (!any) return any.error();
        if (!*any) break;
    }
    JsonShape shape;
    shape.lines = is_lines(begin);
    KeyNotes notes;
    const auto end =
        shape.lines ? begin.find('\n', begin.find_first_not_of(" \t\r\n")) : begin.npos;
    // A text that is cut off ends with an error, and what was noted before counts.
    static_cast<void>(nlohmann::json::sax_parse(begin.substr(0, end), &notes));
    shape.format = format_of(notes.keys[""]);
    if (shape.format != ImportFormat::Auto) return shape;
    for (std::string_view envelope : kEnvelopes) {
        const auto found = notes.keys.find(std::string(envelope));
        if (found == notes.keys.end()) continue;
        shape.format = format_of(found->second);
        shape.envelope = envelope;
        shape.lines = shape.lines && envelope == "order";
        if (shape.format != ImportFormat::Auto || found->second.empty()) return shape;
    }
    if (notes.keys[""].empty() && parse_json(begin).has_value()) return JsonShape{};  // [] or {}
    const auto& found = notes.keys[""];
    return Error{
        ErrorCode::FormatInvalid,
        fmt::format("this JSON has no orders that we know (Shopify, WooCommerce, Magento or "
                    "verso-json); its keys are: {}",
                    found.empty() ? "none" : fmt::format("{}", fmt::join(found, ", "))),
        "", "see docs/formats/orders.md"};
}

Result<std::size_t> read_json_orders(ByteSource& source, TextEncoding encoding,
                                     const JsonShape& shape, OrderSink& sink) {
    auto text = TextSource::open(source, encoding);
    if (!text) return text.error();
    JsonPieces pieces(*text, shape.envelope, shape.lines);
    JsonOrders orders(shape, sink);
    for (;;) {
        auto piece = pieces.next();
        if (!piece) return piece.error();
        if (!*piece || !orders.take(**piece)) return orders.orders();
    }
}

}  // namespace verso::records
