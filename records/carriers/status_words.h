// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "records/carriers/carrier_event.h"

namespace verso::records {

// What the words of each source mean: tables and nothing else. Sources of the words: the carriers'
// and trackers' own documentation, as listed in docs/formats/carrier-events.md.

/// In lower case, with '_' for '-' and blanks, without what is around: "Out for delivery" and
/// "OUT_FOR_DELIVERY" are one word.
std::string plain_word(std::string_view text);

/// What a word means. A word that is not in the table is Unknown: kept, and nothing follows from
/// it.
struct Meaning {
    ParcelStatus status = ParcelStatus::Unknown;
    IncidentCause cause = IncidentCause::None;
};

Meaning easypost_meaning(std::string_view status, std::string_view detail);
Meaning aftership_meaning(std::string_view tag, std::string_view subtag);
Meaning shippo_meaning(std::string_view status, std::string_view substatus);
Meaning karrio_meaning(std::string_view status, std::string_view reason);
Meaning la_poste_meaning(std::string_view code);
Meaning shopify_meaning(std::string_view status);

}  // namespace verso::records
