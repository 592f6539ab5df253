// SPDX-License-Identifier: Apache-2.0
// What every Store must do with the numbers of a range, whichever database is below.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>

#include "records/store/store.h"
#include "tests/contract/any_store.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const ShopId kShop{1};

class NumberRanges : public AnyStore {
  protected:
    std::vector<std::uint64_t> take(std::uint64_t from, std::uint64_t to, std::uint64_t count) {
        auto taken = store_->take_numbers(kShop, {"RR FR", from, to}, count);
        EXPECT_TRUE(taken) << taken.error().text();
        return taken ? taken->numbers : std::vector<std::uint64_t>{};
    }
};

TEST_P(NumberRanges, GivesEachNumberOnceAndSaysWhatIsLeft) {
    EXPECT_THAT(take(5, 9, 2), ElementsAre(5, 6));
    EXPECT_THAT(take(5, 9, 0), IsEmpty());
    const auto taken = store_->take_numbers(kShop, {"RR FR", 5, 9}, 2).value();
    EXPECT_THAT(taken.numbers, ElementsAre(7, 8));
    EXPECT_EQ(taken.left, 1U);
    EXPECT_EQ(store_->take_numbers(kShop, {"RR FR", 5, 9}, 1)->left, 0U);
}

TEST_P(NumberRanges, AWaveThatIsTooLargeGetsNoneAndIsToldHowToExtend) {
    take(5, 9, 3);
    const Error error = store_->take_numbers(kShop, {"RR FR", 5, 9}, 3).error();
    EXPECT_EQ(error.code, ErrorCode::NotAllowed);
    EXPECT_THAT(error.message, HasSubstr("3 numbers are needed, the range 5 to 9 has 2 left"));
    EXPECT_THAT(error.cure, HasSubstr("extend the range"));
    EXPECT_EQ(error.where, "RR FR");
    EXPECT_THAT(take(5, 9, 2), ElementsAre(8, 9)) << "the refused wave took none";
    EXPECT_FALSE(store_->take_numbers(kShop, {"RR FR", 5, 9}, 1));
    EXPECT_THAT(take(5, 12, 2), ElementsAre(10, 11)) << "extended";
}

// Bounds that somebody sets back must not bring a number back.
TEST_P(NumberRanges, NewBoundsSkipWhatWasGiven) {
    EXPECT_THAT(take(100, 199, 3), ElementsAre(100, 101, 102));
    EXPECT_THAT(take(50, 199, 2), ElementsAre(50, 51));
    EXPECT_THAT(take(98, 104, 4), ElementsAre(98, 99, 103, 104));
    EXPECT_FALSE(store_->take_numbers(kShop, {"RR FR", 98, 104}, 1));
    EXPECT_THAT(take(49, 106, 3), ElementsAre(49, 52, 53));
    EXPECT_EQ(store_->take_numbers(kShop, {"RR FR", 49, 106}, 0)->left, 46U);
}

TEST_P(NumberRanges, NamesAndShopsDoNotTouchOneAnother) {
    const ShopId other = store_->create_shop("Autre").value();
    take(1, 9, 2);
    EXPECT_THAT(store_->take_numbers(kShop, {"LX FR", 1, 9}, 1)->numbers, ElementsAre(1));
    EXPECT_THAT(store_->take_numbers(other, {"RR FR", 1, 9}, 1)->numbers, ElementsAre(1));
    EXPECT_THAT(take(1, 9, 1), ElementsAre(3));
}

TEST_P(NumberRanges, RefusesWhatIsNoRange) {
    for (const NumberRange& range : std::vector<NumberRange>{
             {"", 1, 2}, {"r", 2, 1}, {"r", 0, std::uint64_t{1} << 63}, {"r", 0, ~0ULL}}) {
        EXPECT_EQ(store_->take_numbers(kShop, range, 1).error().code, ErrorCode::ValueInvalid);
    }
    EXPECT_EQ(store_->take_numbers(kShop, {"r", 0, 1ULL << 60}, 1ULL << 40).error().code,
              ErrorCode::LimitExceeded);
    EXPECT_EQ(store_->take_numbers(ShopId{77}, {"r", 1, 2}, 1).error().code,
              ErrorCode::DatabaseFailed)
        << "no such shop";
}

TEST_P(NumberRanges, AFailureBetweenAnyTwoWritesTakesNothing) {
    take(10, 99, 2);
    for (int failures = 0;; ++failures) {
        fail_after_ = failures;
        // Two blocks: 9 is new, 12 follows what was given.
        auto taken = store_->take_numbers(kShop, {"RR FR", 9, 99}, 2);
        fail_after_.reset();
        if (taken) {
            EXPECT_GE(failures, 3) << "the hook was not reached";
            EXPECT_THAT(taken->numbers, ElementsAre(9, 12));
            break;
        }
        EXPECT_EQ(store_->take_numbers(kShop, {"RR FR", 9, 99}, 0)->left, 89U);
    }
}

TEST_P(NumberRanges, WhoseLabelANumberIs) {
    ASSERT_TRUE(store_->save_order(kShop, sample_order("#1001"), at(0)));
    const LayoutNumber layout = store_->freeze_layout(sample_layout())->number;
    Printed printed = sample_print(OrderNumber{"#1001"}, layout, 1);
    printed.insert.label = "RR473124829FR";
    ASSERT_TRUE(store_->record_prints(kShop, std::span(&printed.insert, 1)));
    printed = sample_print(OrderNumber{"#1001"}, layout, 2);
    ASSERT_TRUE(store_->record_prints(kShop, std::span(&printed.insert, 1)));
    EXPECT_THAT(store_->orders_of_label(kShop, "RR473124829FR").value(),
                ElementsAre(OrderNumber{"#1001"}));
    EXPECT_THAT(store_->orders_of_label(kShop, "").value(), IsEmpty());
    EXPECT_THAT(store_->orders_of_label(kShop, "RR473124830FR").value(), IsEmpty());
    EXPECT_THAT(store_->orders_of_label(ShopId{2}, "RR473124829FR").value(), IsEmpty());
}

VERSO_ON_EVERY_STORE(NumberRanges);

}  // namespace
}  // namespace verso::records
