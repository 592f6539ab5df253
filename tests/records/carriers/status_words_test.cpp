// SPDX-License-Identifier: Apache-2.0
// Every word of every source that the documentation names, against what it must mean.
#include "records/carriers/status_words.h"

#include <gtest/gtest.h>

#include <set>

namespace verso::records {
namespace {

using S = ParcelStatus;
using C = IncidentCause;

struct Case {
    const char *status, *fine;
    S expected;
    C cause = C::None;
};

template <class Look>
void check(std::initializer_list<Case> cases, Look look) {
    for (const Case& one : cases) {
        const Meaning meaning = look(one.status, one.fine);
        EXPECT_EQ(to_string(meaning.status), to_string(one.expected)) << one.status << one.fine;
        EXPECT_EQ(to_string(meaning.cause), to_string(one.cause)) << one.status << one.fine;
    }
}

TEST(StatusWords, EasyPost) {
    check({{"pre_transit", "label_created", S::LabelCreated},
           {"in_transit", "arrived_at_facility", S::InTransit},
           {"in_transit", "delayed", S::Delayed},
           {"in_transit", "weather_delay", S::Delayed, C::Weather},
           {"in_transit", "missorted", S::Delayed, C::Carrier},
           {"out_for_delivery", "out_for_delivery", S::OutForDelivery},
           {"out_for_delivery", "delivery_exception", S::FailedAttempt},
           {"available_for_pickup", "arrived_at_pickup_location", S::AvailableForPickup},
           {"delivered", "arrived_at_destination", S::Delivered},
           {"delivered", "damaged", S::Delivered},
           {"return_to_sender", "refused", S::Returned, C::Consignee},
           {"failure", "lost", S::Failure, C::Carrier},
           {"failure", "", S::Failure},
           {"cancelled", "", S::Cancelled},
           {"error", "", S::Unknown},
           {"unknown", "delayed", S::Unknown},
           {"beamed_up", "", S::Unknown}},
          easypost_meaning);
}

TEST(StatusWords, AfterShip) {
    check({{"Pending", "Pending_001", S::Unknown},
           {"InfoReceived", "InfoReceived_001", S::LabelCreated},
           {"InTransit", "InTransit_007", S::InTransit},
           {"OutForDelivery", "OutForDelivery_001", S::OutForDelivery},
           {"AttemptFail", "AttemptFail_001", S::FailedAttempt},
           {"AttemptFail", "AttemptFail_002", S::FailedAttempt, C::Consignee},
           {"Delivered", "Delivered_001", S::Delivered},
           {"Delivered", "Delivered_002", S::Delivered},
           {"Delivered", "Delivered_005", S::Delivered},
           {"AvailableForPickup", "AvailableForPickup_001", S::AvailableForPickup},
           {"Exception", "Exception_001", S::Failure},
           {"Exception", "Exception_003", S::FailedAttempt, C::Consignee},
           {"Exception", "Exception_004", S::Delayed, C::Customs},
           {"Exception", "Exception_009", S::Failure, C::Shop},
           {"Exception", "Exception_010", S::Returned},
           {"Exception", "Exception_013", S::Failure, C::Carrier},
           {"Expired", "Expired_001", S::Unknown}},
          aftership_meaning);
}

TEST(StatusWords, Shippo) {
    check({{"PRE_TRANSIT", "information_received", S::LabelCreated},
           {"TRANSIT", "package_accepted", S::InTransit},
           {"TRANSIT", "out_for_delivery", S::OutForDelivery},
           {"TRANSIT", "delivery_attempted", S::FailedAttempt, C::Consignee},
           {"TRANSIT", "pickup_available", S::AvailableForPickup},
           {"TRANSIT", "delayed", S::Delayed},
           {"DELIVERED", "delivered", S::Delivered},
           {"RETURNED", "return_to_sender", S::Returned},
           {"RETURNED", "package_unclaimed", S::Returned, C::Consignee},
           {"FAILURE", "package_lost", S::Failure, C::Carrier},
           {"UNKNOWN", "", S::Unknown}},
          shippo_meaning);
}

TEST(StatusWords, Karrio) {
    check({{"pending", "", S::LabelCreated},
           {"picked_up", "", S::InTransit},
           {"in_transit", "", S::InTransit},
           {"out_for_delivery", "", S::OutForDelivery},
           {"ready_for_pickup", "", S::AvailableForPickup},
           {"delivered", "", S::Delivered},
           {"on_hold", "customs_inspection", S::Delayed, C::Customs},
           {"delivery_delayed", "weather_delay", S::Delayed, C::Weather},
           {"delivery_delayed", "force_majeure", S::Delayed, C::Weather},
           {"delivery_failed", "consignee_not_home", S::FailedAttempt, C::Consignee},
           {"delivery_failed", "carrier_damaged_parcel", S::FailedAttempt, C::Carrier},
           {"delivery_delayed", "retailer_not_ready", S::Delayed, C::Shop},
           {"return_to_sender", "other_unknown", S::Returned},
           {"cancelled", "", S::Cancelled},
           {"needs_attention", "", S::Unknown}},
          karrio_meaning);
}

TEST(StatusWords, LaPosteAndShopify) {
    check({{"DR1", "", S::LabelCreated},
           {"PC1", "", S::InTransit},
           {"ET1", "", S::InTransit},
           {"MD2", "", S::OutForDelivery},
           {"ND1", "", S::FailedAttempt, C::Consignee},
           {"AG1", "", S::AvailableForPickup, C::Consignee},
           {"DO1", "", S::InTransit, C::Customs},
           {"DO3", "", S::Delayed, C::Customs},
           {"RE1", "", S::Returned, C::Consignee},
           {"DI1", "", S::Delivered},
           {"DI2", "", S::Returned},
           {"ZZ9", "", S::Unknown}},
          [](auto code, auto) { return la_poste_meaning(code); });
    check({{"label_printed", "", S::LabelCreated},
           {"confirmed", "", S::LabelCreated},
           {"carrier_picked_up", "", S::InTransit},
           {"out_for_delivery", "", S::OutForDelivery},
           {"attempted_delivery", "", S::FailedAttempt},
           {"ready_for_pickup", "", S::AvailableForPickup},
           {"delayed", "", S::Delayed},
           {"delivered", "", S::Delivered},
           {"failure", "", S::Failure},
           {"", "", S::Unknown}},
          [](auto status, auto) { return shopify_meaning(status); });
}

// Whatever is added to a word, "delivered" is only what a source calls so.
TEST(StatusWords, NoDetailMakesAParcelDelivered) {
    for (const char* fine : {"delivered", "Delivered_001", "arrived_at_destination", "DI1"}) {
        EXPECT_NE(easypost_meaning("in_transit", fine).status, S::Delivered);
        EXPECT_NE(aftership_meaning("InTransit", fine).status, S::Delivered);
        EXPECT_NE(shippo_meaning("TRANSIT", fine).status, S::Delivered);
        EXPECT_NE(karrio_meaning("in_transit", fine).status, S::Delivered);
    }
}

}  // namespace
}  // namespace verso::records
