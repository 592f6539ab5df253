// SPDX-License-Identifier: Apache-2.0
#include "core/domain/piece.h"

#include "core/domain/piece_match.h"

namespace verso {

namespace {

// What tests/bench/pieces.cpp measured on 460 pairs of scans of one piece and 460 of two pieces
// that one hand marked alike; docs/decisions/0008-same-piece.md has the tables.
constexpr int kEnoughInk = 60;      // cells: 4 mm² of strokes
constexpr int kEnoughBoxes = 3;     // fewer marks are alike by chance
constexpr double kSame = 3.5;       // score; two pieces: at most 3.3
constexpr double kEveryBox = 0.1;   // least margin; two pieces: 1 in 70 has more
constexpr double kSameText = 0.85;  // correlation; other handwriting: at most 0.7
constexpr double kSameBesideText = 2.0;
constexpr double kOtherText = 0.5;      // correlation; what a bilevel scan leaves has 0.55 and more
constexpr double kOtherLikeness = 2.6;  // two pieces: at most 2.5; all marks alike have no margin
constexpr double kOtherMargin = 0.35;   // one piece with its ink: at least 0.5
constexpr double kEqualInk = 0.8;       // neither scan lost ink, so its place tells
constexpr double kElsewhere = 0.96;     // containment; one piece: at least 0.978
constexpr double kFarElsewhere = 0.9;   // the same, when there are few boxes

double score(const PieceMeasures& m) { return m.likeness + 1.5 * m.margin; }

bool is_same(const PieceMeasures& m) {
    if (m.field && *m.field < kOtherText) return false;
    if (m.field && *m.field >= kSameText && score(m) >= kSameBesideText) return true;
    return m.boxes >= kEnoughBoxes && score(m) >= kSame && m.least_margin >= kEveryBox;
}

bool is_other(const PieceMeasures& m) {
    if (m.boxes < kEnoughBoxes) return m.containment < kFarElsewhere;
    if (m.margin >= kOtherMargin || m.likeness >= kOtherLikeness) return false;
    return m.ink_ratio >= kEqualInk || m.containment < kElsewhere;
}

PieceMatch judge(const PieceMeasures& m) {
    if (m.boxes == 0 || m.ink_cells < kEnoughInk) return PieceMatch::Unsure;
    if (is_same(m)) return PieceMatch::Same;
    return is_other(m) ? PieceMatch::Different : PieceMatch::Unsure;
}

}  // namespace

PieceMatch compare_pieces(std::string_view a, std::string_view b) {
    const auto first = parse_piece(a), second = parse_piece(b);
    if (!first || !second) return PieceMatch::Unsure;
    return judge(measure_pieces(*first, *second));
}

}  // namespace verso
