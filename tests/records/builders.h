// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/crypto/crypto.h"
#include "records/store/store.h"

namespace verso::records::testing {

// Small invented values for the tests of this room.

inline Instant at(std::int64_t seconds) {
    return Instant{std::chrono::seconds{1'790'000'000 + seconds}};
}

inline Order sample_order(const std::string& number = "#1001", int parcels = 1) {
    Order order;
    order.number = OrderNumber{number};
    order.placed_at = {at(0), std::chrono::minutes{120}};
    order.status = OrderStatus::Open;
    order.payment = PaymentStatus::Paid;
    order.paid_at = ZonedTime{at(5), std::chrono::minutes{120}};
    order.language = "fr";
    order.email = "buyer@example.com";
    order.ship_to = {"Éloïse Exemple", "", "1 rue d’Exemple", "", "07140", "Les Vans", "", "FR"};
    order.promised_on = parse_day("2026-10-05").value();
    for (int i = 1; i <= parcels; ++i) {
        order.parcels.push_back({i, "Colissimo", "Domicile", "TEST-" + std::to_string(i)});
        order.lines.push_back(
            {i, "SEL-1", "2000000044736", "Fleur de sel", "125 g", "E-08-1", 2, {690}, {1380}, i});
    }
    order.shipping = {490};
    order.total = {1870};
    order.note = "Sonner,\ndeux fois";
    return order;
}

inline Layout sample_layout(const std::string& name = "a4-fold") {
    Layout layout;
    layout.template_name = name;
    layout.pages = {{210_mm, 297_mm}};
    return layout;
}

/// A print of a parcel; `seed` decides card, secret and ids.
struct Printed {
    PrintedInsert insert;
    CardSecret secret;
};

inline Printed sample_print(const OrderNumber& order, LayoutNumber layout, std::uint64_t seed,
                            int parcel = 1, int revision = 1) {
    SeededRandom random(seed);
    const CardIdentity card = make_card(layout, random);
    PrintedInsert insert;
    insert.insert = InsertId{"I" + std::to_string(seed)};
    insert.order = order;
    insert.revision = revision;
    insert.parcel = parcel;
    insert.card = card.id;
    insert.proof = prove(card.id, card.secret);
    insert.layout = layout;
    insert.template_name = "a4-fold";
    insert.rma = make_rma(random.bits());
    insert.file = "wave.pdf";
    insert.first_page = 1;
    insert.pages = 2;
    insert.printed_at = at(100);
    return {insert, card.secret};
}

inline Response sample_response(const PrintedInsert& insert, int overall = 4,
                                Channel channel = Channel::Paper) {
    Response response;
    response.card = insert.card;
    response.order = insert.order;
    response.channel = channel;
    response.answers = {{"overall", overall}, {"delivery", 1}};
    response.recorded_at = at(1000);
    return response;
}

/// What the scanner gives for a clean card.
inline Reading sample_reading(const Printed& printed, int overall = 4) {
    Reading reading;
    reading.source = "a.tif";
    reading.verdict = Verdict::Accepted;
    reading.identified_by = IdentifiedBy::Qr;
    reading.card = printed.insert.card;
    reading.layout = printed.insert.layout;
    reading.secret = printed.secret;
    reading.host = "avis.example.com";
    reading.answers = {{"overall", overall, AnswerState::Marked, 0.99, {}},
                       {"delivery", std::nullopt, AnswerState::Blank, 0.99, {}},
                       {"publish", 1, AnswerState::Marked, 0.99, {}}};
    return reading;
}

}  // namespace verso::records::testing
