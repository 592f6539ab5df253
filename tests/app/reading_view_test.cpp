// SPDX-License-Identifier: Apache-2.0
#include "app/reading_view.h"

#include <gtest/gtest.h>

namespace verso::app {
namespace {

Reading reading(Verdict verdict) {
    Reading made;
    made.verdict = verdict;
    return made;
}

ReadingTally tally(std::size_t accepted, std::size_t unreadable, std::size_t failed) {
    ReadingTally made;
    made.files = accepted + unreadable + failed;
    for (std::size_t i = 0; i < accepted; ++i) made.count(reading(Verdict::Accepted));
    for (std::size_t i = 0; i < unreadable; ++i) made.count(reading(Verdict::Unreadable));
    for (std::size_t i = 0; i < failed; ++i) made.fail({ErrorCode::FormatInvalid, "m", "", ""});
    return made;
}

TEST(ReadingTally, EndsWellWhenEveryPictureHadACard) {
    EXPECT_EQ(tally(2, 0, 0).exit_code(), ExitCode::Ok);
    ReadingTally doubtful;
    doubtful.files = 1;
    doubtful.count(reading(Verdict::Review));
    EXPECT_EQ(doubtful.exit_code(), ExitCode::Ok);
}

TEST(ReadingTally, NamesTheFaultWhenNothingWasRead) {
    EXPECT_EQ(tally(0, 0, 2).exit_code(), ExitCode::FormatInvalid);
    EXPECT_EQ(tally(0, 2, 0).exit_code(), ExitCode::NotFound);
}

TEST(ReadingTally, IsPartlyDoneWhenSomeWereRead) {
    EXPECT_EQ(tally(1, 0, 1).exit_code(), ExitCode::Partly);
    EXPECT_EQ(tally(1, 1, 0).exit_code(), ExitCode::Partly);
    EXPECT_EQ(tally(0, 1, 1).exit_code(), ExitCode::Partly);
}

TEST(ReadingTally, PassesOverEmptySidesOfWhatWasRead) {
    ReadingTally duplex = tally(1, 0, 0);
    Reading back = reading(Verdict::Unreadable);
    back.side = SheetSide::Address;
    duplex.count(back);
    EXPECT_EQ(duplex.empty_sides, 1u);
    EXPECT_EQ(duplex.exit_code(), ExitCode::Ok);
    ReadingTally alone = tally(0, 0, 0);
    alone.files = 1;
    alone.count(back);
    EXPECT_EQ(alone.exit_code(), ExitCode::NotFound) << "not one card in it";
}

TEST(ReadingCells, ShowWhatComesBack) {
    Reading sheet = reading(Verdict::Accepted);
    sheet.side = SheetSide::Return;
    sheet.answers = {{"line-1", 3, AnswerState::Marked, 1, {}},
                     {"line-1-quantity", std::nullopt, AnswerState::Ambiguous, 0.5, {}},
                     {"line-2", std::nullopt, AnswerState::Blank, 1, {}}};
    EXPECT_EQ(reading_cells(sheet).at(5), "line-1 3, line-1-quantity ambiguous");
}

TEST(ReadingCells, ShowTheOverallAnswerAndTheReasons) {
    Reading doubtful = reading(Verdict::Accepted);
    doubtful.source = "a.tif";
    doubtful.answers.push_back({"overall", 4, AnswerState::Marked, 1, {}});
    doubtful.reject(RejectionCode::TwoMarks, "delivery", "two");
    doubtful.reject(RejectionCode::Registration, "", "far");
    const auto cells = reading_cells(doubtful);
    ASSERT_EQ(cells.size(), reading_headings().size());
    EXPECT_EQ(cells.at(0), "a.tif");
    EXPECT_EQ(cells.at(4), "review");
    EXPECT_EQ(cells.at(5), "4");
    EXPECT_EQ(cells.at(6), "two-marks (delivery), registration");
}

}  // namespace
}  // namespace verso::app
