// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "records/store/review_book.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using records::Role;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

/// Remembers what it was asked to show.
class FakePictures final : public PictureWorks {
  public:
    Result<std::string> draw(const PictureWish& wish) override {
        asked.push_back(wish);
        return answer;
    }
    std::vector<PictureWish> asked;
    Result<std::string> answer = std::string("\x89PNG");
};

class ReviewDeskTest : public testing::ServiceTest {
  protected:
    void SetUp() override {
        works_.pictures = &pictures_;
        ServiceTest::SetUp();
        zoe_ = staff(Role::Reviewer);
    }
    static std::string body_of(const HttpResponse& response) {
        return response.body ? *response.body : "";
    }
    static Reading doubtful(const CardIdentity& card, const std::string& order) {
        Reading reading;
        reading.source = "/pile/card.jpg";
        reading.verdict = Verdict::Review;
        reading.card = card.id;
        reading.layout = card.layout;
        reading.order = order;
        reading.dpi = 200;
        reading.corners = {{{Px{1}, Px{2}}, {Px{9}, Px{2}}, {Px{9}, Px{8}}, {Px{1}, Px{8}}}};
        reading.reasons = {{RejectionCode::TwoMarks, "overall", "two"}};
        reading.answers = {{"overall", {}, AnswerState::Ambiguous, 0.5, {0, 0, 0.1, 0.9, 0}},
                           {"delivery", 1, AnswerState::Marked, 0.99, {1, 0}}};
        return reading;
    }
    /// Its number.
    std::string wait(const Reading& reading, char digest = 'a') {
        auto scan =
            store().record_scan(ShopId{1}, {reading.source, std::string(64, digest), 1, clock_.at});
        EXPECT_TRUE(store().record_reading(ShopId{1}, scan->id, reading, clock_.at));
        return std::to_string(store().review_queue(ShopId{1})->back().id.get());
    }
    std::optional<Rating> rating() {
        return store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value();
    }
    static std::string place(const std::string& item) { return "/desk/main/review/" + item; }

    FakePictures pictures_;
    Staff zoe_;
};

TEST_F(ReviewDeskTest, NothingWaits) {
    EXPECT_THAT(body_of(get_as(zoe_, "/desk/main/review")), HasSubstr("Rien n’attend"));
    EXPECT_EQ(get_as(zoe_, place("7")).status, 404);
    EXPECT_EQ(get_as(zoe_, place("x")).status, 404);
    EXPECT_EQ(get_as(zoe_, place("99999999999999999999")).status, 404);
}

TEST_F(ReviewDeskTest, ADoubtfulQuestionIsShownWithoutAnAnswerAndAPlainOneWithIt) {
    const std::string item = wait(doubtful(card_, "#1001"));
    const std::string page = body_of(get_as(zoe_, "/desk/main/review"));
    EXPECT_THAT(page, HasSubstr("#1001"));
    EXPECT_THAT(page, HasSubstr("deux cases marquées"));
    EXPECT_THAT(page, HasSubstr("probablement"));
    EXPECT_THAT(page, HasSubstr("id=\"q-overall-4\" data-key=\"4\" required>"));
    EXPECT_THAT(page, HasSubstr("id=\"q-delivery-1\" data-key=\"1\" checked>"));
    EXPECT_THAT(page, HasSubstr(place(item) + "/picture?part=card"));
}

TEST_F(ReviewDeskTest, NothingIsBlankBecauseNobodyLooked) {
    const std::string item = wait(doubtful(card_, "#1001"));
    const auto refused = post_as(zoe_, place(item), "act=settle&q.delivery=0&comment=Merci");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(body_of(refused), HasSubstr("Merci")) << "what was typed stays";
    EXPECT_FALSE(rating());
    Reading unread = doubtful(card_, "#1001");
    unread.page = 2;
    unread.answers.clear();
    EXPECT_EQ(post_as(zoe_, place(wait(unread)), "act=settle&q.overall=4").status, 422);
}

