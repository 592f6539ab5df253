// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "core/crypto/message_code.h"
#include "records/store/desk_book.h"
#include "records/store/hook_book.h"
#include "records/store/list_book.h"
#include "tests/contract/any_store.h"

namespace verso::records::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const ShopId kShop{1};
const std::string kSecret = "whsec_" + encode_base64(std::string(24, 's'));

class HookContract : public AnyStore {
  protected:
    void SetUp() override {
        AnyStore::SetUp();
        ASSERT_TRUE(store_->save_order(kShop, sample_order(), at(0)));
        auto layout = store_->freeze_layout(sample_layout());
        ASSERT_TRUE(layout);
        layout_ = layout->number;
    }
    HookBook& hooks() { return hooks_of(*store_); }
    HookId add(const std::string& kinds, ShopId shop = kShop) {
        auto id = hooks().add_hook(
            shop,
            {{}, "https://shop.example.com/verso", kSecret, parse_hook_kinds(kinds).value(), {}},
            at(1));
        EXPECT_TRUE(id);
        return id.value_or({});
    }
    PrintedInsert print() {
        auto insert = sample_print(OrderNumber{"#1001"}, layout_, 7).insert;
        EXPECT_TRUE(store_->record_prints(kShop, std::span(&insert, 1)));
        return insert;
    }
    /// What waits to be told, "kind data", oldest first.
    std::vector<std::string> told(ShopId shop = kShop) {
        std::vector<std::string> out;
        auto jobs = store_->jobs().list(shop, JobState::Waiting, 100);
        EXPECT_TRUE(jobs);
        for (auto job = jobs->rbegin(); job != jobs->rend(); ++job) {
            auto message = parse_webhook_job(job->payload);
            EXPECT_TRUE(message) << job->payload;
            if (message) out.push_back(std::string(to_string(message->kind)) + " " + message->data);
        }
        return out;
    }
    LayoutNumber layout_;
};

TEST_P(HookContract, AreKeptAndRemoved) {
    const HookId one = add("all"), other = add("rating.recorded");
    auto kept = hooks().hooks(kShop);
    ASSERT_TRUE(kept);
    ASSERT_THAT(*kept, SizeIs(2));
    EXPECT_EQ(kept->at(0).secret, kSecret);
    EXPECT_EQ(kept->at(0).kinds.size(), all_hook_kinds().size());
    EXPECT_EQ(kept->at(1).created_at, at(1));
    EXPECT_EQ(hooks().find_hook(kShop, other)->value().id, other);
    EXPECT_FALSE(hooks().find_hook(ShopId{2}, other)->has_value());
    EXPECT_EQ(hooks().remove_hook(ShopId{2}, one).error().code, ErrorCode::NotFound);
    EXPECT_TRUE(hooks().remove_hook(kShop, one));
    EXPECT_EQ(hooks().remove_hook(kShop, one).error().code, ErrorCode::NotFound);
    EXPECT_THAT(*hooks().hooks(kShop), SizeIs(1));
}

TEST_P(HookContract, AreBoundedAndSound) {
    Hook hook{{}, "https://shop.example.com", kSecret, {HookKind::PrintDone}, {}};
    for (int i = 0; i < HookBook::kMostOfShop; ++i)
        ASSERT_TRUE(hooks().add_hook(kShop, hook, at(1)));
    EXPECT_EQ(hooks().add_hook(kShop, hook, at(1)).error().code, ErrorCode::LimitExceeded);
    hook.url = "ftp://shop.example.com";
    EXPECT_EQ(hooks().add_hook(kShop, hook, at(1)).error().code, ErrorCode::ValueInvalid);
}

