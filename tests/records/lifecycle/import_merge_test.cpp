// SPDX-License-Identifier: Apache-2.0
// The shop's export comes again after somebody changed the order here. `said_` is its former word,
// `says_` its new one, `ours_` the order as it stands; each case changes one or two of them.
#include "records/lifecycle/import_merge.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/records/builders.h"
#include "tests/records/order_mutations.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

class ImportMerges : public ::testing::Test {
  protected:
    Order merged() {
        ImportMerge merge = merge_import(said_, says_, ours_);
        kept_ = to_reason(merge.kept);
        return merge.order;
    }
    void desk_cancels() {
        ours_.status = OrderStatus::Cancelled;
        ours_.cancelled_at = ZonedTime{at(500), std::chrono::minutes{120}};
    }

    Order said_ = sample_order("#1", 2), says_ = said_, ours_ = said_;
    std::string kept_;
};

TEST_F(ImportMerges, TheSameExportUndoesNoCancel) {
    desk_cancels();
    EXPECT_EQ(merged(), ours_);
    EXPECT_NE(kept_.find("status cancelled instead of open"), std::string::npos) << kept_;
}

TEST_F(ImportMerges, ACancelOutlivesWhatTheShopChangesElsewhere) {
    desk_cancels();
    says_.payment = PaymentStatus::Refunded;
    says_.status = OrderStatus::OnHold;
    const Order order = merged();
    EXPECT_EQ(order.status, OrderStatus::Cancelled);
    EXPECT_EQ(order.cancelled_at, ours_.cancelled_at);
    EXPECT_EQ(order.payment, PaymentStatus::Refunded);
}

TEST_F(ImportMerges, GoodsThatLeftAfterAllAreNotCancelled) {
    desk_cancels();
    says_.status = OrderStatus::Shipped;
    EXPECT_EQ(merged().status, OrderStatus::Shipped);
    EXPECT_FALSE(merged().cancelled_at);
}

TEST_F(ImportMerges, TheShopMayTakeBackItsOwnCancel) {
    said_.status = ours_.status = OrderStatus::Cancelled;
    EXPECT_EQ(merged().status, OrderStatus::Open);
    EXPECT_EQ(kept_, "");
}

TEST_F(ImportMerges, NothingLeadsBackFromDelivered) {
    said_.status = ours_.status = OrderStatus::Delivered;
    says_.status = OrderStatus::Shipped;
    EXPECT_EQ(merged().status, OrderStatus::Delivered);
    says_.status = OrderStatus::Cancelled;
    EXPECT_EQ(merged().status, OrderStatus::Cancelled);
}

TEST_F(ImportMerges, AnEditedAddressStaysUntilTheShopHasAnother) {
    ours_.ship_to.city = "Beispielstadt";
    says_.email = "other@example.com";
    EXPECT_EQ(merged().ship_to, ours_.ship_to);
    EXPECT_EQ(merged().email, "other@example.com");
    EXPECT_NE(kept_.find("another address"), std::string::npos) << kept_;
    EXPECT_EQ(kept_.find("Beispielstadt"), std::string::npos) << "no personal data";
    says_.ship_to.line1 = "2 rue d’Exemple";
    EXPECT_EQ(merged().ship_to, says_.ship_to) << "whole: no mixture of two addresses";
}

TEST_F(ImportMerges, EditedLinesStayWhileStockAndBinsFlowIn) {
    ours_.lines.at(0).quantity = 1;
    ours_.lines.at(0).line_total = {690};
    ours_.total = {1180};
    says_.lines.at(0).bin = "F-01";
    says_.lines.at(0).backordered = 2;
    says_.parcels.at(1).tracking = "NEW-2";
    says_.shipping = {590};
    says_.total = {1970};
    const Order order = merged();
    EXPECT_EQ(order.lines.at(0).quantity, 1);
    EXPECT_EQ(order.lines.at(0).bin, "F-01");
    EXPECT_EQ(order.lines.at(0).backordered, 1) << "never more than there are";
    EXPECT_EQ(order.parcels.at(1).tracking, "NEW-2");
    EXPECT_EQ(order.total.minor, 1280) << "the shop's change on top of the desk's";
}

TEST_F(ImportMerges, LinesThatTheShopChangedAreTakenWhole) {
    ours_.lines.erase(ours_.lines.begin());
    ours_.parcels.erase(ours_.parcels.begin());
    says_.lines.at(1).quantity = 7;
    says_.total = {9999};
    const Order order = merged();
    EXPECT_EQ(order.lines, says_.lines);
    EXPECT_EQ(order.parcels, says_.parcels);
    EXPECT_EQ(order.total, says_.total);
    EXPECT_EQ(kept_, "");
}

TEST_F(ImportMerges, ALineThatTheDeskTookOutDoesNotComeBackByItsBin) {
    ours_.lines.erase(ours_.lines.begin());
    says_.lines.at(0).bin = "Z-9";
    EXPECT_EQ(merged().lines, ours_.lines);
}

TEST_F(ImportMerges, AnExportThatKnowsLessTakesNoTrackingNumberAway) {
    for (Parcel& parcel : says_.parcels) parcel.tracking.clear();
    EXPECT_EQ(merged().parcels, ours_.parcels);
    EXPECT_NE(kept_, "");
    says_.lines.at(0).quantity = 9;
    EXPECT_EQ(merged().parcels, ours_.parcels) << "nor together with other lines";
}

TEST_F(ImportMerges, AbsurdSumsAreTheShopsOwn) {
    said_.total = {std::numeric_limits<std::int64_t>::min()};
    says_.total = {std::numeric_limits<std::int64_t>::max()};
    EXPECT_EQ(merged().total, says_.total);
}

// Every field: what the shop says as before stays as it is here, what it changes is taken.
TEST_F(ImportMerges, EveryFieldKeepsTheTwoLaws) {
    for (const Mutation& mutation : order_mutations()) {
        Order changed = said_;
        mutation.apply(changed);
        EXPECT_EQ(merge_import(said_, said_, changed).order, changed) << mutation.name;
        if (mutation.name == "carrier not known any more") continue;
        const ImportMerge taken = merge_import(said_, changed, said_);
        EXPECT_EQ(taken.order, changed) << mutation.name;
        EXPECT_TRUE(taken.kept.empty()) << mutation.name << ": " << to_reason(taken.kept);
    }
}

// Two changes, one on each side: both are there afterwards, but for goods and addresses, where the
// shop's are taken.
TEST_F(ImportMerges, OneChangeOnEachSide) {
    const auto mutations = order_mutations();
    for (const Mutation& desk : mutations) {
        for (const Mutation& shop : mutations) {
            ours_ = says_ = said_;
            desk.apply(ours_);
            shop.apply(says_);
            const Order order = merged();
            const Order again = merge_import(says_, says_, order).order;
            EXPECT_EQ(again, order) << desk.name << ", " << shop.name << ": not at rest";
            EXPECT_FALSE(order.lines.empty());
            EXPECT_FALSE(order.parcels.empty());
        }
    }
}

}  // namespace
}  // namespace verso::records