TEST_F(ReviewDeskTest, ASettledCardIsARatingAndTheNextComes) {
    const std::string item = wait(doubtful(card_, "#1001"));
    const auto done =
        post_as(zoe_, place(item), "act=settle&q.overall=4&q.delivery=none&q.publish=none");
    ASSERT_EQ(done.status, 303) << body_of(done);
    EXPECT_EQ(done.header("Location"), "/desk/main/review?after=" + item + "&done=" + item);
    ASSERT_TRUE(rating());
    EXPECT_EQ(rating()->answers, (Answers{{"overall", 4}}));
    EXPECT_THAT(audit(), Contains("reviewer1 review settle " + item));
    EXPECT_EQ(post_as(zoe_, place(item), "act=settle&q.overall=1&q.publish=none").status, 404)
        << "of two desks the second is told";
    EXPECT_EQ(rating()->answers.at("overall"), 4);
}

TEST_F(ReviewDeskTest, UndoOpensWhatThisPersonDidLast) {
    const std::string item = wait(doubtful(card_, "#1001"));
    ASSERT_EQ(post_as(zoe_, place(item), "act=settle&q.overall=4&q.publish=none").status, 303);
    const Staff other = staff(Role::Merchant);
    EXPECT_EQ(post_as(other, "/desk/main/review/undo", "").status, 404);
    const auto back = post_as(zoe_, "/desk/main/review/undo", "");
    EXPECT_EQ(back.header("Location"), place(item));
    EXPECT_FALSE(rating());
    ASSERT_EQ(post_as(zoe_, place(item), "act=settle&q.overall=2&q.publish=none").status, 303);
    EXPECT_EQ(rating()->answers.at("overall"), 2);
    clock_.at += std::chrono::minutes(11);
    EXPECT_EQ(post_as(zoe_, "/desk/main/review/undo", "").status, 404) << "too late";
}

TEST_F(ReviewDeskTest, ACardOfARatedOrderAsksWhichCounts) {
    ASSERT_TRUE(store().record_response(
        ShopId{1},
        {card_.id, OrderNumber{"#1001"}, Channel::Qr, {{"overall", 5}}, "", false, clock_.at},
        std::nullopt));
    const std::string item = wait(doubtful(card_, "#1001"));
    EXPECT_THAT(body_of(get_as(zoe_, place(item))), HasSubstr("a déjà une réponse"));
    const std::string said = "&q.overall=2&q.delivery=none&q.publish=none";
    EXPECT_EQ(post_as(zoe_, place(item), "act=settle" + said).status, 409);
    EXPECT_EQ(rating()->answers.at("overall"), 5) << "nothing of it is kept";
    EXPECT_EQ(post_as(zoe_, place(item), "act=take_other" + said).status, 422) << "no reason";
    EXPECT_EQ(rating()->answers.at("overall"), 5);
    ASSERT_EQ(post_as(zoe_, place(item), "act=take_other&reason=asked" + said).status, 303);
    EXPECT_EQ(rating()->answers.at("overall"), 2);
}

TEST_F(ReviewDeskTest, ACodeIsKeyedAndAPieceDiscardedForAReason) {
    Reading blind;
    blind.source = "/pile/blind.jpg";
    blind.verdict = Verdict::Review;
    blind.reasons = {{RejectionCode::NoCode, "", ""}};
    const std::string item = wait(blind);
    EXPECT_THAT(body_of(get_as(zoe_, place(item))), HasSubstr("name=\"code\""));
    EXPECT_EQ(post_as(zoe_, place(item), "act=key&code=nonsense").status, 422);
    EXPECT_EQ(post_as(zoe_, place(item), "act=discard").status, 422);
    EXPECT_EQ(post_as(zoe_, place(item), "act=dance").status, 422);
    const auto keyed = post_as(zoe_, place(item), "act=key&code=" + format_typed_code(card_.id));
    EXPECT_EQ(keyed.header("Location"), place(item));
    EXPECT_THAT(body_of(get_as(zoe_, place(item))), HasSubstr("q.overall"));
    EXPECT_EQ(post_as(zoe_, place(item), "act=rescan").status, 303);
    EXPECT_EQ(store().review_queue(ShopId{1})->size(), 1u);
    EXPECT_EQ(post_as(zoe_, place(item), "act=discard&reason=a+drawing").status, 303);
    EXPECT_TRUE(store().review_queue(ShopId{1})->empty());
}

