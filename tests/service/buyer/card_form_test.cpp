// SPDX-License-Identifier: Apache-2.0
#include "service/buyer/card_form.h"

#include <gtest/gtest.h>

namespace verso::service {
namespace {

const std::vector<FormQuestion> kQuestions{
    {.id = "overall", .values = {1, 2, 3, 4, 5}, .is_required = true},
    {.id = "delivery", .values = {1, 0}, .is_yes_no = true}};

FilledForm read(std::string_view body) { return read_form(parse_form(body), kQuestions); }

TEST(CardForm, TheQuestionsAreThoseOfTheLayout) {
    Layout layout;
    ReadRegion card;
    const auto option = [](int value) { return MarkOption{value, MarkShape::Oval, {}}; };
    card.questions = {{"overall", QuestionKind::One, {option(1), option(2), option(3)}},
                      {"delivery", QuestionKind::One, {option(1), option(0)}},
                      {"publish", QuestionKind::Tick, {option(1)}}};
    layout.cards = {card};
    const auto questions = form_questions(layout);
    ASSERT_EQ(questions.size(), 2U);
    EXPECT_TRUE(questions.at(0).is_required);
    EXPECT_FALSE(questions.at(0).is_yes_no);
    EXPECT_TRUE(questions.at(1).is_yes_no);
    EXPECT_TRUE(form_questions(Layout{}).empty());
}

TEST(CardForm, AnswersCommentAndConsentAreRead) {
    const auto form =
        read("q.overall=4&q.delivery=0&comment=+Bien%0D%0Amerci%07+&publish=1&kind=scores");
    EXPECT_EQ(form.answers, (Answers{{"delivery", 0}, {"overall", 4}}));
    EXPECT_EQ(form.comment, " Bien\nmerci");
    EXPECT_TRUE(form.publish);
    EXPECT_EQ(form.kind, ResponseKind::Scores);
    EXPECT_TRUE(form.faults.empty());
}

TEST(CardForm, AWrongValueIsAFaultAndNeverAnAnswer) {
    for (const char* value : {"0", "6", "-1", "4.0", "four", "4+", "99999999999999999999"}) {
        const auto form = read(std::string("q.overall=") + value);
        EXPECT_TRUE(form.answers.empty()) << value;
        EXPECT_TRUE(form.faults.contains("overall")) << value;
    }
    EXPECT_TRUE(read("q.overall=4&q.delivery=2").faults.contains("delivery"));
    EXPECT_TRUE(read("q.overall=4&q.unknown=2").faults.empty());
}

TEST(CardForm, WithoutTheOverallAnswerThereIsNoScore) {
    EXPECT_TRUE(read("q.delivery=1").faults.contains("overall"));
    EXPECT_FALSE(read("q.delivery=1").publish) << "consent is never given by itself";
}

TEST(CardForm, NotReceivedHoldsNoAnswers) {
    const auto form = read("q.overall=1&q.delivery=7&kind=not-received&comment=where%3F");
    EXPECT_EQ(form.kind, ResponseKind::NotReceived);
    EXPECT_TRUE(form.answers.empty());
    EXPECT_TRUE(form.faults.empty());
    EXPECT_EQ(form.comment, "where?");
}

TEST(CardForm, ALongCommentIsCutBetweenCharacters) {
    std::string long_text;
    for (int i = 0; i < 3000; ++i) long_text += "é";
    const auto form = read("q.overall=4&comment=x" + long_text);
    EXPECT_LE(form.comment.size(), kMostComment);
    EXPECT_EQ(form.comment.substr(form.comment.size() - 2), "é");
}

}  // namespace
}  // namespace verso::service
