// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "records/store/desk_book.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class BuyerSiteTest : public testing::ServiceTest {
  protected:
    std::string body(const std::string& target) {
        const auto response = get(target);
        return response.body ? *response.body : "";
    }
    std::vector<Response> responses() {
        return store().responses_of(ShopId{1}, OrderNumber{"#1001"}).value();
    }
};

TEST_F(BuyerSiteTest, TheFormIsInTheOrdersLanguageAndAsksTheCardsQuestions) {
    const auto response = get(page_of(card_));
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(*response.body, HasSubstr("<html lang=\"fr\">"));
    EXPECT_THAT(*response.body, HasSubstr("Commande #1001"));
    EXPECT_THAT(*response.body, HasSubstr("name=\"q.overall\" value=\"5\" required"));
    EXPECT_THAT(*response.body, HasSubstr("name=\"q.delivery\" value=\"0\""));
    EXPECT_THAT(*response.body, Not(HasSubstr(" checked>")));
    EXPECT_LT(response.body->size(), 30'000U);
    EXPECT_THAT(body(page_of(card_) + "?lang=de"), HasSubstr("Bestellung #1001"));
}

TEST_F(BuyerSiteTest, NothingOfOneOrderIsInTheFormOfAnother) {
    const CardIdentity other = print("#1002");
    EXPECT_THAT(body(page_of(card_)), HasSubstr("#1001"));
    const std::string page = body(page_of(other));
    EXPECT_THAT(page, HasSubstr("#1002"));
    EXPECT_THAT(page, Not(HasSubstr("#1001")));
}

TEST_F(BuyerSiteTest, AnOrderNumberIsTextAndNeverMarkup) {
    EXPECT_THAT(body(page_of(print("<b>&1"))), HasSubstr("&lt;b&gt;&amp;1"));
}

TEST_F(BuyerSiteTest, AnAnswerIsTheRatingAndThePageShowsIt) {
    const auto sent =
        post(page_of(card_), "q.overall=2&q.delivery=0&comment=En+retard&kind=scores");
    EXPECT_EQ(sent.status, 303);
    EXPECT_EQ(sent.header("Location"), page_of(card_));
    const auto rating = store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value();
    ASSERT_TRUE(rating);
    EXPECT_EQ(rating->answers, (Answers{{"delivery", 0}, {"overall", 2}}));
    EXPECT_EQ(rating->comment, "En retard");
    EXPECT_FALSE(rating->publish);
    EXPECT_EQ(rating->channel, Channel::Qr);
    const std::string page = body(page_of(card_));
    EXPECT_THAT(page, HasSubstr("2 / 5"));
    EXPECT_THAT(page, HasSubstr("En retard"));
    EXPECT_THAT(page, HasSubstr(receipt_of(responses().front())));
}

TEST_F(BuyerSiteTest, OneStarAndFiveStarsTakeTheSamePath) {
    const CardIdentity other = print("#1002");
    const auto low = post(page_of(card_), "q.overall=1");
    const auto high = post(page_of(other), "q.overall=5");
    EXPECT_EQ(low.status, high.status);
    std::string low_page = body(page_of(card_)), high_page = body(page_of(other));
    const auto without = [](std::string text, const std::string& word, const std::string& mark) {
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word)) {
            text.replace(at, word.size(), mark);
        }
        return text;
    };
    const auto neutral = [&](std::string page, const std::string& order, const std::string& stars,
                             const CardIdentity& card) {
        const auto answer = store().responses_of(ShopId{1}, OrderNumber{order}).value().front();
        page = without(page, receipt_of(answer), "RECEIPT");
        page = without(page, page_of(card), "PLACE");
        return without(without(page, order, "ORDER"), stars, "STARS");
    };
    EXPECT_EQ(neutral(low_page, "#1001", "1 / 5", card_),
              neutral(high_page, "#1002", "5 / 5", other));
}

TEST_F(BuyerSiteTest, SendingTwiceIsOneRating) {
    post(page_of(card_), "q.overall=4");
    const auto again = post(page_of(card_), "q.overall=4");
    EXPECT_EQ(again.status, 303);
    EXPECT_EQ(store().counts(ShopId{1}).value().ratings, 1);
    EXPECT_EQ(store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value()->answers.at("overall"),
              4);
}

TEST_F(BuyerSiteTest, AMissingAnswerShowsTheFormAgainWithWhatWasWritten) {
    const auto response = post(page_of(card_), "comment=Merci+beaucoup&q.delivery=1");
    EXPECT_EQ(response.status, 422);
    EXPECT_THAT(*response.body, HasSubstr("Merci beaucoup"));
    EXPECT_THAT(*response.body, HasSubstr("role=\"alert\""));
    EXPECT_THAT(*response.body, HasSubstr("name=\"q.delivery\" value=\"1\" checked"));
    EXPECT_TRUE(responses().empty());
}

