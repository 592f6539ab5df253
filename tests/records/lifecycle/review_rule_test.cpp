// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/review_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/records/builders.h"
#include "tests/records/lifecycle/transition_text.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::HasSubstr;

TEST(ReviewRule, EveryCell) {
    std::string table;
    for (const ReviewKind kind : all_review_kinds()) {
        table += std::string(to_string(kind));
        for (const ReviewAction action : all_review_actions()) {
            const auto may = check_review_action(kind, action);
            table += may ? " x" : " .";
            EXPECT_TRUE(may || may.error().cure.find("discard") != std::string::npos);
        }
        table += "\n";
    }
    // settle key rescan discard
    EXPECT_EQ(table, squeezed(R"(
        answers      x . . x
        card         x . x x
        unidentified . x x x
        barred       . . x x
        return-sheet x . x x
    )"));
}

TEST(ReviewRule, WhatKindWaits) {
    ReviewItem item;
    item.response = ResponseId{1};
    EXPECT_EQ(review_kind(item, SheetSide::Answer), ReviewKind::Answers);
    item.reading = ReadingId{1};
    EXPECT_EQ(review_kind(item, SheetSide::Answer), ReviewKind::Unidentified);
    item.card = CardId{7};
    EXPECT_EQ(review_kind(item, SheetSide::Answer), ReviewKind::Unidentified);
    item.order = "#1001";
    EXPECT_EQ(review_kind(item, SheetSide::Answer), ReviewKind::Card);
    EXPECT_EQ(review_kind(item, SheetSide::Return), ReviewKind::ReturnSheet);
    for (const auto code : {RejectionCode::ForgedSecret, RejectionCode::VoidedCard,
                            RejectionCode::UnknownCard, RejectionCode::ForeignLink}) {
        item.reasons = {{RejectionCode::TwoMarks, "overall", ""}, {code, "", ""}};
        EXPECT_EQ(review_kind(item, SheetSide::Answer), ReviewKind::Barred) << to_string(code);
    }
}

TEST(ReviewRule, SomebodyMustSayWho) {
    EXPECT_TRUE(check_reviewer("Zoé", {}));
    EXPECT_EQ(check_reviewer("", {}).error().code, ErrorCode::ValueInvalid);
    EXPECT_FALSE(check_reviewer(std::string(101, 'x'), {}));
    const std::vector<std::string> reviewers{"Max", "Zoé"};
    EXPECT_TRUE(check_reviewer("Zoé", reviewers));
    EXPECT_EQ(check_reviewer("zoé", reviewers).error().code, ErrorCode::NotAllowed);
}

TEST(SaidAnswers, AreQuestionAndValue) {
    const auto said =
        parse_said_answers(std::vector<std::string>{"overall=4", "delivery=none"}).value();
    EXPECT_EQ(said, (SaidAnswers{{"overall", 4}, {"delivery", std::nullopt}}));
    for (const char* text : {"overall", "=4", "overall=", "overall=four", "overall=4x", ""}) {
        EXPECT_FALSE(parse_said_answers(std::vector<std::string>{text})) << text;
    }
}

Question question(const std::string& id, int values) {
    Question out;
    out.id = id;
    for (int value = 1; value <= values; ++value) {
        MarkOption option;
        option.value = value;
        out.options.push_back(option);
    }
    return out;
}

/// A card whose overall question is doubtful, delivery read as 1, publish ticked.
struct Doubtful {
    Printed printed = sample_print(OrderNumber{"#1001"}, LayoutNumber{1}, 1);
    Reading reading = sample_reading(printed);
    std::vector<Question> questions{question("overall", 5), question("delivery", 2),
                                    question("publish", 1)};

    Doubtful() {
        reading.order = "#1001";
        reading.answers[0].state = AnswerState::Ambiguous;
        reading.answers[1] = {"delivery", 1, AnswerState::Marked, 0.99, {}};
    }
    Result<Response> settle(const SaidAnswers& said) const {
        return settle_answers(reading, questions, said, "Merci", at(9));
    }
};

TEST(SettleAnswers, WhatWasSaidWinsAndTheRestIsAsRead) {
    const Doubtful card;
    const Response response = card.settle({{"overall", 2}}).value();
    EXPECT_EQ(response.answers, (Answers{{"overall", 2}, {"delivery", 1}}));
    EXPECT_TRUE(response.publish);
    EXPECT_EQ(response.comment, "Merci");
    EXPECT_EQ(response.channel, Channel::Paper);
    EXPECT_EQ(response.recorded_at, at(9));
    EXPECT_EQ(card.settle({{"overall", 2}, {"delivery", std::nullopt}, {"publish", std::nullopt}})
                  .value()
                  .answers,
              (Answers{{"overall", 2}}));
}

TEST(SettleAnswers, NothingDoubtfulIsGuessed) {
    const Doubtful card;
    EXPECT_EQ(card.settle({}).error().code, ErrorCode::NotAllowed);
    EXPECT_THAT(card.settle({}).error().cure, HasSubstr("overall="));
    EXPECT_FALSE(card.settle({{"overall", std::nullopt}}));
    EXPECT_EQ(card.settle({{"overall", 6}}).error().code, ErrorCode::ValueInvalid);
    EXPECT_EQ(card.settle({{"overall", 3}, {"packing", 1}}).error().code, ErrorCode::ValueInvalid);
    Doubtful unknown;
    unknown.reading.order.clear();
    EXPECT_FALSE(unknown.settle({{"overall", 3}}));
    unknown.reading.order = "#1001";
    unknown.reading.card.reset();
    EXPECT_FALSE(unknown.settle({{"overall", 3}}));
}

}  // namespace
}  // namespace verso::records
