// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/piece.h"
#include "core/domain/reading.h"
#include "records/store/store_types.h"

namespace verso::records {

// The first verdict on a piece of paper stands; another piece with its id is for a person. Pure.

/// How a new reading stands to the earlier ones of its card.
struct PieceDecision {
    PieceMatch match = PieceMatch::Unsure;  ///< Unsure also when there is no earlier one
    std::optional<EarlierReading> earlier;  ///< the one it is the same as, or differs from
};

/// Compares the reading's piece with those of earlier readings of the card. One that is the same
/// wins over all that differ, an accepted one over one that waits. Earlier readings with a forged
/// secret do not count.
PieceDecision decide_piece(const Reading& reading, const std::vector<EarlierReading>& earlier);

/// "another piece …": what a person is told, with the place of the earlier picture.
std::string other_piece_text(const EarlierReading& earlier);

}  // namespace verso::records
