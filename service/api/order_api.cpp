// SPDX-License-Identifier: Apache-2.0
#include "core/domain/card_link.h"
#include "records/desk/order_desk.h"
#include "records/import/importer.h"
#include "records/store/desk_book.h"
#include "service/api/api_routes.h"
#include "service/api/list_cursor.h"
#include "service/api/order_json.h"

namespace verso::service {

namespace {

using records::KeyScope;
using records::Store;

constexpr std::size_t kOrderBytes = 1U << 20;
constexpr std::size_t kImportBytes = 8U << 20;
constexpr std::size_t kMostImported = 500;
constexpr std::size_t kWordBytes = 16 * 1024;
/// How many orders one page looks at when most do not fit what is asked for.
constexpr int kMostLooked = 500;

/// The order that a path names; its # may be left out.
Result<OrderNumber> number_of(const ApiCall& call) {
    const std::string& text = call.path.at("number");
    auto found = call.store.find_summary(call.shop(), OrderNumber{text});
    if (found) return found->number;
    if (found.error().code != ErrorCode::NotFound) return found.error();
    auto hashed = call.store.find_summary(call.shop(), OrderNumber{"#" + text});
    if (hashed) return hashed->number;
    return found.error();
}

/// What a list of orders is narrowed to.
struct OrderFilter {
    std::optional<records::OrderState> state;
    std::optional<OrderStatus> status;
    std::optional<PaymentStatus> payment;

