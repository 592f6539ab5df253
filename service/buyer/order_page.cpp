// SPDX-License-Identifier: Apache-2.0
#include "service/buyer/order_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "core/domain/card_link.h"
#include "service/buyer/card_page.h"

namespace verso::service {

namespace {

using records::Action;
using records::OrderState;
using records::ReturnLine;
using records::ReturnReason;

std::string_view state_key(OrderState state) {
    switch (state) {
        case OrderState::Placed:
            return "web.placed";
        case OrderState::Paid:
            return "web.paid";
        case OrderState::Packing:
            return "web.packing";
        case OrderState::Shipped:
            return "web.shipped";
        case OrderState::Delivered:
            return "web.delivered";
        case OrderState::Cancelled:
            return "web.order_cancelled";
        case OrderState::Refunded:
            return "web.refunded";
    }
    return "web.placed";
}

constexpr std::array<std::pair<ReturnReason, std::string_view>, 6> kReasons{{
    {ReturnReason::TooSmall, "web.return_reason_1"},
    {ReturnReason::TooLarge, "web.return_reason_2"},
    {ReturnReason::NotAsDescribed, "web.return_reason_3"},
    {ReturnReason::Damaged, "web.return_reason_4"},
    {ReturnReason::ChangedMind, "web.return_reason_5"},
    {ReturnReason::Other, "web.return_reason_6"},
}};

std::string day_of(const generator::Language& language, const ZonedTime& time) {
    return language.formats.format(time.local_day());
}

/// placed → paid → packing → shipped → delivered, each with its day where one is known; a cancelled
/// or refunded order ends with that.
std::vector<PageData> timeline(const generator::Language& language, const BuyerOrder& order) {
    const auto& story = order.story;
    const bool is_over =
        story.state == OrderState::Cancelled || story.state == OrderState::Refunded;
    std::map<OrderState, std::string> days;
    days[OrderState::Placed] = day_of(language, story.order.placed_at);
    if (story.order.paid_at) days[OrderState::Paid] = day_of(language, *story.order.paid_at);
    if (story.order.cancelled_at) {
        days[OrderState::Cancelled] = day_of(language, *story.order.cancelled_at);
    }
    for (const auto& parcel : story.parcels) {
        if (parcel.state.handed_over) {
            days[OrderState::Shipped] = day_of(language, *parcel.state.handed_over);
        }
        if (parcel.state.delivered) {
            days[OrderState::Delivered] = day_of(language, *parcel.state.delivered);
        }
    }
    std::vector<PageData> rows;
    const auto add = [&](OrderState state, bool is_reached) {
        rows.push_back(PageData()
                           .set("text", say(language, state_key(state)))
                           .set("reached", is_reached)
                           .set("current", state == story.state)
                           .set_if("day", is_reached ? days[state] : ""));
    };
    for (const OrderState state : {OrderState::Placed, OrderState::Paid, OrderState::Packing,
                                   OrderState::Shipped, OrderState::Delivered}) {
        const bool is_reached = is_over ? days.contains(state) : state <= story.state;
        if (!is_over || is_reached) add(state, is_reached);
    }
    if (is_over) add(story.state, true);
    return rows;
}

std::vector<PageData> parcel_rows(const CardVisit& visit, const generator::Language& language,
                                  const Order& order) {
    std::vector<PageData> rows;
    for (const Parcel& parcel : order.parcels) {
        const auto link = visit.face->tracking_links.find(parcel.carrier);
        std::string url =
            link == visit.face->tracking_links.end() || parcel.tracking.empty() ? "" : link->second;
        if (const auto at = url.find("{number}"); at != std::string::npos) {
            url.replace(at, 8, encode_segment(parcel.tracking));
        }
        PageData row;
        row.set("title", say(language, "web.parcel", {{"parcel", std::to_string(parcel.number)}}))
            .set_if("carrier", parcel.carrier)
            .set_if("tracking", parcel.tracking)
            .set_if("url", url)
            .set("t_tracking", say(language, "web.tracking"))
            .set("t_follow", say(language, "web.follow"));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<PageData> line_rows(const Order& order) {
    std::vector<PageData> rows;
    for (const OrderLine& line : order.lines) {
        rows.push_back(PageData()
                           .set("pieces", std::to_string(line.quantity))
                           .set("title", line.title)
                           .set_if("variant", line.variant));
    }
    return rows;
}

PageData order_base(const PageBook& book, const CardVisit& visit,
                    const generator::Language& language) {
    PageData data = page_base(book, *visit.face, language);
    data.set("order", say(language, "web.order", {{"order", visit.card.insert.order.get()}}))
        .set("secret", true)
        .set("place", visit.place);
    return data;
}

bool allows(const CardVisit& visit, const BuyerOrder& order, Action action) {
    return visit.face->actions.allows(records::Actor::Buyer, action, order.story.state);
}

std::vector<PageData> return_line_rows(const generator::Language& language,
                                       const BuyerOrder& order) {
    std::vector<PageData> reasons;
    for (const auto& [reason, key] : kReasons) {
        reasons.push_back(PageData()
                              .set("value", std::string(records::to_string(reason)))
                              .set("label", say(language, key)));
    }
    std::vector<PageData> rows;
    for (const OrderLine& line : order.story.order.lines) {
        const int left = pieces_left(line, order.returns);
        std::vector<PageData> counts;
        for (int pieces = 1; pieces <= left; ++pieces) {
            counts.push_back(PageData().set("n", std::to_string(pieces)));
        }
        rows.push_back(PageData()
                           .set("line", std::to_string(line.line))
                           .set("title", line.title)
                           .set_if("variant", line.variant)
                           .set("some", left > 0)
                           .set("counts", std::move(counts))
                           .set("reasons", reasons)
                           .set("t_nothing", say(language, "web.return_nothing"))
                           .set("t_pieces", say(language, "web.return_pieces"))
                           .set("t_reason", say(language, "web.return_reason")));
    }
    return rows;
}

std::vector<PageData> return_rows(const BuyerOrder& order, const std::string& place) {
    std::vector<PageData> rows;
    for (const auto& made : order.returns) {
        if (made.state == records::ReturnState::Cancelled) continue;
        std::vector<PageData> lines;
        for (const auto& line : made.lines) {
            const auto bought =
                std::find_if(order.story.order.lines.begin(), order.story.order.lines.end(),
                             [&](const OrderLine& one) { return one.line == line.line; });
            const bool is_known = bought != order.story.order.lines.end();
            lines.push_back(PageData()
                                .set("pieces", std::to_string(line.expected))
                                .set("title", is_known ? bought->title : ""));
        }
        rows.push_back(PageData()
                           .set("label_place", place + "/return/" + made.rma.get() + ".pdf")
                           .set("rma", format_rma(made.rma))
                           .set_if("label", made.label)
                           .set("lines", std::move(lines)));
    }
    return rows;
}

}  // namespace

int pieces_left(const OrderLine& line, std::span<const records::Return> returns) {
    int left = line.quantity;
    for (const auto& made : returns) {
        if (made.state == records::ReturnState::Cancelled) continue;
        if (const auto* announced = made.find_line(line.line)) {
            left -= std::max(announced->expected, announced->received);
        }
    }
    return std::max(0, left);
}

std::string order_page(const PageBook& book, const CardVisit& visit,
                       const generator::Language& language, const BuyerOrder& order) {
    PageData data = order_base(book, visit, language);
    const auto& promised = order.story.order.promised_on;
    const bool may_cancel = allows(visit, order, Action::Cancel);
    const bool may_return = allows(visit, order, Action::Return);
    data.set("title", say(language, "web.your_order"))
        .set("steps", timeline(language, order))
        .set("parcels", parcel_rows(visit, language, order.story.order))
        .set("lines", line_rows(order.story.order))
        .set_if("promised", promised ? say(language, "web.promised",
                                           {{"date", language.formats.format(*promised)}})
                                     : "")
        .set("may_cancel", may_cancel)
        .set("may_return", may_return)
        .set("may_nothing", !may_cancel && !may_return);
    return pages_of(*visit.face, book).render("order", data);
}

std::string return_page(const PageBook& book, const CardVisit& visit,
                        const generator::Language& language, const BuyerOrder& order,
                        const std::string& fault) {
    PageData data = order_base(book, visit, language);
    const auto& lines = order.story.order.lines;
    const bool some_left = std::any_of(lines.begin(), lines.end(), [&](const OrderLine& line) {
        return pieces_left(line, order.returns) > 0;
    });
    auto returns = return_rows(order, visit.place);
    const Order& bought = order.story.order;
    data.set("title", say(language, "web.return_title"))
        .set_if("fault", fault)
        .set("takes_photos", visit.takes_photos)
        .set("has_labels", visit.has_labels)
        .set("may_return", some_left && allows(visit, order, Action::Return))
        .set("rows", return_line_rows(language, order))
        .set("announced", !returns.empty())
        .set("returns", std::move(returns))
        .set("withdrawal_text", say(language, "web.withdrawal_text", {{"days", "14"}}))
        .set("model_form_text",
             say(language, "web.model_form_text",
                 {{"order", bought.number.get()}, {"date", day_of(language, bought.placed_at)}}))
        .set("name", bought.ship_to.name)
        .set("withdrawn", order.withdrawn_at.has_value())
        .set("withdrawal_done", order.withdrawn_at
                                    ? say(language, "web.withdrawal_done",
                                          {{"date", day_text(language, *order.withdrawn_at)}})
                                    : "");
    return pages_of(*visit.face, book).render("return", data);
}

Result<std::vector<ReturnLine>> read_return(const std::vector<FormField>& fields,
                                            const BuyerOrder& order) {
    std::vector<ReturnLine> lines;
    for (const OrderLine& bought : order.story.order.lines) {
        const std::string number = std::to_string(bought.line);
        ReturnLine line{bought.line, 0};
        for (const auto& [name, value] : fields) {
            if (name == "pieces." + number && !value.empty()) {
                const char* end = value.data() + value.size();
                const auto [stop, fault] = std::from_chars(value.data(), end, line.expected);
                if (fault != std::errc() || stop != end || line.expected < 0 ||
                    line.expected > pieces_left(bought, order.returns)) {
                    return Error{ErrorCode::ValueInvalid,
                                 fmt::format("line {} cannot come back {} times", number, value),
                                 "", ""};
                }
            }
            if (name == "reason." + number && !value.empty()) {
                auto reason = records::parse_return_reason(value);
                if (!reason) return reason.error();
                line.reason = *reason;
            }
        }
        if (line.expected > 0) lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<records::Return> split_by_parcel(const Order& order, std::vector<ReturnLine> lines) {
    std::map<int, records::Return> by_parcel;
    for (auto& line : lines) {
        const auto bought =
            std::find_if(order.lines.begin(), order.lines.end(),
                         [&](const OrderLine& one) { return one.line == line.line; });
        if (bought == order.lines.end()) continue;
        records::Return& made = by_parcel[bought->parcel];
        made.order = order.number;
        made.parcel = bought->parcel;
        made.channel = records::ReturnChannel::Web;
        made.lines.push_back(std::move(line));
    }
    std::vector<records::Return> returns;
    for (auto& [parcel, made] : by_parcel) returns.push_back(std::move(made));
    return returns;
}

}  // namespace verso::service
