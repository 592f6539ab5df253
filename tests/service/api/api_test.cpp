// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "api_fixture.h"
#include "records/carriers/parcel_events.h"
#include "records/store/hook_book.h"
#include "tests/records/builders.h"

namespace verso::service::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const ShopId kShop{1};
const std::string kOrder =
    R"({"order":"#7001","placed_at":"2026-10-01T10:00:00+02:00","status":"open","payment":"paid",)"
    R"("currency":"EUR","language":"fr","email":"ada@example.com","name":"Ada Exemple",)"
    R"("line1":"1 rue d'Exemple","postcode":"07140","city":"Les Vans","country":"FR",)"
    R"("total":"13.80","lines":[{"title":"Fleur de sel","quantity":2,"unit_price":"6.90"}]})";

TEST_F(ApiTest, NobodyWithoutAKeyAndNoKeyBeyondItsScopes) {
    EXPECT_EQ(see("/api/v1/orders", "").status, 401);
    const std::string stranger(32, '0');
    EXPECT_EQ(see("/api/v1/orders", stranger).status, 401);
    EXPECT_EQ(see("/api/v1/orders", "short").status, 401);
    const auto refused = see("/api/v1/orders", key("ratings:read"));
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(json(refused)["where"], "orders:read");
    EXPECT_EQ(see("/api/v1/orders", key("orders:read")).status, 200);
    EXPECT_EQ(ask(Method::Post, "/api/v1/orders", key("orders:read"), kOrder).status, 403);
}

TEST_F(ApiTest, ARevokedKeyOpensNothing) {
    const std::string token = key("orders:read");
    EXPECT_EQ(see("/api/v1/orders", token).status, 200);
    const auto id = store().access().keys(kShop)->back().id;
    ASSERT_TRUE(store().access().revoke_key(kShop, id, clock_.at));
    EXPECT_EQ(see("/api/v1/orders", token).status, 401);
}

TEST_F(ApiTest, AKeyOfAnotherShopSeesNothingOfThisOne) {
    const std::string token = key("orders:read orders:write ratings:read hooks:write", "other");
    EXPECT_THAT(json(see("/api/v1/orders", token))["data"], IsEmpty());
    EXPECT_EQ(see("/api/v1/orders/1001", token).status, 404);
    EXPECT_EQ(see("/api/v1/cards/" + format_card(card_.id), token).status, 404);
    const auto refused =
        ask(Method::Post, "/api/v1/orders/1001/cancel", token, R"({"reason":"x"})");
    EXPECT_EQ(refused.status, 404);
    // The same number is another order there.
    std::string own = kOrder;
    own.replace(own.find("#7001"), 5, "#1001");
    EXPECT_EQ(ask(Method::Post, "/api/v1/orders", token, own).status, 201);
    EXPECT_EQ(store().find_summary(kShop, OrderNumber{"#1001"})->revision, 1);
}

TEST_F(ApiTest, AKeyOfAShopThatIsNotServedOpensNothing) {
    ASSERT_TRUE(store().create_shop("third"));
    EXPECT_EQ(see("/api/v1/orders", key("orders:read", "third")).status, 401);
}

TEST_F(ApiTest, WhatIsNotKnownIsRefusedByItsName) {
    const std::string token = key("orders:read orders:write");
    const auto query = see("/api/v1/orders?colour=red", token);
    EXPECT_EQ(query.status, 400);
    EXPECT_THAT(json(query)["detail"], HasSubstr("colour"));
    EXPECT_EQ(see("/api/v1/orders?limit=1&limit=2", token).status, 400);
    for (const char* limit : {"0", "201", "x", "1.5", "-1"}) {
        EXPECT_EQ(see("/api/v1/orders?limit=" + std::string(limit), token).status, 400) << limit;
    }
    EXPECT_EQ(see("/api/v1/orders?cursor=v1.x", token).status, 400);
    EXPECT_EQ(see("/api/v1/orders?state=lost", token).status, 400);
    std::string more = kOrder;
    more.insert(1, R"("colour":"red",)");
    const auto body = ask(Method::Post, "/api/v1/orders", token, more);
    EXPECT_EQ(body.status, 422);
    EXPECT_EQ(json(body)["where"], "/colour");
    std::string deep = kOrder;
    deep.replace(deep.find("\"title\""), 7, R"("colour":1,"title")");
    EXPECT_EQ(json(ask(Method::Post, "/api/v1/orders", token, deep))["where"], "/lines/0/colour");
}

