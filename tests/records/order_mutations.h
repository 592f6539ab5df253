// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/domain/order.h"

namespace verso::records::testing {

/// One way in which the sample order of two parcels can change, one for each field that it has.
struct Mutation {
    std::string name;
    std::function<void(Order&)> apply;
    bool on_paper;  ///< whether the sheet of parcel 1 shows another thing afterwards
};

inline std::vector<Mutation> order_mutations() {
    using O = Order&;
    return {
        {"name", [](O o) { o.ship_to.name = "Zoé Exemple"; }, true},
        {"company", [](O o) { o.ship_to.company = "Exemple SARL"; }, true},
        {"street", [](O o) { o.ship_to.line1 = "2 rue d’Exemple"; }, true},
        {"second line", [](O o) { o.ship_to.line2 = "Bât. B"; }, true},
        {"postcode", [](O o) { o.ship_to.postcode = "07150"; }, true},
        {"city", [](O o) { o.ship_to.city = "Vagnas"; }, true},
        {"region", [](O o) { o.ship_to.region = "Ardèche"; }, true},
        {"country", [](O o) { o.ship_to.country = "BE"; }, true},
        {"language", [](O o) { o.language = "de"; }, true},
        {"currency", [](O o) { o.currency = "CHF"; }, true},
        {"placed on another day", [](O o) { o.placed_at.utc += std::chrono::hours{24}; }, true},
        {"promised", [](O o) { o.promised_on = parse_day("2026-10-06").value(); }, true},
        {"not promised", [](O o) { o.promised_on.reset(); }, true},
        {"shipping", [](O o) { o.shipping = {0}; }, true},
        {"total", [](O o) { o.total = {1}; }, true},
        {"carrier", [](O o) { o.parcels[0].carrier = "Chronopost"; }, true},
        {"service", [](O o) { o.parcels[0].service = "Relais"; }, true},
        {"carrier not known any more", [](O o) { o.parcels[0].carrier = ""; }, true},
        {"parcel added",
         [](O o) {
             o.parcels.push_back({3, "", "", ""});
         },
         true},
        {"parcel removed", [](O o) { o.parcels.pop_back(); }, true},
        {"sku", [](O o) { o.lines[0].sku = "SEL-2"; }, true},
        {"ean", [](O o) { o.lines[0].ean = "2000000044743"; }, true},
        {"title", [](O o) { o.lines[0].title = "Gros sel"; }, true},
        {"variant", [](O o) { o.lines[0].variant = "250 g"; }, true},
        {"quantity", [](O o) { o.lines[0].quantity = 1; }, true},
        {"unit price", [](O o) { o.lines[0].unit_price = {700}; }, true},
        {"line total", [](O o) { o.lines[0].line_total = {1400}; }, true},
        {"line number", [](O o) { o.lines[0].line = 9; }, true},
        {"moved", [](O o) { o.lines[0].parcel = 2; }, true},
        {"line added", [](O o) { o.lines.push_back(o.lines[0]); }, true},
        {"line removed", [](O o) { o.lines.erase(o.lines.begin()); }, true},
        {"quantity in the other parcel", [](O o) { o.lines[1].quantity = 5; }, true},
        {"price in the other parcel", [](O o) { o.lines[1].line_total = {99}; }, true},

        {"title in the other parcel", [](O o) { o.lines[1].title = "Gros sel"; }, false},
        {"carrier of the other parcel", [](O o) { o.parcels[1].carrier = "UPS"; }, false},
        {"placed later that day", [](O o) { o.placed_at.utc += std::chrono::seconds{1}; }, false},
        {"tracking", [](O o) { o.parcels[0].tracking = "TEST-9"; }, false},
        {"on hold", [](O o) { o.status = OrderStatus::OnHold; }, false},
        {"refunded in part", [](O o) { o.payment = PaymentStatus::PartlyRefunded; }, false},
        {"refunded", [](O o) { o.payment = PaymentStatus::Refunded; }, false},
        {"paid at", [](O o) { o.paid_at.reset(); }, false},
        {"cancelled at", [](O o) { o.cancelled_at = o.placed_at; }, false},
        {"e-mail", [](O o) { o.email = "other@example.com"; }, false},
        {"telephone", [](O o) { o.phone = "+33 0"; }, false},
        {"note", [](O o) { o.note = "Ne pas sonner"; }, false},
        {"bin", [](O o) { o.lines[0].bin = "A-1"; }, false},
        {"backordered", [](O o) { o.lines[0].backordered = 1; }, false},
        {"product", [](O o) { o.lines[0].product_id = "77"; }, false},
        {"external id", [](O o) { o.external_id = "77"; }, false},
        {"insider", [](O o) { o.insider = true; }, false},
    };
}

}  // namespace verso::records::testing
