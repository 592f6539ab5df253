// SPDX-License-Identifier: Apache-2.0
#include "app/labelled_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app/reading_score.h"
#include "tests/app/temp_folder.h"

namespace verso::app {
namespace {

using ::testing::HasSubstr;

const CardId kCard(0x4B7), kOther(0x4B8);

class LabelledFolder : public ::testing::Test {
  protected:
    void write(const std::string& name, const std::string& text) {
        std::ofstream(folder_.path() / name) << text;
    }
    std::string fault() {
        const auto labels = load_labels(folder_.path());
        return labels ? "none" : labels.error().text();
    }

    TempFolder folder_;
};

TEST_F(LabelledFolder, TakesOneFileForAll) {
    write("b.jpg", "");
    write("a.tif", "");
    write("truth.jsonl",
          "{\"file\":\"b.jpg\",\"cards\":[]}\n\n"
          "{\"file\":\"a.tif\",\"cards\":[{\"answers\":{\"overall\":4}},{\"refuse\":true}]}\n");
    const auto labels = load_labels(folder_.path());
    ASSERT_TRUE(labels.has_value()) << labels.error().text();
    ASSERT_EQ(labels->size(), 2u);
    EXPECT_EQ(labels->at(0).file.filename(), "a.tif");
    ASSERT_EQ(labels->at(0).cards.size(), 2u);
    EXPECT_EQ(labels->at(0).cards.at(0).answers, (Answers{{"overall", 4}}));
    EXPECT_FALSE(labels->at(0).cards.at(0).card.has_value());
    EXPECT_TRUE(labels->at(0).cards.at(1).refuse);
    EXPECT_TRUE(labels->at(1).cards.empty());
}

TEST_F(LabelledFolder, TakesALabelBesideEachPicture) {
    write("one.png", "");
    write("one.json", R"({"cards":[{"answers":{}}]})");
    write("two.json", R"({"file":"one.png","cards":[]})");
    write("other.json", R"({"nothing":"of ours"})");
    const auto labels = load_labels(folder_.path());
    ASSERT_TRUE(labels.has_value()) << labels.error().text();
    ASSERT_EQ(labels->size(), 2u);
    EXPECT_EQ(labels->at(1).file.filename(), "one.png");
}

TEST_F(LabelledFolder, TellsWhatIsWrongAndWhere) {
    EXPECT_THAT(fault(), HasSubstr("holds no labels"));
    write("a.jpg", "");
    write("truth.jsonl", "{\"file\":\"a.jpg\",\"cards\":[]}\n{\"file\":1}\n");
    EXPECT_THAT(fault(), HasSubstr("truth.jsonl:2"));
    write("truth.jsonl", R"({"file":"a.jpg","cards":[{"answers":{"overall":"four"}}]})");
    EXPECT_THAT(fault(), HasSubstr("overall"));
    write("truth.jsonl", R"({"file":"a.jpg","cards":[{"anwsers":{}}]})");
    EXPECT_THAT(fault(), HasSubstr("anwsers"));
    write("truth.jsonl", R"({"file":"a.jpg","cards":[{"card":"4K7M"}]})");
    EXPECT_THAT(fault(), HasSubstr("truth.jsonl:1"));
    write("truth.jsonl", R"({"file":"gone.jpg","cards":[]})");
    EXPECT_THAT(fault(), HasSubstr("gone.jpg"));
    EXPECT_EQ(load_labels(folder_.path() / "nowhere").error().code, ErrorCode::NotFound);
}

TEST_F(LabelledFolder, WritesWhatItReads) {
    const LabelledPicture picture{"x/a.jpg", {{kCard, {{"overall", 4}, {"publish", 1}}, true}}};
    const auto again = parse_label(to_json(picture), "x");
    ASSERT_TRUE(again.has_value()) << again.error().text();
    EXPECT_EQ(again->file, picture.file);
    EXPECT_EQ(again->cards.at(0).card, picture.cards.at(0).card);
    EXPECT_EQ(again->cards.at(0).answers, picture.cards.at(0).answers);
    EXPECT_TRUE(again->cards.at(0).refuse);
}

/// A card with one question of three boxes, as the reader would give it.
Reading reading_of(CardId card, std::optional<int> overall, Verdict verdict) {
    Reading reading;
    reading.card = card;
    reading.verdict = verdict;
    AnswerReading answer;
    answer.question = "overall";
    answer.value = overall;
    answer.scores = {0, 0, 1};
    reading.answers.push_back(answer);
    return reading;
}

struct Outcome {
    int right, review, wrong;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome score(const std::vector<CardLabel>& labels, const std::vector<Reading>& readings) {
    ReadingScore score;
    score.add({"a.jpg", labels}, readings);
    return {score.cards.right, score.cards.review, score.cards.wrong};
}

TEST(ReadingScore, CountsWhatWasAcceptedAgainstWhatWasMeant) {
    const CardLabel four{kCard, {{"overall", 4}}, false}, blank{kCard, {}, false};
    EXPECT_EQ(score({four}, {reading_of(kCard, 4, Verdict::Accepted)}), (Outcome{1, 0, 0}));
    EXPECT_EQ(score({four}, {reading_of(kCard, 5, Verdict::Accepted)}), (Outcome{0, 0, 1}));
    EXPECT_EQ(score({four}, {reading_of(kCard, {}, Verdict::Accepted)}), (Outcome{0, 0, 1}));
    EXPECT_EQ(score({blank}, {reading_of(kCard, 5, Verdict::Accepted)}), (Outcome{0, 0, 1}));
    EXPECT_EQ(score({blank}, {reading_of(kCard, {}, Verdict::Accepted)}), (Outcome{1, 0, 0}));
    EXPECT_EQ(score({four}, {reading_of(kCard, 5, Verdict::Review)}), (Outcome{0, 1, 0}));
    EXPECT_EQ(score({four}, {}), (Outcome{0, 1, 0}));
}

TEST(ReadingScore, AnAnswerThatIsNotReadAtAllIsWrong) {
    const CardLabel label{kCard, {{"overall", 4}, {"again", 2}}, false};
    EXPECT_EQ(score({label}, {reading_of(kCard, 4, Verdict::Accepted)}), (Outcome{0, 0, 1}));
}

TEST(ReadingScore, AnIdentityThatIsNotThereIsWrong) {
    const CardLabel label{kCard, {{"overall", 4}}, false};
    EXPECT_EQ(score({label}, {reading_of(kOther, 4, Verdict::Review)}), (Outcome{0, 1, 1}));
    EXPECT_EQ(score({}, {reading_of(kCard, 4, Verdict::Accepted)}), (Outcome{0, 0, 1}));
}

TEST(ReadingScore, WhatIsToBeRefusedIsRightWhenRefused) {
    const CardLabel label{kCard, {}, true};
    EXPECT_EQ(score({label}, {reading_of(kCard, {}, Verdict::Review)}), (Outcome{1, 0, 0}));
    EXPECT_EQ(score({label}, {reading_of(kCard, {}, Verdict::Accepted)}), (Outcome{0, 0, 1}));
    ReadingScore all;
    all.add({"a.jpg", {label}}, {});
    EXPECT_EQ(all.straight_share(), 1) << "none could be read straight";
}

TEST(ReadingScore, CountsQuestionsBoxesAndReasons) {
    ReadingScore all;
    const CardLabel label{kCard, {{"overall", 4}}, false};
    Reading doubtful = reading_of(kCard, 4, Verdict::Accepted);
    doubtful.reject(RejectionCode::DoubtfulMark, "overall", "faint");
    all.add({"a.jpg", {label}}, {doubtful});
    all.add({"b.jpg", {label}}, {reading_of(kCard, 4, Verdict::Accepted)});
    EXPECT_EQ(all.questions.at("overall").right, 1);
    EXPECT_EQ(all.questions.at("overall").review, 1);
    EXPECT_EQ(all.boxes, 6);
    EXPECT_EQ(all.reasons.at("doubtful-mark"), 1);
    EXPECT_EQ(all.named, 2);
    EXPECT_EQ(all.straight_share(), 0.5);
}

}  // namespace
}  // namespace verso::app
