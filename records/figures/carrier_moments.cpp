// SPDX-License-Identifier: Apache-2.0
#include "records/figures/carrier_moments.h"

#include <algorithm>
#include <string>

#include "records/figures/figure_facts.h"

namespace verso::records {

namespace {

bool says(const CarrierEvent& event, std::string_view part) {
    std::string word = event.word;
    std::ranges::transform(word, word.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return word.find(part) != std::string::npos;
}

bool is_in_carriers_hands(ParcelStatus status) {
    return status != ParcelStatus::LabelCreated && status != ParcelStatus::Cancelled &&
           status != ParcelStatus::Unknown;
}

ParcelMoment buyers_side(const CarrierEvent& event) {
    if (says(event, "refus")) return ParcelMoment::Refused;
    return says(event, "address") ? ParcelMoment::AddressWrong : ParcelMoment::AttemptFailed;
}

/// What besides "the carrier has it" an event says, if anything.
std::optional<ParcelMoment> moment_of(const CarrierEvent& event) {
    if (event.status == ParcelStatus::Delivered) return ParcelMoment::Delivered;
    if (event.status == ParcelStatus::LabelCreated) return ParcelMoment::Announced;
    if (says(event, "damag")) return ParcelMoment::Damaged;
    switch (event.cause) {
        case IncidentCause::Carrier:
            return ParcelMoment::CarrierIncident;
        case IncidentCause::Consignee:
            return buyers_side(event);
        case IncidentCause::Customs:
        case IncidentCause::Weather:
            return ParcelMoment::OutsideCause;
        case IncidentCause::Shop:
            return ParcelMoment::ShopIncident;
        case IncidentCause::None:
            break;
    }
    if (event.status == ParcelStatus::FailedAttempt ||
        event.status == ParcelStatus::AvailableForPickup) {
        return ParcelMoment::AttemptFailed;
    }
    return std::nullopt;
}

}  // namespace

std::vector<ParcelEvent> moments_of(std::span<const CarrierEvent> events) {
    std::vector<ParcelEvent> moments;
    for (const CarrierEvent& event : events) {
        const DayNumber day = day_of(event.at.local_day());
        if (is_in_carriers_hands(event.status)) {
            moments.push_back({ParcelMoment::HandedOver, day, event.word});
        }
        if (const auto moment = moment_of(event)) moments.push_back({*moment, day, event.word});
    }
    std::ranges::stable_sort(moments, {}, &ParcelEvent::day);
    return moments;
}

}  // namespace verso::records
