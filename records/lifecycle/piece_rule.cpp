// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/piece_rule.h"

#include <fmt/format.h>

#include <algorithm>

namespace verso::records {

namespace {

bool is_forged(const EarlierReading& earlier) {
    return std::any_of(earlier.reasons.begin(), earlier.reasons.end(), [](const Rejection& reason) {
        return reason.code == RejectionCode::ForgedSecret;
    });
}

}  // namespace

PieceDecision decide_piece(const Reading& reading, const std::vector<EarlierReading>& earlier) {
    PieceDecision decision;
    if (reading.piece.empty() || reading.has_reason(RejectionCode::ForgedSecret)) return decision;
    for (const EarlierReading& other : earlier) {
        if (is_forged(other)) continue;
        const PieceMatch match = compare_pieces(other.piece, reading.piece);
        if (match == PieceMatch::Unsure) continue;
        const bool better = match == PieceMatch::Same && decision.match != PieceMatch::Same;
        const bool accepted = match == decision.match && other.verdict == Verdict::Accepted &&
                              decision.earlier->verdict != Verdict::Accepted;
        if (decision.earlier && !better && !accepted) continue;
        decision = {match, other};
    }
    return decision;
}

std::string other_piece_text(const EarlierReading& earlier) {
    return fmt::format("another piece of paper with this card's id was read before: {}, page {}",
                       earlier.source, earlier.page);
}

}  // namespace verso::records
