// SPDX-License-Identifier: Apache-2.0
#include "service/desk/bench_answer.h"

#include <algorithm>

#include "service/site/shop_face.h"

namespace verso::service {

namespace {

using generator::Language;
using records::CardRecord;
using records::CardState;

/// On the wall of the order's own clock.
std::string minute_of(Instant at, const Order& order) {
    return format_time(ZonedTime{at, order.placed_at.offset}).substr(0, 16).replace(10, 1, " ");
}

BenchAnswer about(const Order& order) {
    BenchAnswer answer;
    answer.order = order.number.get();
    answer.buyer = order.ship_to.name;
    for (const auto& line : order.lines) answer.pieces += line.quantity;
    return answer;
}

/// What forbids a sheet for the whole order, in the packer's language; empty when nothing does.
std::string refusal_of(const Language& language, const Order& order) {
    if (order.status == OrderStatus::Cancelled) {
        const std::string when =
            order.cancelled_at ? minute_of(order.cancelled_at->utc, order) : "";
        return when.empty() ? say(language, "desk.bench.cancelled")
                            : say(language, "desk.bench.cancelled_at", {{"when", when}});
    }
    if (order.payment == PaymentStatus::Unpaid) return say(language, "desk.bench.unpaid");
    return "";
}

bool is_of(const CardRecord& card, std::optional<int> parcel) {
    return !parcel || card.insert.parcel == *parcel;
}

/// The newest sheet that is out for the parcel.
const CardRecord* valid_sheet(const std::vector<CardRecord>& cards, std::optional<int> parcel) {
    const auto it = std::find_if(cards.rbegin(), cards.rend(), [&](const CardRecord& card) {
        return is_of(card, parcel) && card.state != CardState::Voided;
    });
    return it == cards.rend() ? nullptr : &*it;
}

}  // namespace

BenchAnswer answer_print(const Language& language, const Order& order,
                         const std::vector<CardRecord>& cards_before, const BenchAsk& ask,
                         const BenchDone& done) {
    BenchAnswer answer = about(order);
    answer.parcel = ask.parcel;
    if (!done.sheets.empty()) {
        answer.kind = BenchAnswer::Kind::Printed;
        answer.file = done.file;
        const bool had_one =
            std::any_of(cards_before.begin(), cards_before.end(),
                        [&](const CardRecord& card) { return is_of(card, ask.parcel); });
        if (had_one) answer.text = say(language, "desk.bench.replaces");
        return answer;
    }
    answer.text = refusal_of(language, order);
    const bool is_forbidden = !answer.text.empty();
    if (is_forbidden || done.stops.empty()) {
        if (!is_forbidden) answer.text = say(language, "desk.bench.nothing");
        return answer;
    }
    const BenchStop& stop = done.stops.front();
    answer.text = stop.reason;
    if (stop.why == BenchStop::Why::AlreadyPrinted) {
        answer.may_reprint = true;
        if (const auto* sheet = valid_sheet(cards_before, ask.parcel)) {
            answer.text = say(language, "desk.bench.already",
                              {{"when", minute_of(sheet->insert.printed_at, order)}});
        }
    }
    return answer;
}

BenchAnswer answer_check(const Language& language, const Order& order, const CardRecord& card) {
    BenchAnswer answer = about(order);
    answer.parcel = card.insert.parcel;
    answer.text = refusal_of(language, order);
    if (!answer.text.empty()) return answer;
    if (card.state == CardState::Voided) {
        answer.text = say(language, "desk.bench.void", {{"why", card.void_reason}});
        return answer;
    }
    // A newer revision that left the sheet standing says what paper does not show: it has left, it
    // was paid. What paper shows would have voided it (records/lifecycle/change_effect.h).
    answer.kind = BenchAnswer::Kind::Valid;
    answer.text = say(language, "desk.bench.valid");
    return answer;
}

BenchAnswer answer_stop(const Language& language, const std::string& asked, const Error& error) {
    BenchAnswer answer;
    answer.order = asked;
    switch (error.code) {
        case ErrorCode::NotFound:
            answer.text = say(language, "desk.bench.unknown");
            break;
        case ErrorCode::DatabaseFailed:
            answer.text = say(language, "desk.unreachable");
            break;
        default:
            answer.text = error.message + (error.cure.empty() ? "" : " – " + error.cure);
    }
    return answer;
}

}  // namespace verso::service