TEST_F(BuyerSiteTest, NotReceivedYetSpendsNothing) {
    const auto sent = post(page_of(card_), "kind=not-received");
    EXPECT_EQ(sent.status, 303);
    EXPECT_THAT(body(std::string(sent.header("Location"))), HasSubstr("pas encore reçu"));
    EXPECT_FALSE(store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value());
    post(page_of(card_), "q.overall=5");
    EXPECT_TRUE(store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value());
}

TEST_F(BuyerSiteTest, ADraftIsThereAgainAndGoneOnceSent) {
    EXPECT_EQ(post(page_of(card_) + "/draft", "q.overall=3&comment=Un+d%C3%A9but").status, 204);
    const std::string page = body(page_of(card_));
    EXPECT_THAT(page, HasSubstr("Un début"));
    EXPECT_THAT(page, HasSubstr("name=\"q.overall\" value=\"3\" required checked"));
    EXPECT_TRUE(responses().empty());
    const std::string typed = body("/K/" + format_typed_code(card_.id));
    EXPECT_THAT(typed, Not(HasSubstr("Un début"))) << "the code alone shows nothing of the buyer";
    post(page_of(card_), "q.overall=3");
    EXPECT_EQ(post(page_of(card_) + "/draft", "q.overall=1").status, 409);
}

TEST_F(BuyerSiteTest, AnAnswerIsChangedAndTakenBackInTimeOnly) {
    post(page_of(card_), "q.overall=2");
    EXPECT_THAT(body(page_of(card_) + "?change=1"), HasSubstr("value=\"2\" required checked"));
    post(page_of(card_), "q.overall=5");
    EXPECT_EQ(store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value()->answers.at("overall"),
              5);
    clock_.at += std::chrono::days(40);
    EXPECT_THAT(body(page_of(card_)), Not(HasSubstr("change=1")));
    EXPECT_EQ(post(page_of(card_), "q.overall=1").status, 303);
    EXPECT_EQ(store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value()->answers.at("overall"),
              5);
    post(page_of(card_) + "/withdraw", "");
    EXPECT_TRUE(store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value());
    clock_.at -= std::chrono::days(40);
    EXPECT_EQ(post(page_of(card_) + "/withdraw", "").status, 303);
    EXPECT_FALSE(store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value());
    EXPECT_THAT(body(page_of(card_)), HasSubstr("retirée"));
}

TEST_F(BuyerSiteTest, TheTypedCodeShowsOnlyTheForm) {
    const std::string place = "/K/" + format_typed_code(card_.id);
    const std::string page = body(place);
    EXPECT_THAT(page, HasSubstr("name=\"q.overall\""));
    EXPECT_THAT(page, Not(HasSubstr("#1001")));
    EXPECT_EQ(post(place, "q.overall=4&comment=secret+words").status, 303);
    EXPECT_EQ(store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value()->channel,
              Channel::Typed);
    const std::string done = body(place);
    EXPECT_THAT(done, Not(HasSubstr("#1001")));
    EXPECT_THAT(done, Not(HasSubstr("secret words")));
    EXPECT_THAT(done, Not(HasSubstr("change=1")));
}

TEST_F(BuyerSiteTest, ATypedCodeIsLedToItsForm) {
    EXPECT_EQ(get("/").status, 200);
    std::string code = format_typed_code(card_.id);
    for (char& c : code) c = static_cast<char>(std::tolower(c));
    const auto found = post("/", "code=+" + code + "+");
    EXPECT_EQ(found.status, 303);
    EXPECT_EQ(found.header("Location"), "/K/" + format_typed_code(card_.id));
    EXPECT_EQ(post("/", "code=4K7M").status, 422);
    EXPECT_EQ(post("/", "").status, 422);
}

TEST_F(BuyerSiteTest, AWrongSecretAndAnUnknownCardAreTheSamePage) {
    CardIdentity wrong = card_;
    wrong.secret = CardSecret{std::string(20, '0')};
    CardIdentity unknown = card_;
    unknown.id = CardId{1};
    const auto one = get(page_of(wrong));
    const auto other = get(page_of(unknown));
    EXPECT_EQ(one.status, 404);
    EXPECT_EQ(*one.body, *other.body);
    EXPECT_EQ(post(page_of(wrong), "q.overall=5").status, 404);
    EXPECT_TRUE(responses().empty());
    EXPECT_EQ(get("/C/not-a-link").status, 404);
}

TEST_F(BuyerSiteTest, GuessingIsSlowedDown) {
    int refused = 0;
    for (int i = 0; i < 30; ++i) {
        refused += get("/K/" + format_typed_code(CardId{std::uint64_t(i)})).status == 429 ? 1 : 0;
    }
    EXPECT_GE(refused, 15);
}

