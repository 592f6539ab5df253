// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "core/domain/piece_cells.h"

namespace verso {

/// How alike the ink of two pieces is. Numbers only; what they mean is for core/domain/piece.cpp.
struct PieceMeasures {
    int boxes = 0;  ///< with ink in both
    /// Mean correlation (Fisher's z) of the same box on both.
    double likeness = 0;
    /// How far that is above the correlation of one's marks with the other's marks in other boxes,
    /// which is how alike one hand's marks are anyway: mean over the boxes, and the least of them.
    double margin = 0, least_margin = 0;
    /// Of the ink of one piece, the share that lies on ink of the other; of the two directions the
    /// larger one. A worse scan loses ink, it adds none elsewhere: near 1 for one piece.
    double containment = 0;
    double ink_ratio = 0;         ///< inked cells of the paler one against the darker one
    int ink_cells = 0;            ///< of the paler one
    std::optional<double> field;  ///< correlation of the handwriting, where both have some
};

/// Compares what two readings of one layout show. Pure; about a millisecond.
PieceMeasures measure_pieces(const std::vector<PieceCells>& a, const std::vector<PieceCells>& b);

}  // namespace verso
