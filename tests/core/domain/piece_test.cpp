// SPDX-License-Identifier: Apache-2.0
#include "core/domain/piece.h"

#include <gtest/gtest.h>

#include <random>

#include "core/domain/piece_cells.h"
#include "core/domain/piece_match.h"
#include "tests/support/piece_ink.h"

namespace verso {
namespace {

using test::inked_card;

PieceMatch compare(const std::vector<PieceCells>& a, const std::vector<PieceCells>& b) {
    return compare_pieces(format_piece(a), format_piece(b));
}

TEST(Piece, IsTheSameThroughAnotherScanner) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(seed);
        EXPECT_EQ(compare(inked_card(seed), inked_card(seed)), PieceMatch::Same);
        EXPECT_EQ(compare(inked_card(seed), inked_card(seed, {.shift = 0.7})), PieceMatch::Same);
        EXPECT_EQ(compare(inked_card(seed), inked_card(seed, {.radius = 1.5, .darkest = 5})),
                  PieceMatch::Same);
    }
}

TEST(Piece, IsAnotherWhenMarkedAgain) {
    int told = 0;
    for (unsigned seed = 1; seed <= 100; ++seed) {
        const PieceMatch match = compare(inked_card(seed), inked_card(seed + 1000));
        EXPECT_NE(match, PieceMatch::Same) << seed;
        told += match == PieceMatch::Different ? 1 : 0;
    }
    EXPECT_GE(told, 95);
}

TEST(Piece, IsNotAnotherBecauseAScanLostInk) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        EXPECT_NE(compare(inked_card(seed), inked_card(seed, {.lost_from = 0.6})),
                  PieceMatch::Different)
            << seed;
    }
}

TEST(Piece, IsUnsureWithLittleInkOrNone) {
    const std::string whole = format_piece(inked_card(1));
    const auto dots = inked_card(1, {.radius = 0.6, .lost_from = 0.05});
    EXPECT_EQ(compare(dots, dots), PieceMatch::Unsure);
    EXPECT_EQ(compare_pieces("", ""), PieceMatch::Unsure);
    EXPECT_EQ(compare_pieces(whole, ""), PieceMatch::Unsure);
    EXPECT_EQ(compare_pieces("2" + whole.substr(1), whole), PieceMatch::Unsure);
    auto elsewhere = inked_card(1);
    for (auto& one : elsewhere) ++one.index;
    EXPECT_EQ(compare(inked_card(1), elsewhere), PieceMatch::Unsure);
}

TEST(Piece, OtherHandwritingIsAnotherPiece) {
    const auto with_text = [](unsigned seed, unsigned text) {
        auto all = inked_card(seed);
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
    auto all = inked_card(3);
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
    const std::string text = format_piece(inked_card(3));
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