TEST_P(HookContract, AreToldOfPrintsAndAnswers) {
    add("all");
    const auto insert = print();
    EXPECT_THAT(told(), ElementsAre(HasSubstr("print.done {\"order\":\"#1001\"")));
    ASSERT_TRUE(store_->record_response(kShop, sample_response(insert, 4, Channel::Qr), {}));
    EXPECT_THAT(told().back(), HasSubstr("rating.recorded {\"order\":\"#1001\""));
    EXPECT_THAT(told().back(), HasSubstr(R"("overall":4)"));
    // The same again is no news; another one waits for a person.
    ASSERT_TRUE(store_->record_response(kShop, sample_response(insert, 4, Channel::Qr), {}));
    EXPECT_THAT(told(), SizeIs(2));
    ASSERT_TRUE(store_->record_response(kShop, sample_response(insert, 2), {}));
    EXPECT_THAT(told().back(), HasSubstr(R"(review.waiting {"order":"#1001")"));
    EXPECT_THAT(told().back(), HasSubstr(R"("reasons":["duplicate"])"));
}

TEST_P(HookContract, AreToldOfReturns) {
    add("return.announced return.received");
    Return made;
    made.rma = Rma{"7QF2M4KD9"};
    made.order = OrderNumber{"#1001"};
    made.comment = "a secret of the buyer";
    made.lines = {{1, 1}};
    ASSERT_TRUE(store_->returns().announce(kShop, made, "buyer", at(5)));
    ASSERT_TRUE(store_->returns().move(kShop, made.rma, ReturnEvent::Receive, "Max", "", at(6)));
    ASSERT_TRUE(store_->returns().move(kShop, made.rma, ReturnEvent::Receive, "Max", "", at(7)));
    EXPECT_THAT(
        told(),
        ElementsAre(
            R"(return.announced {"rma":"7QF2M4KD9","order":"#1001","parcel":1,"state":"announced"})",
            R"(return.received {"rma":"7QF2M4KD9","order":"#1001","parcel":1,"state":"received"})"));
}

TEST_P(HookContract, AreToldOnceThatAParcelArrived) {
    add("order.delivered");
    CarrierEvent event;
    event.tracking = "TEST-1";
    event.event_id = "1";
    event.status = ParcelStatus::Delivered;
    event.at = {at(50), std::chrono::minutes{0}};
    ASSERT_TRUE(store_->parcel_events().keep(kShop, std::span(&event, 1), at(60)));
    event.event_id = "2";
    ASSERT_TRUE(store_->parcel_events().keep(kShop, std::span(&event, 1), at(61)));
    event.tracking = "NOBODYS-1";
    ASSERT_TRUE(store_->parcel_events().keep(kShop, std::span(&event, 1), at(62)));
    EXPECT_THAT(told(), ElementsAre(HasSubstr(R"(order.delivered {"order":"#1001","parcel":1)")));
}

TEST_P(HookContract, AreToldExactlyWhenTheCauseIsKept) {
    add("print.done");
    {
        auto scope = store_->begin();
        ASSERT_TRUE(scope);
        print();
    }
    EXPECT_THAT(told(), IsEmpty());
    print();
    EXPECT_THAT(told(), SizeIs(1));
}

TEST_P(HookContract, TellNobodyOfAnotherShop) {
    auto other = store_->create_shop("other");
    ASSERT_TRUE(other);
    add("all", *other);
    print();
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_THAT(told(*other), IsEmpty());
}

class ListContract : public HookContract {};

TEST_P(ListContract, OrdersComeInPagesThatNewOnesDoNotDisturb) {
    for (const char* number : {"#3", "#1", "#2"}) {
        ASSERT_TRUE(store_->save_order(kShop, sample_order(number), at(1)));
    }
    auto page = lists_of(*store_).order_page(kShop, {}, 2);
    ASSERT_TRUE(page);
    ASSERT_THAT(*page, SizeIs(2));
    EXPECT_EQ(page->at(0).order.number.get(), "#1001");
    EXPECT_EQ(page->at(1).order.number.get(), "#3");
    ASSERT_TRUE(store_->save_order(kShop, sample_order("#0"), at(2)));
    auto rest = lists_of(*store_).order_page(kShop, page->back().place, 10);
    ASSERT_TRUE(rest);
    ASSERT_THAT(*rest, SizeIs(3));
    EXPECT_EQ(rest->back().order.number.get(), "#0");
    EXPECT_THAT(*lists_of(*store_).order_page(ShopId{2}, {}, 9), IsEmpty());
}

TEST_P(ListContract, RatingsComeByTheirMomentAndResponsesByTheirNumber) {
    const auto insert = print();
    ASSERT_TRUE(store_->record_response(kShop, sample_response(insert, 4, Channel::Qr), {}));
    auto again = sample_response(insert, 2);
    again.recorded_at = at(2000);
    ASSERT_TRUE(store_->record_response(kShop, again, {}));
    auto ratings = lists_of(*store_).rating_page(kShop, {}, 10);
    ASSERT_TRUE(ratings);
    ASSERT_THAT(*ratings, SizeIs(1));
    EXPECT_EQ(ratings->front().rating.answers.at("overall"), 4);
    EXPECT_THAT(*lists_of(*store_).rating_page(kShop, ratings->front().place, 10), IsEmpty());
    auto responses = lists_of(*store_).response_page(kShop, {}, 10);
    ASSERT_TRUE(responses);
    ASSERT_THAT(*responses, SizeIs(2));
    EXPECT_EQ(responses->at(0).outcome, "first");
    EXPECT_EQ(responses->at(1).outcome, "conflict");
    EXPECT_THAT(*lists_of(*store_).response_page(kShop, responses->front().place, 10), SizeIs(1));
    EXPECT_THAT(*lists_of(*store_).rating_page(ShopId{2}, {}, 10), IsEmpty());
}

TEST_P(ListContract, ReturnsComeOldestFirst) {
    for (const char* rma : {"7QF2M4KD9", "7QF2M4KD8"}) {
        Return made;
        made.rma = Rma{rma};
        made.order = OrderNumber{"#1001"};
        made.lines = {{1, 1}};
        ASSERT_TRUE(store_->returns().announce(kShop, made, "buyer", at(5)));
    }
    auto page = lists_of(*store_).return_page(kShop, {}, 1);
    ASSERT_TRUE(page);
    ASSERT_THAT(*page, SizeIs(1));
    EXPECT_EQ(page->front().made.rma.get(), "7QF2M4KD9");
    EXPECT_EQ(page->front().announced_at, at(5));
    auto rest = lists_of(*store_).return_page(kShop, page->front().place, 9);
    ASSERT_TRUE(rest);
    ASSERT_THAT(*rest, SizeIs(1));
    EXPECT_EQ(rest->front().made.rma.get(), "7QF2M4KD8");
}

VERSO_ON_EVERY_STORE(HookContract);
VERSO_ON_EVERY_STORE(ListContract);

}  // namespace
}  // namespace verso::records::testing