    bool wants(const records::OrderSummary& order) const {
        return (!status || order.status == *status) && (!payment || order.payment == *payment);
    }
};

template <class Value>
Result<std::optional<Value>> query_word(const ApiCall& call, const char* name,
                                        Result<Value> (*parse)(std::string_view)) {
    const std::string text = call.request.query_value(name);
    if (text.empty()) return std::optional<Value>{};
    auto value = parse(text);
    if (value) return std::optional<Value>(*value);
    return Error{ErrorCode::Usage, value.error().message, name, value.error().cure};
}

Result<OrderFilter> filter_of(const ApiCall& call) {
    auto state = query_word(call, "state", &records::parse_order_state);
    if (!state) return state.error();
    auto status = query_word(call, "status", &parse_order_status);
    if (!status) return status.error();
    auto payment = query_word(call, "payment", &parse_payment_status);
    if (!payment) return payment.error();
    return OrderFilter{*state, *status, *payment};
}

Result<ListCursor> cursor_of(const ApiCall& call) {
    const std::string text = call.request.query_value("cursor");
    return text.empty() ? Result<ListCursor>(ListCursor{}) : ListCursor::parse(text);
}

Result<ApiAnswer> list_orders(const ApiCall& call) {
    auto limit = limit_of(call);
    if (!limit) return limit.error();
    auto cursor = cursor_of(call);
    if (!cursor) return cursor.error();
    auto filter = filter_of(call);
    if (!filter) return filter.error();
    auto rows = records::lists_of(call.store).order_page(call.shop(), cursor->place(), kMostLooked);
    if (!rows) return rows.error();
    Json data = Json::array();
    std::vector<ListCursor::Row> seen;
    bool more = static_cast<int>(rows->size()) == kMostLooked;
    for (const auto& row : *rows) {
        if (static_cast<int>(data.size()) == *limit) {
            more = true;
            break;
        }
        seen.push_back({row.place, Instant{}, ""});
        if (!filter->wants(row.order)) continue;
        auto story = records::read_story(call.store, call.shop(), row.order.number);
        if (!story) return story.error();
        if (filter->state && story->state != *filter->state) continue;
        data.push_back(order_row_json(row.order, story->state));
    }
    cursor->take(seen, kMostLooked, call.now);
    return answer_json({{"data", std::move(data)}, {"next", cursor->text()}, {"more", more}});
}

Result<ApiAnswer> show_order(const ApiCall& call) {
    auto number = number_of(call);
    if (!number) return number.error();
    auto story = records::read_story(call.store, call.shop(), *number);
    if (!story) return story.error();
    return answer_json(order_json(*story));
}

/// Takes orders in neutral JSON. The report's rows are in the body's order.
Result<records::ImportReport> import(const ApiCall& call, const std::string& body) {
    struct At final : Clock {
        Instant at;
        Instant now() const override { return at; }
    } clock;
    clock.at = call.now;
    return records::import_orders(call.store, call.shop(), body, "body",
                                  {records::ImportFormat::NeutralJson}, clock);
}

Json rejected_json(const records::ImportReport& report) {
    Json rejected = Json::array();
    for (const auto& row : report.rejected) {
        rejected.push_back({{"order", row.order}, {"where", row.column}, {"detail", row.reason}});
    }
    return rejected;
}

/// The one order of a body, under its own number.
Result<ApiAnswer> keep_order(const ApiCall& call, const Json& json, const std::string& named) {
    if (auto sound = check_order_members(json, ""); !sound) return sound.error();
    const auto said = json.find("order");
    if (said == json.end() || !said->is_string() || said->get<std::string>().empty()) {
        return Error{ErrorCode::ValueInvalid, "order is missing or no text", "/order", ""};
    }
    const auto number = said->get<std::string>();
    if (!named.empty() && named != number && "#" + named != number) {
        return Error{ErrorCode::ValueInvalid, "the body is of another order than the address",
                     "/order", "give both the same number"};
    }
    auto report = import(call, json.dump());
    if (!report) return report.error();
    if (!report->rejected.empty()) {
        const auto& row = report->rejected.front();
        return Error{ErrorCode::ValueInvalid, row.reason, row.column, ""};
    }
    auto kept = call.store.find_summary(call.shop(), OrderNumber{number});
    if (!kept) return kept.error();
    const bool is_new = report->orders_new > 0;
    Json answer{{"order", number},
                {"revision", kept->revision},
                {"result", is_new                       ? "new"
                           : report->orders_changed > 0 ? "changed"
                                                        : "unchanged"}};
    if (!report->kept.empty()) answer["kept"] = report->kept.front().what;
    ApiAnswer done = answer_json(answer, is_new ? 201 : 200);
    done.what = "import order";
    done.subject = number;
    return done;
}

Result<ApiAnswer> post_order(const ApiCall& call) {
    auto json = parse_body(call.request.body);
    if (!json) return json.error();
    return keep_order(call, *json, "");
}

Result<ApiAnswer> put_order(const ApiCall& call) {
    auto json = parse_body(call.request.body);
    if (!json) return json.error();
    return keep_order(call, *json, call.path.at("number"));
}

Result<ApiAnswer> import_orders(const ApiCall& call) {
    auto json = parse_body(call.request.body);
    if (!json) return json.error();
    const auto orders = json->find("orders");
    if (orders == json->end() || json->size() != 1 || !orders->is_array() || orders->empty() ||
        orders->size() > kMostImported) {
        return Error{ErrorCode::ValueInvalid,
                     "the body is not {\"orders\":[…]} with 1 to 500 orders", "/orders", ""};
    }
    for (std::size_t i = 0; i < orders->size(); ++i) {
        auto sound = check_order_members(orders->at(i), "/orders/" + std::to_string(i));
        if (!sound) return sound.error();
    }
    auto report = import(call, json->dump());
    if (!report) return report.error();
    ApiAnswer done = answer_json({{"new", report->orders_new},
                                  {"changed", report->orders_changed},
                                  {"unchanged", report->orders_unchanged},
                                  {"rejected", rejected_json(*report)}});
    done.what = "import orders";
    done.subject = std::to_string(report->orders_new + report->orders_changed);
    return done;
}

/// The reason that a body gives.
Result<std::string> reason_of(const ApiCall& call) {
    auto json = parse_body(call.request.body);
    if (!json) return json.error();
    BodyReader body(*json);
    std::string reason = body.text("reason", 300);
    if (auto sound = body.end(); !sound) return sound.error();
    if (!reason.empty()) return reason;
    return Error{ErrorCode::ValueInvalid, "the reason is empty", "/reason", "say why"};
}

Result<ApiAnswer> cancel_order(const ApiCall& call) {
    auto reason = reason_of(call);
    if (!reason) return reason.error();
    auto number = number_of(call);
    if (!number) return number.error();
    records::OrderWords words;
    words.order = number->get();
    words.who = call.who();
    words.reason = *reason;
    auto done = records::cancel_order(call.counter(), words, call.now);
    if (!done) return done.error();
    Json voided = Json::array();
    for (const CardId card : done->voids) voided.push_back(format_card(card));
    ApiAnswer answer = answer_json({{"order", number->get()},
                                    {"revision", done->order.revision},
                                    {"status", to_string(done->order.status)},
                                    {"voided", std::move(voided)}});
    answer.what = "cancel order";
    answer.subject = number->get();
    return answer;
}

Result<ApiAnswer> show_card(const ApiCall& call) {
    const Error unknown{ErrorCode::NotFound, "this shop printed no such card", "code", ""};
    auto code = parse_card(call.path.at("code"));
    if (!code) return unknown;
    auto card = call.store.find_card(*code);
    if (!card) return card.error();
    // A card of another shop is none.
    if (!*card || (*card)->shop != call.shop()) return unknown;
    return answer_json(card_json(**card));
}

}  // namespace

void add_order_routes(ApiDoor& door, Router& router) {
    door.read(router, "/api/v1/orders", KeyScope::OrdersRead,
              {"cursor", "limit", "state", "status", "payment"}, list_orders);
    door.read(router, "/api/v1/orders/{number}", KeyScope::OrdersRead, {}, show_order);
    door.read(router, "/api/v1/cards/{code}", KeyScope::OrdersRead, {}, show_card);
    door.change(router, Method::Post, "/api/v1/orders", KeyScope::OrdersWrite, kOrderBytes,
                post_order);
    door.change(router, Method::Post, "/api/v1/orders/import", KeyScope::OrdersWrite, kImportBytes,
                import_orders);
    door.change(router, Method::Put, "/api/v1/orders/{number}", KeyScope::OrdersWrite, kOrderBytes,
                put_order);
    door.change(router, Method::Post, "/api/v1/orders/{number}/cancel", KeyScope::OrdersWrite,
                kWordBytes, cancel_order);
}

}  // namespace verso::service
