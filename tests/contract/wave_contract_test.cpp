// SPDX-License-Identifier: Apache-2.0
// What every Store must do for waves; a broken write is played by the store's own hook.
#include <gmock/gmock.h>

#include <optional>
#include <stdexcept>

#include "records/store/store.h"
#include "tests/contract/any_store.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const ShopId kShop{1};

class WaveContract : public AnyStore {
  protected:
    void SetUp() override {
        AnyStore::SetUp();
        if (IsSkipped()) return;
        for (const char* number : {"#1", "#2", "#3"}) {
            ASSERT_TRUE(store_->save_order(kShop, sample_order(number), at(0)));
        }
    }

    static WavePosition place(int position, const std::string& order) {
        return {position, OrderNumber{order}, 1, (position + 1) / 2, WavePositionState::Waiting};
    }
    Result<WaveId> create(const std::string& name) {
        WaveRecord wave;
        wave.name = name;
        wave.template_name = "a4-fold";
        wave.request = "{}";
        wave.created_at = at(7);
        return store_->create_wave(kShop, wave, plan_);
    }

    std::vector<WavePosition> plan_{place(1, "#3"), place(2, "#1"), place(3, "#2")};
};

TEST_P(WaveContract, GivesBackThePlanItWasGiven) {
    const WaveId id = create("monday").value();
    const auto wave = store_->find_wave(kShop, "monday").value().value();
    EXPECT_EQ(wave.id, id);
    EXPECT_EQ(wave.template_name, "a4-fold");
    EXPECT_EQ(wave.request, "{}");
    EXPECT_EQ(wave.created_at, at(7));
    EXPECT_TRUE(wave.is_open);
    EXPECT_EQ(wave.positions, 3);
    EXPECT_EQ(wave.waiting(), 3);
    EXPECT_EQ(store_->wave_positions(kShop, id, 1, 99).value(), plan_);
    EXPECT_THAT(store_->wave_positions(kShop, id, 2, 2).value(), ElementsAre(plan_.at(1)));
}

TEST_P(WaveContract, ANameIsTakenOnce) {
    ASSERT_TRUE(create("monday"));
    EXPECT_EQ(create("monday").error().code, ErrorCode::AlreadyExists);
    ASSERT_TRUE(create("tuesday"));
    std::vector<std::string> names;
    for (const auto& wave : store_->waves(kShop).value()) names.push_back(wave.name);
    EXPECT_THAT(names, ElementsAre("monday", "tuesday"));
    EXPECT_FALSE(store_->find_wave(kShop, "friday").value().has_value());
}

TEST_P(WaveContract, RefusesWhatIsNoWave) {
    EXPECT_EQ(create("").error().code, ErrorCode::ValueInvalid);
    plan_.push_back(place(4, "#99"));
    EXPECT_EQ(create("monday").error().code, ErrorCode::NotFound);
    plan_.clear();
    EXPECT_EQ(create("monday").error().code, ErrorCode::ValueInvalid);
    EXPECT_THAT(store_->waves(kShop).value(), IsEmpty());
}

TEST_P(WaveContract, MarkedPlacesWaitNoMore) {
    const WaveId id = create("monday").value();
    plan_.at(0).state = WavePositionState::Printed;
    plan_.at(1).state = WavePositionState::LeftOut;
    EXPECT_EQ(store_->first_waiting(kShop, id).value(), 1);
    ASSERT_TRUE(store_->mark_positions(kShop, id, std::span(plan_).first(2)));
    EXPECT_EQ(store_->first_waiting(kShop, id).value(), 3);
    EXPECT_EQ(store_->wave_positions(kShop, id, 1, 3).value(), plan_);
    const auto wave = store_->find_wave(kShop, "monday").value().value();
    EXPECT_EQ(wave.printed, 1);
    EXPECT_EQ(wave.left_out, 1);
    EXPECT_EQ(wave.waiting(), 1);
}

TEST_P(WaveContract, AWaveIsClosedWhenNothingWaits) {
    const WaveId id = create("monday").value();
    EXPECT_EQ(store_->close_wave(kShop, id).error().code, ErrorCode::NotAllowed);
    for (auto& place : plan_) place.state = WavePositionState::Printed;
    ASSERT_TRUE(store_->mark_positions(kShop, id, plan_));
    EXPECT_EQ(store_->first_waiting(kShop, id).value(), 0);
    ASSERT_TRUE(store_->close_wave(kShop, id));
    EXPECT_FALSE(store_->find_wave(kShop, "monday").value()->is_open);
}

TEST_P(WaveContract, AnotherShopDoesNotSeeIt) {
    const WaveId id = create("monday").value();
    const ShopId other = store_->create_shop("other").value();
    EXPECT_FALSE(store_->find_wave(other, "monday").value().has_value());
    EXPECT_THAT(store_->waves(other).value(), IsEmpty());
    EXPECT_THAT(store_->wave_positions(other, id, 1, 9).value(), IsEmpty());
    EXPECT_EQ(store_->first_waiting(other, id).error().code, ErrorCode::NotFound);
    EXPECT_EQ(store_->mark_positions(other, id, plan_).error().code, ErrorCode::NotFound);
    EXPECT_EQ(store_->close_wave(other, id).error().code, ErrorCode::NotFound);
}

TEST_P(WaveContract, ABrokenWriteLeavesNoHalfWave) {
    for (int writes = 0;; ++writes) {
        fail_after_ = writes;
        const auto made = create("monday");
        fail_after_.reset();
        if (made) {
            EXPECT_EQ(writes, 4) << "one for the wave, one for each place";
            break;
        }
        EXPECT_EQ(made.error().code, ErrorCode::DatabaseFailed);
        EXPECT_THAT(store_->waves(kShop).value(), IsEmpty());
    }
    const WaveId id = store_->find_wave(kShop, "monday").value()->id;
    for (auto& place : plan_) place.state = WavePositionState::Printed;
    fail_after_ = 2;
    EXPECT_FALSE(store_->mark_positions(kShop, id, plan_));
    fail_after_.reset();
    EXPECT_EQ(store_->first_waiting(kShop, id).value(), 1);
}

VERSO_ON_EVERY_STORE(WaveContract);

}  // namespace
}  // namespace verso::records