TEST_F(ReviewDeskTest, ThePictureIsPrivateAndStraightenedByItsCorners) {
    const std::string item = wait(doubtful(card_, "#1001"));
    const auto card = get_as(zoe_, place(item) + "/picture?part=card");
    EXPECT_EQ(card.status, 200);
    EXPECT_EQ(card.header("Content-Type"), "image/png");
    EXPECT_THAT(std::string(card.header("Cache-Control")), HasSubstr("private"));
    ASSERT_EQ(pictures_.asked.size(), 1u);
    EXPECT_EQ(pictures_.asked[0].sha256, std::string(64, 'a'));
    ASSERT_TRUE(pictures_.asked[0].corners);
    EXPECT_EQ(pictures_.asked[0].corners->at(1).x, Px{9});
    ASSERT_EQ(get_as(zoe_, place(item) + "/picture?part=page").status, 200);
    EXPECT_FALSE(pictures_.asked[1].corners);
    pictures_.answer = Error{ErrorCode::NotFound, "gone", "", ""};
    EXPECT_EQ(get_as(zoe_, place(item) + "/picture").status, 404);
}

TEST_F(ReviewDeskTest, WhatBuyersWroteIsTextOnThePage) {
    ASSERT_TRUE(store().record_response(ShopId{1},
                                        {card_.id,
                                         OrderNumber{"#1001"},
                                         Channel::Qr,
                                         {{"overall", 5}},
                                         "<script>alert(1)</script>",
                                         false,
                                         clock_.at},
                                        std::nullopt));
    const std::string page = body_of(get_as(zoe_, place(wait(doubtful(card_, "#1001")))));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
    EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
}

TEST(ReviewView, ABoxIsFoundOnTheCardHoweverItIsTurned) {
    ReadRegion region;
    region.box = {Mm{100}, Mm{200}, Mm{60}, Mm{40}};
    const MmBox box{Mm{110}, Mm{205}, Mm{4}, Mm{2}};
    EXPECT_EQ(on_card(region, box), (MmBox{Mm{10}, Mm{5}, Mm{4}, Mm{2}}));
    region.rotation = 180;
    EXPECT_EQ(on_card(region, box), (MmBox{Mm{46}, Mm{33}, Mm{4}, Mm{2}}));
    region.rotation = 90;
    EXPECT_EQ(on_card(region, box), (MmBox{Mm{5}, Mm{46}, Mm{2}, Mm{4}}));
    EXPECT_EQ(card_size(region), (PageSize{Mm{40}, Mm{60}}));
    region.rotation = 270;
    EXPECT_EQ(on_card(region, box), (MmBox{Mm{33}, Mm{10}, Mm{2}, Mm{4}}));
}

TEST(ReviewView, AProposalIsTheDarkestBoxAndNothingWhenNoneIsDark) {
    Reading reading;
    Question question{"overall", QuestionKind::One, {}};
    for (int value = 1; value <= 3; ++value) question.options.push_back({value, {}, {}});
    EXPECT_FALSE(proposal_of(reading, question));
    reading.answers = {{"overall", {}, AnswerState::Ambiguous, 0.5, {0.9, 0.9, 0}}};
    EXPECT_LT(proposal_of(reading, question)->chance, 0.5) << "two alike are a guess";
    reading.answers[0].scores = {0, 0.9, 0.1};
    EXPECT_EQ(proposal_of(reading, question)->value, 2);
    EXPECT_TRUE(proposal_of(reading, question)->is_doubtful);
    reading.answers[0].scores = {0, 0.1, 0.1};
    EXPECT_FALSE(proposal_of(reading, question)->value);
    reading.answers[0] = {"overall", {}, AnswerState::Blank, 0.99, {0, 0, 0}};
    EXPECT_TRUE(proposal_of(reading, question)->is_doubtful) << "a rating needs it";
    reading.answers[0] = {"overall", {}, AnswerState::Ambiguous, 0.5, {0}};
    EXPECT_FALSE(proposal_of(reading, question)) << "of another layout";
}

}  // namespace
}  // namespace verso::service
