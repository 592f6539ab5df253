// SPDX-License-Identifier: Apache-2.0
#include "records/carriers/status_words.h"

#include <algorithm>
#include <optional>
#include <span>

namespace verso::records {

namespace {

using Status = ParcelStatus;
using Cause = IncidentCause;

struct Word {
    std::string_view word;
    Meaning meaning;
};

std::optional<Meaning> look_up(std::span<const Word> table, std::string_view text) {
    const std::string plain = plain_word(text);
    for (const Word& entry : table) {
        if (entry.word == plain) return entry.meaning;
    }
    return std::nullopt;
}

/// A finer word may only say more about a parcel on its way: it never undoes what is final.
bool is_under_way(Status status) {
    return status == Status::InTransit || status == Status::OutForDelivery ||
           status == Status::FailedAttempt || status == Status::Delayed ||
           status == Status::LabelCreated || status == Status::Failure ||
           status == Status::Returned;
}

Meaning refined(Meaning coarse, const std::optional<Meaning>& fine) {
    if (!fine || !is_under_way(coarse.status)) return coarse;
    // On its way back stays on its way back; only the reason is learned.
    if (coarse.status == Status::Returned) return {coarse.status, fine->cause};
    return {fine->status == Status::Unknown ? coarse.status : fine->status, fine->cause};
}

constexpr Word kEasyPost[]{
    {"pre_transit", {Status::LabelCreated}},
    {"in_transit", {Status::InTransit}},
    {"out_for_delivery", {Status::OutForDelivery}},
    {"delivered", {Status::Delivered}},
    {"available_for_pickup", {Status::AvailableForPickup}},
    {"return_to_sender", {Status::Returned}},
    {"failure", {Status::Failure}},
    {"cancelled", {Status::Cancelled}},
};
/// Only details that tell of an incident.
constexpr Word kEasyPostDetail[]{
    {"address_correction", {Status::Delayed, Cause::Consignee}},
    {"awaiting_information", {Status::Delayed}},
    {"damaged", {Status::Failure, Cause::Carrier}},
    {"delayed", {Status::Delayed}},
    {"delivery_exception", {Status::FailedAttempt}},
    {"held", {Status::Delayed}},
    {"lost", {Status::Failure, Cause::Carrier}},
    {"missorted", {Status::Delayed, Cause::Carrier}},
    {"refused", {Status::FailedAttempt, Cause::Consignee}},
    {"return", {Status::Returned}},
    {"transit_exception", {Status::Delayed}},
    {"weather_delay", {Status::Delayed, Cause::Weather}},
};

constexpr Word kAfterShip[]{
    {"inforeceived", {Status::LabelCreated}},
    {"intransit", {Status::InTransit}},
    {"outfordelivery", {Status::OutForDelivery}},
    {"attemptfail", {Status::FailedAttempt}},
    {"delivered", {Status::Delivered}},
    {"availableforpickup", {Status::AvailableForPickup}},
    {"exception", {Status::Failure}},
};
constexpr Word kAfterShipSubtag[]{
    {"attemptfail_002", {Status::FailedAttempt, Cause::Consignee}},  // nobody there
    {"attemptfail_003", {Status::FailedAttempt, Cause::Consignee}},  // business closed
    {"exception_002", {Status::FailedAttempt, Cause::Consignee}},    // moved
    {"exception_003", {Status::FailedAttempt, Cause::Consignee}},    // refused
    {"exception_004", {Status::Delayed, Cause::Customs}},
    {"exception_005", {Status::Delayed}},
    {"exception_006", {Status::Delayed, Cause::Consignee}},        // held for payment
    {"exception_007", {Status::FailedAttempt, Cause::Consignee}},  // wrong address
    {"exception_008", {Status::FailedAttempt, Cause::Consignee}},  // not collected
    {"exception_009", {Status::Failure, Cause::Shop}},             // against the carrier's rules
    {"exception_010", {Status::Returned}},
    {"exception_011", {Status::Returned}},
    {"exception_012", {Status::Failure, Cause::Carrier}},  // damaged
    {"exception_013", {Status::Failure, Cause::Carrier}},  // lost
};

constexpr Word kShippo[]{
    {"pre_transit", {Status::LabelCreated}}, {"transit", {Status::InTransit}},
    {"delivered", {Status::Delivered}},      {"returned", {Status::Returned}},
    {"failure", {Status::Failure}},
};
constexpr Word kShippoSubstatus[]{
    {"address_issue", {Status::FailedAttempt, Cause::Consignee}},
    {"delayed", {Status::Delayed}},
    {"delivery_attempted", {Status::FailedAttempt, Cause::Consignee}},
    {"delivery_rescheduled", {Status::Delayed}},
    {"location_inaccessible", {Status::FailedAttempt, Cause::Consignee}},
    {"notice_left", {Status::FailedAttempt, Cause::Consignee}},
    {"out_for_delivery", {Status::OutForDelivery}},
    {"package_damaged", {Status::Failure, Cause::Carrier}},
    {"package_disposed", {Status::Failure, Cause::Carrier}},
    {"package_held", {Status::Delayed}},
    {"package_lost", {Status::Failure, Cause::Carrier}},
    {"package_unclaimed", {Status::Unknown, Cause::Consignee}},
    {"package_undeliverable", {Status::Unknown, Cause::Consignee}},
    {"pickup_available", {Status::AvailableForPickup}},
    {"reschedule_delivery", {Status::FailedAttempt}},
};

constexpr Word kKarrio[]{
    {"pending", {Status::LabelCreated}},
    {"picked_up", {Status::InTransit}},
    {"in_transit", {Status::InTransit}},
    {"out_for_delivery", {Status::OutForDelivery}},
    {"ready_for_pickup", {Status::AvailableForPickup}},
    {"delivered", {Status::Delivered}},
    {"on_hold", {Status::Delayed}},
    {"delivery_delayed", {Status::Delayed}},
    {"delivery_failed", {Status::FailedAttempt}},
    {"return_to_sender", {Status::Returned}},
    {"cancelled", {Status::Cancelled}},
};

constexpr Word kLaPoste[]{
    {"dr1", {Status::LabelCreated}},
    {"pc1", {Status::InTransit}},
    {"pc2", {Status::InTransit}},
    {"et1", {Status::InTransit}},
    {"et2", {Status::InTransit}},
    {"et3", {Status::InTransit}},
    {"et4", {Status::InTransit}},
    {"ep1", {Status::InTransit}},
    {"do1", {Status::InTransit, Cause::Customs}},
    {"do2", {Status::InTransit}},
    {"do3", {Status::Delayed, Cause::Customs}},
    {"pb1", {Status::Delayed}},
    {"pb2", {Status::InTransit}},
    {"md2", {Status::OutForDelivery}},
    {"nd1", {Status::FailedAttempt, Cause::Consignee}},
    {"an1", {Status::FailedAttempt, Cause::Consignee}},
    {"ag1", {Status::AvailableForPickup, Cause::Consignee}},
    {"re1", {Status::Returned, Cause::Consignee}},
    {"di1", {Status::Delivered}},
    {"di2", {Status::Returned}},  // handed back to the sender
};

constexpr Word kShopify[]{
    {"label_purchased", {Status::LabelCreated}},
    {"label_printed", {Status::LabelCreated}},
    {"confirmed", {Status::LabelCreated}},
    {"carrier_picked_up", {Status::InTransit}},
    {"in_transit", {Status::InTransit}},
    {"out_for_delivery", {Status::OutForDelivery}},
    {"attempted_delivery", {Status::FailedAttempt}},
    {"ready_for_pickup", {Status::AvailableForPickup}},
    {"delivered", {Status::Delivered}},
    {"picked_up", {Status::Delivered}},  // by the buyer
    {"delayed", {Status::Delayed}},
    {"failure", {Status::Failure}},
};

Cause karrio_cause(std::string_view reason) {
    const std::string plain = plain_word(reason);
    if (plain.starts_with("carrier_")) return Cause::Carrier;
    if (plain.starts_with("consignee_")) return Cause::Consignee;
    if (plain.starts_with("customs_")) return Cause::Customs;
    if (plain.starts_with("retailer_")) return Cause::Shop;
    if (plain.starts_with("weather_") || plain == "natural_disaster" || plain == "force_majeure")
        return Cause::Weather;
    return Cause::None;
}

}  // namespace

std::string plain_word(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return "";
    std::string out(text.substr(first, text.find_last_not_of(kBlanks) - first + 1));
    for (char& letter : out) {
        if (letter == '-' || letter == ' ') letter = '_';
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return out;
}

Meaning easypost_meaning(std::string_view status, std::string_view detail) {
    return refined(look_up(kEasyPost, status).value_or(Meaning{}),
                   look_up(kEasyPostDetail, detail));
}

Meaning aftership_meaning(std::string_view tag, std::string_view subtag) {
    return refined(look_up(kAfterShip, tag).value_or(Meaning{}), look_up(kAfterShipSubtag, subtag));
}

Meaning shippo_meaning(std::string_view status, std::string_view substatus) {
    return refined(look_up(kShippo, status).value_or(Meaning{}),
                   look_up(kShippoSubstatus, substatus));
}

Meaning karrio_meaning(std::string_view status, std::string_view reason) {
    Meaning meaning = look_up(kKarrio, status).value_or(Meaning{});
    meaning.cause = karrio_cause(reason);
    return meaning;
}

Meaning la_poste_meaning(std::string_view code) {
    return look_up(kLaPoste, code).value_or(Meaning{});
}

Meaning shopify_meaning(std::string_view status) {
    return look_up(kShopify, status).value_or(Meaning{});
}

}  // namespace verso::records
