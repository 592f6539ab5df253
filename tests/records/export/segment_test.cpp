// SPDX-License-Identifier: Apache-2.0
#include "records/export/segment.h"

#include <gtest/gtest.h>

#include "records/store/desk_book.h"
#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

constexpr std::chrono::hours kDay{24};

/// An unhappy buyer who sent a shoe back; placed at day 0, answered on day 10, today is day 20.
class Segments : public ::testing::Test {
  protected:
    Segments() {
        Rating rating;
        rating.answers = {{"overall", 2}};
        rating.recorded_at = at(0) + 10 * kDay;
        row_ = {sample_order(), segment_of(rating), rating, 1, {ReturnReason::TooSmall}};
    }
    bool taken(const SegmentRule& rule) { return takes(rule, row_, at(0) + 20 * kDay); }
    SegmentRow row_;
};

TEST_F(Segments, NothingAskedTakesAll) { EXPECT_TRUE(taken({})); }

TEST_F(Segments, ByScore) {
    SegmentRule rule;
    ASSERT_TRUE(read_scores("1-2", rule));
    EXPECT_TRUE(taken(rule));
    ASSERT_TRUE(read_scores("3", rule));
    EXPECT_FALSE(taken(rule));
    row_.rating.reset();
    EXPECT_FALSE(taken(rule)) << "who is silent has no score";
    for (const char* wrong : {"", "2-1", "a", "1-", "-2", "1-2-3", "1 2"}) {
        EXPECT_FALSE(read_scores(wrong, rule)) << wrong;
    }
}

TEST_F(Segments, ByNameReasonAndReturns) {
    EXPECT_TRUE(taken({.segments = {Segment::Silent, Segment::Unhappy}}));
    EXPECT_FALSE(taken({.segments = {Segment::Happy}}));
    EXPECT_TRUE(taken({.reason = ReturnReason::TooSmall}));
    EXPECT_FALSE(taken({.reason = ReturnReason::Damaged}));
    EXPECT_TRUE(taken({.returned = true}));
    EXPECT_FALSE(taken({.returned = false}));
}

TEST_F(Segments, ByRecency) {
    EXPECT_TRUE(taken({.placed_days = 20}));
    EXPECT_FALSE(taken({.placed_days = 19}));
    EXPECT_TRUE(taken({.answered_days = 10}));
    EXPECT_FALSE(taken({.answered_days = 9}));
    row_.rating.reset();
    EXPECT_FALSE(taken({.answered_days = 1000}));
}

TEST_F(Segments, NamesAndBack) {
    for (const Segment segment : {Segment::Happy, Segment::Neutral, Segment::Unhappy,
                                  Segment::NotReceived, Segment::Cancelled, Segment::Silent}) {
        EXPECT_EQ(parse_segment(to_string(segment)).value(), segment);
    }
    EXPECT_FALSE(parse_segment("glad"));
}

TEST(HiddenText, TheLastWordCounts) {
    std::vector<DeskEntry> notes{{at(1), "Max", "edit", ""}};
    EXPECT_FALSE(is_text_hidden(notes));
    notes.push_back({at(2), "Max", std::string(kHideText), "insult"});
    EXPECT_TRUE(is_text_hidden(notes));
    notes.push_back({at(3), "Zoé", std::string(kShowText), "it was none"});
    EXPECT_FALSE(is_text_hidden(notes));
}

}  // namespace
}  // namespace verso::records
