// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/domain/order.h"

namespace verso::records {

// By which words an order is found again: the buyer's name, e-mail and the parcels' tracking
// numbers. Pure.

/// Text as people compare names: without case and accents (Unicode NFKD without marks, case
/// folded), letters and digits only, runs of anything else as one blank. "Éloïse  O’Hara" gives
/// "eloise o hara".
std::string folded(std::string_view text);

/// All of them, sorted, each once. A name stands there from each of its words on ("n:eloise
/// exemple", "n:exemple eloise"), so that the beginning of any of its words finds it; an e-mail as
/// "e:…" in lower case; a tracking number as "t:…", letters and digits only, in upper case. Each at
/// most 80 bytes; at most four words of a name begin one.
std::vector<std::string> order_words(const Order& order);

/// One of them: of an e-mail (empty without one), of a tracking number.
std::string email_word(std::string_view email);
std::string tracking_word(std::string_view tracking);

/// What somebody typed, as the beginnings of words to look for, the most telling first.
std::vector<std::string> search_words(std::string_view typed);

}  // namespace verso::records
