// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/answer.h"
#include "records/figures/figure_cell.h"

namespace verso::records {

// Whose fault a late or damaged parcel was. The score stays as the buyer gave it: this only tags
// it, with the evidence, so that both totals can stand side by side.

/// The numbers are kept in cells: they never change.
enum class Fault { None = 0, Carrier = 1, Merchant = 2, BuyerAbsent = 3, Unknown = 4 };
/// "none", "carrier", "merchant", "buyer-absent", "unknown".
std::string_view to_string(Fault fault);

/// What a carrier can say that decides a fault.
enum class ParcelMoment {
    Announced,        ///< the label was made; the carrier has no parcel yet
    HandedOver,       ///< the carrier has it: the first scan of its own
    AttemptFailed,    ///< nobody was at home, or the parcel waits to be collected
    Refused,          ///< the buyer did not take it
    AddressWrong,     ///< the address on the parcel does not exist or lacks something
    CarrierIncident,  ///< the carrier names a fault of its own: delay, missort, loss
    ShopIncident,     ///< the carrier names a fault of the shop: not ready, badly packed
    Damaged,          ///< the carrier says that the parcel is damaged
    OutsideCause,     ///< weather, customs, strike of others
    Delivered,
};
std::string_view to_string(ParcelMoment moment);

struct ParcelEvent {
    ParcelMoment moment = ParcelMoment::HandedOver;
    DayNumber day = 0;
    std::string text{};  ///< the carrier's own words, for the evidence
};

/// What is known of the parcel that a buyer complains of.
struct FaultFacts {
    bool late = false;     ///< the buyer says so, or says "not received yet"
    bool damaged = false;  ///< the buyer says so
    DayNumber answered = 0;
    std::optional<DayNumber> promised;  ///< the day that the shop promised
    std::optional<DayNumber> ship_by;   ///< the last day on which the carrier could still make it
    std::vector<ParcelEvent> events;    ///< any order
};

/// The tag and the one sentence that supports it.
struct FaultFinding {
    Fault fault = Fault::None;
    std::string evidence{};
};

/// What the answers complain of: `delivery` 0 or the kind "not received yet" is late, `undamaged`
/// 0 or `damaged` 1 is damaged.
FaultFacts complaint_of(const Response& response);

/// None unless the buyer complains. Damage is the carrier's where the carrier reported it, else
/// unknown: the answer alone cannot tell packing from transport. Lateness, first that fits:
/// no promised day, or the carrier delivered by it: unknown. An address that the carrier could not
/// use: unknown. Nobody at home, or refused, by the promised day: buyer-absent. Handed over after
/// the day to ship by (or after the promised day), announced and never handed over, or a fault of
/// the shop that the carrier names: merchant.
/// Weather or customs: unknown. Handed over in time: carrier. Else unknown.
FaultFinding find_fault(const FaultFacts& facts);

}  // namespace verso::records
