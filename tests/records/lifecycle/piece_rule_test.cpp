// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/piece_rule.h"

#include <gmock/gmock.h>

#include "tests/support/piece_ink.h"

namespace verso::records {
namespace {

std::string ink(unsigned seed) { return format_piece(test::inked_card(seed)); }

EarlierReading earlier(std::int64_t id, unsigned seed, Verdict verdict = Verdict::Accepted) {
    return {ReadingId{id}, verdict, "#1001", ink(seed), {}, "a.tif", 3};
}

Reading reading(unsigned seed) {
    Reading out;
    out.piece = ink(seed);
    return out;
}

TEST(PieceRule, FindsThePieceAmongOthers) {
    const auto decision = decide_piece(reading(2), {earlier(1, 1), earlier(2, 2), earlier(3, 3)});
    EXPECT_EQ(decision.match, PieceMatch::Same);
    EXPECT_EQ(decision.earlier->id, ReadingId{2});
}

TEST(PieceRule, PrefersTheReadingThatWasAccepted) {
    const auto decision =
        decide_piece(reading(2), {earlier(1, 2, Verdict::Review), earlier(2, 2), earlier(3, 2)});
    EXPECT_EQ(decision.earlier->id, ReadingId{2});
}

TEST(PieceRule, TellsAnotherPieceWithItsPlace) {
    const auto decision = decide_piece(reading(1), {earlier(1, 2)});
    ASSERT_EQ(decision.match, PieceMatch::Different);
    EXPECT_THAT(other_piece_text(*decision.earlier), ::testing::HasSubstr("a.tif, page 3"));
}

TEST(PieceRule, LeavesOutForgedCardsAndEmptyPieces) {
    EarlierReading forged = earlier(1, 2);
    forged.reasons = {{RejectionCode::ForgedSecret, "", ""}};
    EXPECT_FALSE(decide_piece(reading(1), {forged}).earlier);
    Reading blank;
    EXPECT_FALSE(decide_piece(blank, {earlier(1, 1)}).earlier);
    EXPECT_FALSE(decide_piece(reading(1), {}).earlier);
}

}  // namespace
}  // namespace verso::records