TEST_F(BuyerSiteTest, AVoidedCardSaysSoAndTakesNoAnswer) {
    ASSERT_TRUE(store().void_card(ShopId{1}, card_.id, "reprinted", clock_.at));
    EXPECT_EQ(get(page_of(card_)).status, 410);
    EXPECT_EQ(post(page_of(card_), "q.overall=1").status, 410);
    EXPECT_TRUE(responses().empty());
}

TEST_F(BuyerSiteTest, ThePolicyAllowsThePagesOwnStyleAndNothingElse) {
    const auto response = get(page_of(card_));
    const std::string policy(response.header("Content-Security-Policy"));
    EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
    EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
    EXPECT_THAT(*response.body, Not(HasSubstr(" style=")));
    EXPECT_THAT(*response.body, Not(HasSubstr("onclick")));
    EXPECT_TRUE(response.header("Set-Cookie").empty());
}

TEST_F(BuyerSiteTest, OpeningIsNoted) {
    get(page_of(card_));
    for (int i = 0; i < 200; ++i) {
        if (store().find_card(card_.id).value()->phase == records::CardPhase::Opened) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    FAIL() << "the card is still " << to_string(store().find_card(card_.id).value()->phase);
}

TEST_F(BuyerSiteTest, TheShopsReplyStandsBesideTheAnswerForTheSecretAlone) {
    ASSERT_EQ(post(page_of(card_), "kind=scores&q.overall=2&comment=late").status, 303);
    ASSERT_TRUE(records::desk_of(store()).note_order(
        ShopId{1}, OrderNumber{"#1001"}, {clock_.at, "otto", "reply", "We are <sorry>"}));
    EXPECT_THAT(*get(page_of(card_)).body, HasSubstr("We are &lt;sorry&gt;"));
    EXPECT_THAT(*get("/K/" + format_typed_code(card_.id)).body, Not(HasSubstr("sorry")));
}

class ProductStarsTest : public BuyerSiteTest {
  protected:
    ProductStarsTest() { product_stars_ = true; }
};

TEST_F(ProductStarsTest, EachArticleMayHaveStarsForTheSecretAlone) {
    EXPECT_THAT(body(page_of(card_)), HasSubstr("Fleur de sel (125 g)"));
    EXPECT_THAT(body(page_of(card_)), HasSubstr("name=\"p.1\" value=\"5\""));
    EXPECT_THAT(body("/K/" + format_typed_code(card_.id)), Not(HasSubstr("Fleur")));
    ASSERT_EQ(post(page_of(card_), "q.overall=2&p.1=5&p.9=3&kind=scores").status, 303);
    auto rating = store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value();
    ASSERT_TRUE(rating);
    EXPECT_EQ(rating->products, (std::map<int, int>{{1, 5}}));
    EXPECT_THAT(body(page_of(card_)), HasSubstr("<dt>Fleur de sel (125 g)</dt><dd>5 / 5</dd>"));
    // They are there to be changed, and stay when they are not.
    EXPECT_THAT(body(page_of(card_) + "?change=1"), HasSubstr("name=\"p.1\" value=\"5\" checked"));
    ASSERT_EQ(post(page_of(card_), "q.overall=3&p.1=4&kind=scores").status, 303);
    rating = store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value();
    EXPECT_EQ(rating->products, (std::map<int, int>{{1, 4}}));
}

TEST_F(ProductStarsTest, StarsAreOneToFiveOrNone) {
    for (const char* stars : {"0", "6", "x", "5.0"}) {
        const auto refused = post(page_of(card_), std::string("q.overall=2&p.1=") + stars);
        EXPECT_EQ(refused.status, 422) << stars;
        EXPECT_THAT(*refused.body, HasSubstr("class=\"wrong\""));
    }
    EXPECT_TRUE(responses().empty());
    EXPECT_EQ(post(page_of(card_), "q.overall=2&kind=scores").status, 303);
    EXPECT_TRUE(responses().front().products.empty());
}

TEST_F(ProductStarsTest, ADraftKeepsThem) {
    ASSERT_EQ(post(page_of(card_) + "/draft", "p.1=3&comment=bien").status, 204);
    EXPECT_THAT(body(page_of(card_)), HasSubstr("name=\"p.1\" value=\"3\" checked"));
}

TEST_F(BuyerSiteTest, ArticlesAreNotAskedAboutUnlessTheShopDoes) {
    EXPECT_THAT(body(page_of(card_)), Not(HasSubstr("p.1")));
    ASSERT_EQ(post(page_of(card_), "q.overall=2&p.1=5&kind=scores").status, 303);
    EXPECT_TRUE(responses().front().products.empty());
}

}  // namespace
}  // namespace verso::service
