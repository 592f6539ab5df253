// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/return_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ReadRegion region(const std::string& id, int rows) {
    ReadRegion out;
    out.id = id;
    for (int row = 1; row <= rows; ++row) {
        Question reason, quantity;
        reason.id = "line-" + std::to_string(row);
        quantity.id = reason.id + "-quantity";
        out.questions.push_back(reason);
        out.questions.push_back(quantity);
    }
    return out;
}

/// Like a4-fold: 8 rows on the first sheet, 28 on each further one.
Layout layout() {
    Layout out = sample_layout();
    out.returns = {region("return", 8), region("return-more", 28)};
    return out;
}

/// An order of `articles` lines numbered from 101, two pieces each, in parcel 2.
Order order(int articles) {
    Order out = sample_order("#1001", 2);
    out.lines.resize(1);
    for (int i = 1; i <= articles; ++i) {
        out.lines.push_back({100 + i, "A", "", "Ail", "", "", 2, {100}, {200}, 2});
    }
    return out;
}

AnswerReading marked(const std::string& question, int value) {
    return {question, value, AnswerState::Marked, 0.99, {}};
}

Reading sheet(std::vector<AnswerReading> answers, int number = 1) {
    Reading reading;
    reading.source = "a.tif";
    reading.verdict = Verdict::Accepted;
    reading.side = SheetSide::Return;
    reading.sheet = number;
    reading.answers = std::move(answers);
    return reading;
}

TEST(ReturnSheet, RowsAreTheArticlesOfTheParcel) {
    const auto read = read_return_sheet(sheet({marked("line-1", 1),
                                               marked("line-1-quantity", 2),
                                               marked("line-3", 5),
                                               marked("line-3-quantity", 1),
                                               {"line-2", {}, AnswerState::Blank, 1, {}},
                                               marked("wish", 2)}),
                                        layout(), order(5), 2);
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_THAT(read->lines, ElementsAre(ReturnLine{101, 2, 0, ReturnReason::TooSmall},
                                         ReturnLine{103, 1, 0, ReturnReason::ChangedMind}));
    EXPECT_EQ(read->wish, ReturnWish::Exchange);
    EXPECT_THAT(read->remarks, IsEmpty());
}

TEST(ReturnSheet, FurtherSheetsGoOnWithTheArticles) {
    const auto second = read_return_sheet(
        sheet({marked("line-1", 3), marked("line-1-quantity", 1)}, 2), layout(), order(60), 2);
    EXPECT_THAT(second->lines, ElementsAre(ReturnLine{109, 1, 0, ReturnReason::Damaged}));
    const auto third = read_return_sheet(
        sheet({marked("line-2", 4), marked("line-2-quantity", 1)}, 3), layout(), order(60), 2);
    EXPECT_THAT(third->lines, ElementsAre(ReturnLine{138, 1, 0, ReturnReason::NotAsDescribed}));
}

TEST(ReturnSheet, APieceWithoutNumberIsExpectedWholeAndTold) {
    const auto read = read_return_sheet(sheet({marked("line-1", 3)}), layout(), order(1), 2);
    EXPECT_THAT(read->lines, ElementsAre(ReturnLine{101, 2, 0, ReturnReason::Damaged}));
    EXPECT_THAT(read->remarks, ElementsAre("how many of line 101 come back is not said"));
    const auto silent =
        read_return_sheet(sheet({marked("line-1-quantity", 1)}), layout(), order(1), 2);
    EXPECT_THAT(silent->lines, ElementsAre(ReturnLine{101, 1, 0, ReturnReason::NotSaid}));
}

TEST(ReturnSheet, NothingDoubtfulAnnouncesAReturn) {
    const auto refused = [](Reading reading) {
        return !read_return_sheet(reading, layout(), order(2), 2);
    };
    Reading reading = sheet({marked("line-1", 1)});
    EXPECT_FALSE(refused(reading));
    reading.verdict = Verdict::Review;
    EXPECT_TRUE(refused(reading));
    reading = sheet({marked("line-1", 1)});
    reading.side = SheetSide::Answer;
    EXPECT_TRUE(refused(reading));
    EXPECT_TRUE(refused(sheet({{"line-1", 1, AnswerState::Ambiguous, 0.5, {}}})));
    EXPECT_TRUE(refused(sheet({marked("line-3", 1)})));  // the parcel has two articles
    EXPECT_TRUE(refused(sheet({marked("line-1", 1)}, 2)));
    EXPECT_FALSE(refused(sheet({marked("line-x", 1), marked("line--1", 1), marked("line-0", 1)})));
}

}  // namespace
}  // namespace verso::records
