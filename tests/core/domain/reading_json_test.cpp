// SPDX-License-Identifier: Apache-2.0
#include "core/domain/reading_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/domain/crockford.h"

namespace verso {
namespace {

Reading accepted_reading() {
    Reading reading;
    reading.source = "a.tif";
    reading.verdict = Verdict::Accepted;
    reading.identified_by = IdentifiedBy::Qr;
    reading.card = CardId(*crockford::decode("4K7M2Q9XW3HT"));
    reading.secret = CardSecret("SECRETSECRETSECRET00");
    reading.layout = LayoutNumber(7);
    reading.order = "#1001";
    reading.template_name = "a4-fold";
    reading.dpi = 299.7;
    reading.answers = {{"overall", 4, AnswerState::Marked, 0.99912, {0.01, 0, 0.0004, 0.97, 0}},
                       {"delivery", std::nullopt, AnswerState::Blank, 0.98, {0, 0}}};
    reading.fields = {{"comment", true, "crops/a.png"}};
    reading.ms = 6.123;
    return reading;
}

TEST(ReadingJson, HasTheFieldsOfTheContract) {
    const auto json = nlohmann::json::parse(to_json(accepted_reading()));
    EXPECT_EQ(json["verdict"], "accepted");
    EXPECT_EQ(json["card"], "4K7M2Q9XW3HTF");
    EXPECT_EQ(json["order"], "#1001");
    EXPECT_EQ(json["dpi"], 300);
    EXPECT_EQ(json["answers"]["overall"]["value"], 4);
    EXPECT_EQ(json["answers"]["overall"]["scores"][3], 0.97);
    EXPECT_TRUE(json["answers"]["delivery"]["value"].is_null());
    EXPECT_EQ(json["fields"]["comment"]["crop"], "crops/a.png");
    EXPECT_EQ(json["corners"].size(), 4u);
    EXPECT_EQ(json["ms"], 6.12);
}

TEST(ReadingJson, NeverShowsTheSecret) {
    EXPECT_EQ(to_json(accepted_reading()).find("SECRET"), std::string::npos);
}

TEST(ReadingJson, AnUnreadableImageStillSaysWhy) {
    Reading reading;
    reading.source = "\xff.jpg";
    reading.reject(RejectionCode::NoCard, "", "no code and no fiducials");
    const auto json = nlohmann::json::parse(to_json(reading));
    EXPECT_EQ(json["verdict"], "unreadable");
    EXPECT_EQ(json["reasons"][0]["code"], "no-card");
    EXPECT_FALSE(json.contains("card"));
}

TEST(Reading, ARejectionLowersAcceptedToReview) {
    Reading reading = accepted_reading();
    reading.reject(RejectionCode::TwoMarks, "delivery", "yes and no");
    EXPECT_EQ(reading.verdict, Verdict::Review);
    EXPECT_TRUE(reading.has_reason(RejectionCode::TwoMarks));
    EXPECT_FALSE(reading.has_reason(RejectionCode::NoCode));
}

TEST(RatingJson, HasTheFieldsOfTheContract) {
    Rating rating;
    rating.order = OrderNumber("#1001");
    rating.card = CardId(*crockford::decode("4K7M2Q9XW3HT"));
    rating.answers = {{"overall", 4}};
    rating.recorded_at = Instant(std::chrono::seconds(1'790'000'000));
    const auto json = nlohmann::json::parse(to_json(rating));
    EXPECT_EQ(json["channel"], "paper");
    EXPECT_EQ(json["answers"]["overall"], 4);
    EXPECT_EQ(json["publish"], false);
    EXPECT_EQ(json["recorded_at"], "2026-09-21T14:13:20Z");
}

}  // namespace
}  // namespace verso
