// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "core/domain/piece_cells.h"

// Pieces of paper without pictures: their ink is drawn cell by cell.

namespace verso::test {

inline constexpr int kInkWidth = 38, kInkHeight = 27;  // cells: an oval and its surroundings

/// How a scan shows the strokes.
struct InkLook {
    double shift = 0;      ///< cells
    double radius = 1.2;   ///< of the pen, cells
    double darkest = 6;    ///< level of full ink
    double lost_from = 2;  ///< share of each stroke's way from which it is gone
};

inline double stroke_distance(double px, double py, double ax, double ay, double bx, double by) {
    const double dx = bx - ax, dy = by - ay;
    const double along =
        std::clamp(((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
    return std::hypot(px - ax - along * dx, py - ay - along * dy);
}

/// One box with two strokes between seeded points, and a line of the card's own print.
inline PieceCells inked_box(int index, unsigned seed, const InkLook& look) {
    std::mt19937 random(seed * 100 + unsigned(index));
    const auto draw = [&](int low, int high) {
        return low + double(random() % 1000) / 1000 * (high - low);
    };
    PieceCells cells{index, false, kInkWidth, kInkHeight, {}};
    cells.values.resize(std::size_t(kInkWidth * kInkHeight));
    for (int stroke = 0; stroke < 2; ++stroke) {
        const double ax = draw(6, 16), ay = draw(4, 23), bx = draw(22, 32), by = draw(4, 23);
        const double part = std::min(1.0, look.lost_from);
        for (int y = 0; y < kInkHeight; ++y) {
            for (int x = 0; x < kInkWidth; ++x) {
                auto& cell = cells.values[std::size_t(y * kInkWidth + x)];
                const double off = stroke_distance(x - look.shift, y - look.shift, ax, ay,
                                                   ax + part * (bx - ax), ay + part * (by - ay));
                const double ink = std::clamp(look.radius + 0.5 - off, 0.0, 1.0) * look.darkest;
                cell = std::max(cell, std::uint8_t(std::lround(ink)));
            }
        }
    }
    for (int x = 8; x < 30; ++x)
        cells.values[std::size_t(6 * kInkWidth + x)] = PieceCells::kUnknown;
    return cells;
}

/// A card of four marks; another seed is another hand.
inline std::vector<PieceCells> inked_card(unsigned seed, const InkLook& look = {}) {
    std::vector<PieceCells> all;
    for (int index : {1, 7, 12, 16}) all.push_back(inked_box(index, seed, look));
    return all;
}

}  // namespace verso::test
