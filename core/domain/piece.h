// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace verso {

// Tells one piece of paper from another that carries the same card id. A reading's `piece` is made
// by the scanner from the ink that is not the card's own print (scanner/piece) and kept with it.

/// How two pieces compare.
enum class PieceMatch {
    Same,       ///< one piece, scanned, photographed or photocopied again
    Different,  ///< two pieces with one id: someone copied a card and marked it again
    Unsure,     ///< too little was written to tell: a person decides when the answers differ
};

/// Compares two readings' `piece`. An empty or foreign one gives Unsure. Pure.
PieceMatch compare_pieces(std::string_view a, std::string_view b);

}  // namespace verso
