// SPDX-License-Identifier: Apache-2.0
#include "records/hooks/hook_data.h"

#include <nlohmann/json.hpp>

#include "core/domain/card_link.h"

namespace verso::records {

namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// null for what is not known.
Json known(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

}  // namespace

std::string rating_data(const Response& response) {
    return dump({{"order", response.order.get()},
                 {"card", format_card(response.card)},
                 {"channel", to_string(response.channel)},
                 {"answers", response.answers}});
}

std::string return_data(const Return& made) {
    return dump({{"rma", made.rma.get()},
                 {"order", made.order.get()},
                 {"parcel", made.parcel},
                 {"state", to_string(made.state)}});
}

std::string print_data(const PrintedInsert& print) {
    return dump({{"order", print.order.get()},
                 {"revision", print.revision},
                 {"parcel", print.parcel},
                 {"insert", print.insert.get()},
                 {"card", format_card(print.card)},
                 {"rma", known(print.rma.get())}});
}

std::string review_data(const std::string& order, const std::string& card,
                        const std::vector<Rejection>& reasons) {
    Json codes = Json::array();
    for (const Rejection& reason : reasons) codes.push_back(to_string(reason.code));
    return dump({{"order", known(order)}, {"card", known(card)}, {"reasons", std::move(codes)}});
}

std::string delivery_data(const OrderNumber& order, int parcel, Instant delivered_at) {
    return dump(
        {{"order", order.get()}, {"parcel", parcel}, {"delivered_at", format_utc(delivered_at)}});
}

}  // namespace verso::records