TEST_F(ApiTest, ABodyIsOneSoundObject) {
    const std::string token = key("orders:write");
    const std::string nested = std::string(100'000, '[') + std::string(100'000, ']');
    for (const std::string& bad :
         {std::string(), std::string("[]"), std::string("{"), std::string("{}{}"),
          std::string("{\"order\":\"#1\",\"order\":\"#2\"}"), std::string("\xff\xfe"),
          std::string("{\"a\":1e999}"), nested, std::string("{\"a\":") + nested + "}"}) {
        EXPECT_EQ(ask(Method::Post, "/api/v1/orders", token, bad).status, 400) << bad.substr(0, 40);
    }
    HttpRequest form;
    form.method = Method::Post;
    form.path = "/api/v1/orders";
    form.body = kOrder;
    form.headers = {{"Authorization", "Bearer " + token},
                    {"Content-Type", "application/x-www-form-urlencoded"}};
    EXPECT_EQ(call(std::move(form)).status, 415);
}

TEST_F(ApiTest, AnOrderIsKeptShownAndListed) {
    const std::string token = key("orders:read orders:write");
    const auto made = ask(Method::Post, "/api/v1/orders", token, kOrder);
    EXPECT_EQ(made.status, 201) << *made.body;
    EXPECT_EQ(json(made)["result"], "new");
    const auto again = ask(Method::Put, "/api/v1/orders/7001", token, kOrder);
    EXPECT_EQ(again.status, 200) << *again.body;
    EXPECT_EQ(json(again)["result"], "unchanged");
    EXPECT_EQ(ask(Method::Put, "/api/v1/orders/7002", token, kOrder).status, 422);
    const auto shown = json(see("/api/v1/orders/%237001", token));
    EXPECT_EQ(shown["state"], "paid");
    EXPECT_EQ(shown["lines"][0]["title"], "Fleur de sel");
    EXPECT_EQ(shown["ship_to"]["name"], "Ada Exemple");
    EXPECT_THAT(shown.dump(), Not(HasSubstr("ada@example.com")));
    const auto list = json(see("/api/v1/orders?state=paid", token));
    ASSERT_THAT(list["data"], SizeIs(1)) << list;
    EXPECT_EQ(list["data"][0]["order"], "#7001");
    EXPECT_EQ(list["more"], false);
    EXPECT_EQ(see("/api/v1/orders/9", token).status, 404);
}

TEST_F(ApiTest, ABadOrderSaysWhichMember) {
    std::string bad = kOrder;
    bad.replace(bad.find("\"quantity\":2"), 12, "\"quantity\":0");
    const auto refused = ask(Method::Post, "/api/v1/orders", key("orders:write"), bad);
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(json(refused)["where"], HasSubstr("quantity")) << *refused.body;
    EXPECT_FALSE(store().find_summary(kShop, OrderNumber{"#7001"}));
}

TEST_F(ApiTest, SeveralOrdersAreTakenAndTheBadOneIsTold) {
    std::string bad = kOrder;
    bad.replace(bad.find("#7001"), 5, "#7002");
    bad.replace(bad.find("\"FR\""), 4, "\"France\"");
    const auto told = json(ask(Method::Post, "/api/v1/orders/import", key("orders:write"),
                               R"({"orders":[)" + kOrder + "," + bad + "]}"));
    EXPECT_EQ(told["new"], 1) << told;
    ASSERT_THAT(told["rejected"], SizeIs(1));
    EXPECT_EQ(told["rejected"][0]["order"], "#7002");
}

TEST_F(ApiTest, TheSameRequestIsDoneOnce) {
    const std::string token = key("orders:write hooks:write");
    const std::string hook = R"({"url":"https://shop.example.com/v","kinds":["rating.recorded"]})";
    const auto first = ask(Method::Post, "/api/v1/hooks", token, hook, "k1");
    EXPECT_EQ(first.status, 201) << *first.body;
    const auto second = ask(Method::Post, "/api/v1/hooks", token, hook, "k1");
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(*second.body, *first.body);
    EXPECT_EQ(second.header("Idempotency-Replayed"), "true");
    EXPECT_THAT(*records::hooks_of(store()).hooks(kShop), SizeIs(1));
    EXPECT_EQ(ask(Method::Post, "/api/v1/orders", token, kOrder, "k1").status, 422);
    // A request that failed took no key.
    EXPECT_EQ(ask(Method::Post, "/api/v1/hooks", token, "{}", "k2").status, 422);
    EXPECT_EQ(ask(Method::Post, "/api/v1/hooks", token, hook, "k2").status, 201);
    clock_.at += std::chrono::hours{25};
    EXPECT_EQ(ask(Method::Post, "/api/v1/orders", token, kOrder, "k1").status, 201);
    EXPECT_EQ(ask(Method::Post, "/api/v1/hooks", token, hook, std::string(256, 'k')).status, 422);
}

TEST_F(ApiTest, WhatAKeyDidIsWrittenDown) {
    ask(Method::Post, "/api/v1/orders", key("orders:write"), kOrder);
    const auto audit = store().access().audit({kShop, {}, 0, 10});
    ASSERT_TRUE(audit);
    ASSERT_THAT(*audit, SizeIs(1));
    EXPECT_EQ(audit->front().who, "key till 101");
    EXPECT_EQ(audit->front().what, "import order");
    EXPECT_EQ(audit->front().subject, "#7001");
}

TEST_F(ApiTest, AnOrderIsCancelledByTheTable) {
    const std::string token = key("orders:read orders:write");
    ask(Method::Post, "/api/v1/orders", token, kOrder);
    EXPECT_EQ(ask(Method::Post, "/api/v1/orders/7001/cancel", token, "{}").status, 422);
    const auto done =
        ask(Method::Post, "/api/v1/orders/7001/cancel", token, R"({"reason":"sold out"})");
    EXPECT_EQ(done.status, 200) << *done.body;
    EXPECT_EQ(json(done)["status"], "cancelled");
    EXPECT_EQ(json(see("/api/v1/orders/7001", token))["state"], "cancelled");
    const auto again =
        ask(Method::Post, "/api/v1/orders/7001/cancel", token, R"({"reason":"sold out"})");
    EXPECT_EQ(again.status, 409) << *again.body;
}

TEST_F(ApiTest, ACardShowsItsStateAlone) {
    const std::string token = key("orders:read");
    const auto shown = json(see("/api/v1/cards/" + format_typed_code(card_.id), token));
    EXPECT_EQ(shown["state"], "printed");
    EXPECT_EQ(shown.size(), 3U) << shown;
    EXPECT_EQ(see("/api/v1/cards/4K7M-2Q9X-W3HTB", token).status, 404);
    EXPECT_EQ(see("/api/v1/cards/x", token).status, 404);
}

TEST_F(ApiTest, RatingsComeOnceEach) {
    const std::string token = key("ratings:read");
    const auto rate = [&](const CardIdentity& card, const std::string& order, int stars) {
        Response response;
        response.card = card.id;
        response.order = OrderNumber{order};
        response.channel = Channel::Qr;
        response.answers = {{"overall", stars}};
        response.recorded_at = clock_.at;
        ASSERT_TRUE(store().record_response(kShop, response, {}));
    };
    rate(card_, "#1001", 4);
    rate(print("#1002"), "#1002", 5);
    auto page = json(see("/api/v1/ratings?limit=1", token));
    ASSERT_THAT(page["data"], SizeIs(1)) << page;
    EXPECT_EQ(page["more"], true);
    EXPECT_EQ(page["data"][0]["answers"]["overall"], 4);
    const auto next = [&] {
        page = json(see("/api/v1/ratings?cursor=" + page["next"].get<std::string>(), token));
    };
    next();
    ASSERT_THAT(page["data"], SizeIs(1)) << page;
    EXPECT_EQ(page["data"][0]["order"], "#1002");
    EXPECT_EQ(page["more"], false);
    next();
    EXPECT_THAT(page["data"], IsEmpty());
    rate(print("#1003"), "#1003", 2);
    next();
    ASSERT_THAT(page["data"], SizeIs(1)) << page;
    clock_.at += std::chrono::seconds{60};
    next();
    EXPECT_THAT(page["data"], IsEmpty());
    EXPECT_EQ(json(see("/api/v1/ratings/1002", token))["answers"]["overall"], 5);
    EXPECT_EQ(see("/api/v1/ratings/9", token).status, 404);
    EXPECT_THAT(json(see("/api/v1/responses", token))["data"], SizeIs(3));
}

class ApiReturnTest : public ApiTest {
  protected:
    void SetUp() override {
        ApiTest::SetUp();
        token_ = key("returns:read returns:write events:write figures:read");
        const auto told =
            ask(Method::Post, "/api/v1/events", token_,
                R"({"tracking":"TEST-1","status":"delivered","at":"2026-09-21T10:00:00Z"})");
        ASSERT_EQ(told.status, 200) << *told.body;
    }
    std::string token_;
};

TEST_F(ApiReturnTest, AReturnIsAnnouncedReceivedAndCounted) {
    const auto made =
        ask(Method::Post, "/api/v1/returns", token_,
            R"({"order":"#1001","lines":[{"line":1,"quantity":1,"reason":"damaged"}]})");
    ASSERT_EQ(made.status, 201) << *made.body;
    const std::string rma = json(made)["rma"];
    EXPECT_EQ(json(made)["channel"], "web");
    const auto at = "/api/v1/returns/" + rma;
    EXPECT_EQ(json(see("/api/v1/returns?state=announced", token_))["data"][0]["rma"], rma);
    EXPECT_THAT(json(see("/api/v1/returns?state=received", token_))["data"], IsEmpty());
    EXPECT_EQ(json(ask(Method::Post, at + "/receive", token_))["state"], "received");
    EXPECT_EQ(
        ask(Method::Post, at + "/inspect", token_, R"({"lines":[{"line":9,"received":1}]})").status,
        422);
    const auto counted = ask(Method::Post, at + "/inspect", token_,
                             R"({"lines":[{"line":1,"received":1,"condition":"as-new"}]})");
    EXPECT_EQ(counted.status, 200) << *counted.body;
    EXPECT_EQ(json(counted)["state"], "inspected");
    EXPECT_EQ(json(see(at, token_))["refund"]["lines"][0]["quantity"], 1);
    EXPECT_EQ(see("/api/v1/returns/7QF2M4KD9", token_).status, 404);
}

TEST_F(ApiReturnTest, WhatCannotComeBackIsRefused) {
    const auto many = ask(Method::Post, "/api/v1/returns", token_,
                          R"({"order":"#1001","lines":[{"line":1,"quantity":9}]})");
    EXPECT_EQ(many.status, 422) << *many.body;
    EXPECT_EQ(ask(Method::Post, "/api/v1/returns", token_,
                  R"({"order":"buyer@example.com","lines":[{"line":1,"quantity":1}]})")
                  .status,
              404)
        << "a program does not search";
    EXPECT_EQ(ask(Method::Post, "/api/v1/returns", token_,
                  R"({"order":"#1001","lines":[{"line":1,"quantity":1,"why":"x"}]})")
                  .status,
              422);
}

TEST_F(ApiReturnTest, EventsAreKeptOnceAndBadOnesAreTold) {
    const auto told = json(
        ask(Method::Post, "/api/v1/events", token_,
            R"({"events":[{"tracking":"TEST-1","status":"delivered","at":"2026-09-21T10:00:00Z"},)"
            R"({"tracking":"TEST-1","status":"delivered"},)"
            R"({"tracking":"TEST-2","status":"in-transit","at":"2026-09-21T10:00:00Z"}]})"));
    EXPECT_EQ(told["new"], 1) << told;
    EXPECT_EQ(told["known"], 1);
    ASSERT_THAT(told["rejected"], SizeIs(1));
    EXPECT_THAT(told["rejected"][0]["where"], HasSubstr("/events/1"));
    EXPECT_EQ(ask(Method::Post, "/api/v1/events", token_, R"({"status":"delivered"})").status, 422);
}

TEST_F(ApiReturnTest, FiguresNeverShowSmallGroups) {
    const auto figures = json(see("/api/v1/figures?by=carrier", token_));
    EXPECT_EQ(figures["all"]["printed"], 1) << figures;
    EXPECT_EQ(figures["all"]["min_cell"], 5);
    EXPECT_EQ(see("/api/v1/figures?min_cell=1", token_).status, 400);
    EXPECT_EQ(see("/api/v1/figures?by=name", token_).status, 400);
    EXPECT_EQ(see("/api/v1/figures?since=2026-10-05&until=2026-10-01", token_).status, 400);
}

TEST_F(ApiTest, HooksAreAddedShownWithoutSecretAndRemoved) {
    const std::string token = key("hooks:write");
    const auto made = json(ask(Method::Post, "/api/v1/hooks", token,
                               R"({"url":"https://shop.example.com/v","kinds":["all"]})"));
    EXPECT_THAT(made["secret"], HasSubstr("whsec_"));
    const auto list = json(see("/api/v1/hooks", token));
    ASSERT_THAT(list["data"], SizeIs(1));
    EXPECT_THAT(list.dump(), Not(HasSubstr("whsec_")));
    const auto place = "/api/v1/hooks/" + std::to_string(made["id"].get<int>());
    EXPECT_EQ(ask(Method::Delete, place, token).status, 204);
    EXPECT_EQ(ask(Method::Delete, place, token).status, 404);
    for (const char* bad : {R"({"url":"ftp://x","kinds":["all"]})",
                            R"({"url":"https://x.example","kinds":["every"]})",
                            R"({"url":"https://x.example","kinds":[]})",
                            R"({"url":"https://x.example","kinds":["all"],"secret":"x"})"}) {
        EXPECT_EQ(ask(Method::Post, "/api/v1/hooks", token, bad).status, 422) << bad;
    }
}

TEST_F(ApiTest, AStrangerIsSlowedDown) {
    int refused = 0;
    for (int i = 0; i < 100; ++i) {
        refused += see("/api/v1/orders", std::string(32, 'A')).status == 429 ? 1 : 0;
    }
    EXPECT_GT(refused, 60);
    EXPECT_EQ(see("/api/v1/orders", std::string(32, 'A')).header("Retry-After"), "1");
}

}  // namespace
}  // namespace verso::service::testing
