// SPDX-License-Identifier: Apache-2.0
// What every Store must do for buyers' photos.
#include <gmock/gmock.h>

#include "records/store/photo_book.h"
#include "tests/contract/any_store.h"

namespace verso::records::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const ShopId kShop{1};
const OrderNumber kOrder{"#1001"};
const CardId kCard{77};

class PhotoContract : public AnyStore {
  protected:
    void SetUp() override {
        AnyStore::SetUp();
        if (IsSkipped()) return;
        ASSERT_TRUE(store_->save_order(kShop, sample_order("#1001"), at(0)));
    }
    static BuyerPhoto photo(const std::string& path, const std::string& rma = "") {
        return {0, kOrder, kCard, Rma(rma), path, at(100)};
    }
    Result<void> keep(const std::string& path, const std::string& rma = "") {
        return photos_of(*store_).keep_photo(kShop, photo(path, rma));
    }
    std::vector<std::string> paths() {
        std::vector<std::string> out;
        for (const auto& one : photos_of(*store_).photos_of_order(kShop, kOrder).value()) {
            out.push_back(one.path);
        }
        return out;
    }
    std::vector<std::string> to_delete() {
        std::vector<std::string> out;
        for (const auto& one : store_->erasure().files(kShop, 0, 99).value()) {
            EXPECT_EQ(one.kind, FileKind::Picture);
            out.push_back(one.name);
        }
        return out;
    }
};

TEST_P(PhotoContract, AreKeptAndFound) {
    ASSERT_TRUE(keep("a.jpg"));
    ASSERT_TRUE(keep("b.jpg", "7QF2M4KD9"));
    EXPECT_THAT(paths(), ElementsAre("a.jpg", "b.jpg"));
    const auto all = photos_of(*store_).photos_of_order(kShop, kOrder).value();
    const auto found = photos_of(*store_).find_photo(kShop, all.at(1).id).value();
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, all.at(1));
    EXPECT_EQ(found->card, kCard);
    EXPECT_EQ(found->rma.get(), "7QF2M4KD9");
    EXPECT_EQ(found->at, at(100));
    EXPECT_FALSE(photos_of(*store_).find_photo(kShop, 999).value());
}

TEST_P(PhotoContract, ThreeOfAnAnswerAndThreeOfAReturn) {
    for (const char* name : {"1", "2", "3"}) ASSERT_TRUE(keep(name));
    ASSERT_TRUE(keep("2"));  // the same again
    EXPECT_EQ(keep("4").error().code, ErrorCode::LimitExceeded);
    EXPECT_TRUE(keep("4", "7QF2M4KD9"));
    EXPECT_THAT(paths(), SizeIs(4));
}

TEST_P(PhotoContract, AnUnknownOrderHasNone) {
    auto stranger = photo("x");
    stranger.order = OrderNumber("#9");
    EXPECT_EQ(photos_of(*store_).keep_photo(kShop, stranger).error().code, ErrorCode::NotFound);
    EXPECT_THAT(photos_of(*store_).photos_of_order(kShop, stranger.order).value(), IsEmpty());
}

TEST_P(PhotoContract, TheBuyerTakesThoseOfTheAnswerBack) {
    ASSERT_TRUE(keep("a.jpg"));
    ASSERT_TRUE(keep("b.jpg", "7QF2M4KD9"));
    EXPECT_EQ(photos_of(*store_).drop_answer_photos(kShop, kCard).value(), 1);
    EXPECT_THAT(paths(), ElementsAre("b.jpg"));
    EXPECT_THAT(to_delete(), ElementsAre("a.jpg"));
}

TEST_P(PhotoContract, AnErasureTakesThemAndNoneComesAfter) {
    ASSERT_TRUE(keep("a.jpg"));
    EXPECT_THAT(store_->erasure().collect(kShop, kOrder).value(), HasSubstr("a.jpg"));
    ASSERT_TRUE(store_->erasure().erase(kShop, std::span(&kOrder, 1), "Max", "asked", at(200)));
    EXPECT_THAT(paths(), IsEmpty());
    EXPECT_THAT(to_delete(), ElementsAre("a.jpg"));
    EXPECT_THAT(store_->erasure().collect(kShop, kOrder).value(), Not(HasSubstr("a.jpg")));
    EXPECT_EQ(keep("late.jpg").error().code, ErrorCode::NotFound);
}

TEST_P(PhotoContract, TheyAreKeptAsLongAsPictures) {
    ASSERT_TRUE(keep("a.jpg"));
    const auto days = [](int count) { return at(100) + std::chrono::hours(24 * count); };
    EXPECT_EQ(store_->erasure().retain(kShop, {30, 0, 0}, days(29)).value().images, 0);
    EXPECT_EQ(store_->erasure().retain(kShop, {30, 0, 0}, days(31)).value().images, 1);
    EXPECT_THAT(paths(), IsEmpty());
    EXPECT_THAT(to_delete(), ElementsAre("a.jpg"));
}

VERSO_ON_EVERY_STORE(PhotoContract);

}  // namespace
}  // namespace verso::records::testing
