// SPDX-License-Identifier: Apache-2.0
// Pieces are drawn cell by cell: each box has strokes between seeded points, in a ring of print.
#include "core/domain/piece.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core/domain/piece_cells.h"
#include "core/domain/piece_match.h"

namespace verso {
namespace {

constexpr int kWidth = 38, kHeight = 27;

struct Look {
    double shift = 0;      ///< cells
    double radius = 1.2;   ///< of the pen, cells
    double darkest = 6;    ///< level of full ink
    double lost_from = 2;  ///< share of each stroke's way from which it is gone
};

double distance(double px, double py, double ax, double ay, double bx, double by) {
    const double dx = bx - ax, dy = by - ay;
    const double along =
        std::clamp(((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
    return std::hypot(px - ax - along * dx, py - ay - along * dy);
}

PieceCells box(int index, unsigned seed, const Look& look) {
    std::mt19937 random(seed * 100 + unsigned(index));
    const auto draw = [&](int low, int high) {
        return low + double(random() % 1000) / 1000 * (high - low);
    };
    PieceCells cells{index, false, kWidth, kHeight, {}};
    cells.values.resize(std::size_t(kWidth * kHeight));
    for (int stroke = 0; stroke < 2; ++stroke) {
        const double ax = draw(6, 16), ay = draw(4, 23), bx = draw(22, 32), by = draw(4, 23);
        const double part = std::min(1.0, look.lost_from);
        for (int y = 0; y < kHeight; ++y) {
            for (int x = 0; x < kWidth; ++x) {
                auto& cell = cells.values[std::size_t(y * kWidth + x)];
                const double off = distance(x - look.shift, y - look.shift, ax, ay,
                                            ax + part * (bx - ax), ay + part * (by - ay));
                const double ink = std::clamp(look.radius + 0.5 - off, 0.0, 1.0) * look.darkest;
                cell = std::max(cell, std::uint8_t(std::lround(ink)));
            }
        }
    }
    for (int x = 8; x < 30; ++x) cells.values[std::size_t(6 * kWidth + x)] = PieceCells::kUnknown;
    return cells;
}

std::vector<PieceCells> card(unsigned seed, const Look& look = {}) {
    std::vector<PieceCells> all;
    for (int index : {1, 7, 12, 16}) all.push_back(box(index, seed, look));
    return all;
}

PieceMatch compare(const std::vector<PieceCells>& a, const std::vector<PieceCells>& b) {
    return compare_pieces(format_piece(a), format_piece(b));
}

TEST(Piece, IsTheSameThroughAnotherScanner) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(seed);
        EXPECT_EQ(compare(card(seed), card(seed)), PieceMatch::Same);
        EXPECT_EQ(compare(card(seed), card(seed, {.shift = 0.7})), PieceMatch::Same);
        EXPECT_EQ(compare(card(seed), card(seed, {.radius = 1.5, .darkest = 5})), PieceMatch::Same);
    }
}

TEST(Piece, IsAnotherWhenMarkedAgain) {
    int told = 0;
    for (unsigned seed = 1; seed <= 100; ++seed) {
        const PieceMatch match = compare(card(seed), card(seed + 1000));
        EXPECT_NE(match, PieceMatch::Same) << seed;
        told += match == PieceMatch::Different ? 1 : 0;
    }
    EXPECT_GE(told, 95);
}

TEST(Piece, IsNotAnotherBecauseAScanLostInk) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        EXPECT_NE(compare(card(seed), card(seed, {.lost_from = 0.6})), PieceMatch::Different)
            << seed;
    }
}

TEST(Piece, IsUnsureWithLittleInkOrNone) {
    const std::string whole = format_piece(card(1));
    const auto dots = card(1, {.radius = 0.6, .lost_from = 0.05});
    EXPECT_EQ(compare(dots, dots), PieceMatch::Unsure);
    EXPECT_EQ(compare_pieces("", ""), PieceMatch::Unsure);
    EXPECT_EQ(compare_pieces(whole, ""), PieceMatch::Unsure);
    EXPECT_EQ(compare_pieces("2" + whole.substr(1), whole), PieceMatch::Unsure);
    auto elsewhere = card(1);
    for (auto& one : elsewhere) ++one.index;
    EXPECT_EQ(compare(card(1), elsewhere), PieceMatch::Unsure);
}

TEST(Piece, OtherHandwritingIsAnotherPiece) {
    const auto with_text = [](unsigned seed, unsigned text) {
        auto all = card(seed);
        PieceCells field{0, true, 160, 40, {}};
        std::mt19937 random(text);
        for (int i = 0; i < 160 * 40; ++i)
            field.values.push_back(random() % 8 == 0 ? PieceCells::kDarkest : 0);
        all.push_back(field);
        return all;
    };
    EXPECT_EQ(compare(with_text(1, 1), with_text(1, 1)), PieceMatch::Same);
    EXPECT_NE(compare(with_text(1, 1), with_text(1, 2)), PieceMatch::Same);
    EXPECT_EQ(compare(with_text(1, 1), with_text(2, 2)), PieceMatch::Different);
}

TEST(PieceCells, SurviveTheirText) {
    auto all = card(3);
    PieceCells field{2, true, 5, 3, {}};
    for (int i = 0; i < 15; ++i) field.values.push_back(i % 2 == 0 ? PieceCells::kDarkest : 0);
    all.push_back(field);
    const std::string text = format_piece(all);
    const auto parsed = parse_piece(text);
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(*parsed, all);
    EXPECT_LT(text.size(), 2200u);
}

TEST(PieceCells, RefuseDamage) {
    const std::string text = format_piece(card(3));
    for (std::size_t size = 1; size < text.size(); size += 7) {
        if (const auto parsed = parse_piece(text.substr(0, size))) {
            EXPECT_LT(parsed->size(), 4u);
        }
    }
    EXPECT_FALSE(parse_piece("1X" + text.substr(2)).has_value());
    EXPECT_FALSE(parse_piece("1BAA////").has_value());
    EXPECT_FALSE(parse_piece(text.substr(0, 20) + "!" + text.substr(21)).has_value());
}

}  // namespace
}  // namespace verso
