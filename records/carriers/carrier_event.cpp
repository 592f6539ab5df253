// SPDX-License-Identifier: Apache-2.0
#include "records/carriers/carrier_event.h"

#include <fmt/format.h>

#include <array>

#include "core/crypto/crypto.h"
#include "core/domain/parcel_number.h"
#include "records/carriers/status_words.h"

namespace verso::records {

namespace {

template <class Value>
struct Name {
    Value value;
    std::string_view text;
};

constexpr std::array<Name<EventSource>, 8> kSources{{{EventSource::EasyPost, "easypost"},
                                                     {EventSource::AfterShip, "aftership"},
                                                     {EventSource::Shippo, "shippo"},
                                                     {EventSource::Karrio, "karrio"},
                                                     {EventSource::LaPoste, "la-poste"},
                                                     {EventSource::Shopify, "shopify"},
                                                     {EventSource::Csv, "csv"},
                                                     {EventSource::Json, "json"}}};

constexpr std::array<Name<ParcelStatus>, 11> kStatuses{
    {{ParcelStatus::LabelCreated, "label-created"},
     {ParcelStatus::InTransit, "in-transit"},
     {ParcelStatus::OutForDelivery, "out-for-delivery"},
     {ParcelStatus::AvailableForPickup, "available-for-pickup"},
     {ParcelStatus::Delivered, "delivered"},
     {ParcelStatus::FailedAttempt, "failed-attempt"},
     {ParcelStatus::Delayed, "delayed"},
     {ParcelStatus::Returned, "returned"},
     {ParcelStatus::Failure, "failure"},
     {ParcelStatus::Cancelled, "cancelled"},
     {ParcelStatus::Unknown, "unknown"}}};

constexpr std::array<Name<IncidentCause>, 6> kCauses{{{IncidentCause::None, "none"},
                                                      {IncidentCause::Carrier, "carrier"},
                                                      {IncidentCause::Consignee, "consignee"},
                                                      {IncidentCause::Customs, "customs"},
                                                      {IncidentCause::Weather, "weather"},
                                                      {IncidentCause::Shop, "shop"}}};

template <class Names, class Value>
std::string_view name_of(const Names& names, Value value) {
    for (const auto& name : names) {
        if (name.value == value) return name.text;
    }
    return "";
}

template <class Value, std::size_t N>
Result<Value> value_of(const std::array<Name<Value>, N>& names, std::string_view text,
                       std::string_view what) {
    const std::string plain = plain_word(text);
    std::string known;
    for (const auto& name : names) {
        if (plain_word(name.text) == plain) return name.value;
        known += (known.empty() ? "" : ", ") + std::string(name.text);
    }
    return Error{ErrorCode::ValueInvalid, fmt::format("'{}' is not {}", text, what), "",
                 "write one of: " + known};
}

Error not_a_time(std::string_view text) {
    return {ErrorCode::ValueInvalid,
            fmt::format("'{}' is not a time like 2026-10-08T15:01:00+02:00", text), "", ""};
}

}  // namespace

std::string_view to_string(EventSource source) { return name_of(kSources, source); }
std::string_view to_string(ParcelStatus status) { return name_of(kStatuses, status); }
std::string_view to_string(IncidentCause cause) { return name_of(kCauses, cause); }

Result<EventSource> parse_event_source(std::string_view text) {
    return value_of(kSources, text, "a source of carrier events");
}
Result<ParcelStatus> parse_parcel_status(std::string_view text) {
    return value_of(kStatuses, text, "a status of a parcel");
}
Result<IncidentCause> parse_incident_cause(std::string_view text) {
    return value_of(kCauses, text, "a cause of an incident");
}

std::string content_id(const CarrierEvent& event) {
    constexpr char kBetween = '\x1f';
    std::string content;
    for (const std::string& part :
         {std::string(to_string(event.source)), bare_number(event.tracking), event.order,
          event.order_key, std::to_string(event.parcel), format_time(event.at), event.word,
          std::string(to_string(event.status))}) {
        content += part;
        content += kBetween;
    }
    return "sha256:" + sha256_hex(content);
}

Result<ZonedTime> parse_event_time(std::string_view text) {
    constexpr std::size_t kDay = 10, kMinutes = 16;
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return not_a_time(text);
    const std::string_view trimmed = text.substr(first, text.find_last_not_of(" \t") - first + 1);
    std::string whole(trimmed);
    if (whole.size() == kDay) {
        whole += "T12:00:00";
    } else if (whole.size() >= kMinutes && whole[kMinutes - 3] == ':' &&
               (whole.size() == kMinutes || whole[kMinutes] != ':')) {
        whole.insert(kMinutes, ":00");
    }
    auto time = parse_time(whole);
    if (!time || int(time->local_day().year()) < 2000) return not_a_time(trimmed);
    return time;
}

}  // namespace verso::records
