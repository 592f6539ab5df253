// SPDX-License-Identifier: Apache-2.0
#include "records/figures/fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "core/util/time.h"

namespace verso::records {

namespace {

std::string day_text(DayNumber day) {
    return format_day(std::chrono::sys_days{std::chrono::days{day}});
}

/// The first event of a kind by day, if it came at all.
const ParcelEvent* first_of(const FaultFacts& facts, ParcelMoment moment) {
    const ParcelEvent* first = nullptr;
    for (const ParcelEvent& event : facts.events) {
        if (event.moment == moment && (!first || event.day < first->day)) first = &event;
    }
    return first;
}

std::size_t announcements(const FaultFacts& facts) {
    return static_cast<std::size_t>(
        std::ranges::count(facts.events, ParcelMoment::Announced, &ParcelEvent::moment));
}

std::string told(const ParcelEvent& event) {
    const std::string words = event.text.empty() ? "" : fmt::format(" (\"{}\")", event.text);
    return fmt::format("{} on {}{}", to_string(event.moment), day_text(event.day), words);
}

FaultFinding judge_damage(const FaultFacts& facts) {
    if (const ParcelEvent* event = first_of(facts, ParcelMoment::Damaged)) {
        return {Fault::Carrier, "the carrier says: " + told(*event)};
    }
    return {Fault::Unknown, "no event of the carrier speaks of damage"};
}

/// What the buyer's side had to do with it, before the promised day was over.
std::optional<FaultFinding> judge_buyer(const FaultFacts& facts) {
    if (const ParcelEvent* event = first_of(facts, ParcelMoment::AddressWrong)) {
        return FaultFinding{Fault::Unknown,
                            "the carrier could not use the address: " + told(*event)};
    }
    for (const ParcelMoment moment : {ParcelMoment::AttemptFailed, ParcelMoment::Refused}) {
        const ParcelEvent* event = first_of(facts, moment);
        if (event && event->day <= *facts.promised) {
            return FaultFinding{Fault::BuyerAbsent, fmt::format("{}, promised for {}", told(*event),
                                                                day_text(*facts.promised))};
        }
    }
    return std::nullopt;
}

FaultFinding judge_transport(const FaultFacts& facts) {
    const ParcelEvent* handed = first_of(facts, ParcelMoment::HandedOver);
    const DayNumber limit = facts.ship_by.value_or(*facts.promised);
    const std::string promised = "promised for " + day_text(*facts.promised);
    if (handed && handed->day > limit) {
        return {Fault::Merchant, fmt::format("{}, to be shipped by {}, {}", told(*handed),
                                             day_text(limit), promised)};
    }
    if (const ParcelEvent* event = first_of(facts, ParcelMoment::ShopIncident)) {
        return {Fault::Merchant, told(*event) + ", " + promised};
    }
    if (const ParcelEvent* event = first_of(facts, ParcelMoment::OutsideCause)) {
        return {Fault::Unknown, told(*event) + ", " + promised};
    }
    if (const ParcelEvent* event = first_of(facts, ParcelMoment::CarrierIncident)) {
        return {Fault::Carrier, told(*event) + ", " + promised};
    }
    const ParcelEvent* announced = first_of(facts, ParcelMoment::Announced);
    if (announced && facts.events.size() == announcements(facts)) {
        return {Fault::Merchant, told(*announced) + " and never handed over, " + promised};
    }
    const ParcelEvent* delivered = first_of(facts, ParcelMoment::Delivered);
    if (!handed) return {Fault::Unknown, "no event says when the carrier got it, " + promised};
    return {Fault::Carrier, fmt::format("{}, {}, {}", told(*handed), promised,
                                        delivered ? told(*delivered) : "not delivered yet")};
}

FaultFinding judge_lateness(const FaultFacts& facts) {
    if (facts.events.empty()) return {Fault::Unknown, "no event of the carrier is known"};
    if (!facts.promised) return {Fault::Unknown, "no day was promised"};
    const ParcelEvent* delivered = first_of(facts, ParcelMoment::Delivered);
    if (delivered && delivered->day <= *facts.promised) {
        return {Fault::Unknown, fmt::format("the carrier says {}, promised for {}",
                                            told(*delivered), day_text(*facts.promised))};
    }
    if (!delivered && facts.answered <= *facts.promised) {
        return {Fault::Unknown, "the promised day " + day_text(*facts.promised) + " was not over"};
    }
    if (auto buyer = judge_buyer(facts)) return *buyer;
    return judge_transport(facts);
}

}  // namespace

std::string_view to_string(Fault fault) {
    switch (fault) {
        case Fault::None:
            return "none";
        case Fault::Carrier:
            return "carrier";
        case Fault::Merchant:
            return "merchant";
        case Fault::BuyerAbsent:
            return "buyer-absent";
        case Fault::Unknown:
            return "unknown";
    }
    return "unknown";
}

std::string_view to_string(ParcelMoment moment) {
    switch (moment) {
        case ParcelMoment::Announced:
            return "announced";
        case ParcelMoment::HandedOver:
            return "handed over";
        case ParcelMoment::AttemptFailed:
            return "nobody took it";
        case ParcelMoment::Refused:
            return "refused";
        case ParcelMoment::AddressWrong:
            return "address not usable";
        case ParcelMoment::CarrierIncident:
            return "incident of the carrier";
        case ParcelMoment::ShopIncident:
            return "not as the carrier needs it";
        case ParcelMoment::Damaged:
            return "damaged";
        case ParcelMoment::OutsideCause:
            return "held up from outside";
        case ParcelMoment::Delivered:
            return "delivered";
    }
    return "";
}

FaultFacts complaint_of(const Response& response) {
    FaultFacts facts;
    const auto says = [&](std::string_view question, int value) {
        const auto answer = response.answers.find(question);
        return answer != response.answers.end() && answer->second == value;
    };
    facts.late = response.kind == ResponseKind::NotReceived || says("delivery", 0);
    facts.damaged = says("undamaged", 0) || says("damaged", 1);
    facts.answered = static_cast<DayNumber>(
        std::chrono::floor<std::chrono::days>(response.recorded_at).time_since_epoch().count());
    return facts;
}

FaultFinding find_fault(const FaultFacts& facts) {
    if (!facts.late && !facts.damaged) return {};
    if (!facts.damaged) return judge_lateness(facts);
    const FaultFinding damage = judge_damage(facts);
    if (!facts.late || damage.fault != Fault::Unknown) return damage;
    return judge_lateness(facts);
}

}  // namespace verso::records
