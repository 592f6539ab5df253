// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "records/store/spool_book.h"
#include "tests/contract/any_store.h"

namespace verso::records::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

const ShopId kShop{1};

class SpoolContract : public AnyStore {
  protected:
    void SetUp() override {
        AnyStore::SetUp();
        bench_ = add("bench");
    }
    SpoolBook& spool() { return spool_of(*store_); }
    PrinterId add(const std::string& name) {
        auto id = spool().add_printer({{}, name, "file:/tmp/paper", "{}"}, at(0));
        EXPECT_TRUE(id);
        return id.value_or({});
    }
    NewPrintJob sheet(const std::string& title, bool urgent = false) {
        NewPrintJob job;
        job.printer = bench_;
        job.file = title + ".pdf";
        job.title = title;
        job.pages = 2;
        job.is_urgent = urgent;
        return job;
    }
    JobId put(const NewPrintJob& job, ShopId shop = kShop) {
        auto id = spool().enqueue(shop, job, at(1));
        EXPECT_TRUE(id);
        return id.value_or({});
    }
    std::optional<LeasedPrint> lease(Instant now = at(2), const std::string& owner = "here:1") {
        auto print = spool().lease(bench_, owner, 60s, now,
                                   [&](const std::string& other) { return other == dead_; });
        EXPECT_TRUE(print) << print.error().text();
        return print ? *std::move(print) : std::nullopt;
    }
    void finish(const LeasedPrint& print, PrintState state, int first = 0, int last = 0) {
        auto done = spool().finish(print, state, "why", first, last, at(2), at(2));
        EXPECT_TRUE(done) << done.error().text();
    }
    std::string next_title(Instant now = at(2)) {
        auto print = lease(now);
        if (!print) return "";
        finish(*print, PrintState::Done);
        return print->job.what.title;
    }
    PrintJob job(JobId id) {
        auto found = spool().find_print_job(kShop, id);
        EXPECT_TRUE(found);
        return found.value_or({});
    }
    PrinterId bench_;
    std::string dead_ = "nobody";
};

HandOverFacts sending(int sent = 0, int printed = 0) {
    HandOverFacts known;
    known.step = PrintState::Sending;
    known.device_job = "17";
    known.since = 1234;
    known.sent = sent;
    known.printed = printed;
    known.mark = "odometer 88";
    return known;
}

TEST_P(SpoolContract, PrintersAreKeptUnderOneName) {
    EXPECT_EQ(spool().add_printer({{}, "BENCH", "ipp://x", "{}"}, at(0)).error().code,
              ErrorCode::AlreadyExists);
    EXPECT_EQ(spool().add_printer({{}, "a/b", "ipp://x", "{}"}, at(0)).error().code,
              ErrorCode::ValueInvalid);
    add("attic");
    auto all = spool().printers();
    ASSERT_TRUE(all);
    ASSERT_THAT(*all, SizeIs(2));
    EXPECT_EQ(all->front().name, "attic");
    auto bench = spool().find_printer("Bench");
    ASSERT_TRUE(bench);
    EXPECT_EQ(bench->id, bench_);
    bench->uri = "socket://10.0.0.7";
    EXPECT_TRUE(spool().change_printer(*bench));
    EXPECT_EQ(spool().find_printer("bench")->uri, "socket://10.0.0.7");
    EXPECT_THAT(spool().find_printer("cellar").error().text(), HasSubstr("attic, bench"));
    EXPECT_TRUE(spool().remove_printer(all->front().id));
    EXPECT_EQ(spool().find_printer("attic").error().code, ErrorCode::NotFound);
}

TEST_P(SpoolContract, OneAtATimeLeavesInOrderAndUrgentOnesFirst) {
    put(sheet("one"));
    put(sheet("two"));
    put(sheet("packer waits", true));
    auto first = lease();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->job.what.title, "packer waits");
    EXPECT_FALSE(lease().has_value()) << "the lane gave a second one while the first is out";
    finish(*first, PrintState::Done);
    EXPECT_EQ(next_title(), "one");
    EXPECT_EQ(next_title(), "two");
    EXPECT_EQ(next_title(), "");
}

TEST_P(SpoolContract, WhatWasBegunGoesOnBeforeTheUrgent) {
    put(sheet("begun"));
    auto first = lease();
    ASSERT_TRUE(first);
    ASSERT_TRUE(spool().keep(*first, sending(), 60s, at(2)));
    put(sheet("packer waits", true));
    dead_ = "here:1";
    auto again = lease(at(3), "here:2");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->job.what.title, "begun");
    EXPECT_EQ(again->job.known, sending());
    EXPECT_EQ(again->job.state, PrintState::Sending);
    EXPECT_EQ(again->job.name, first->job.name);
    // The first worker was only slow: it learns that before it does harm.
    EXPECT_EQ(spool().keep(*first, sending(1), 60s, at(3)).error().code, ErrorCode::NotAllowed);
    EXPECT_EQ(spool().finish(*first, PrintState::Done, "", 0, 0, at(3), at(3)).error().code,
              ErrorCode::NotAllowed);
}

TEST_P(SpoolContract, ALeaseThatRunsOutOrWhoseOwnerIsDeadIsTakenOver) {
    put(sheet("one"));
    ASSERT_TRUE(lease(at(2)));
    EXPECT_FALSE(lease(at(60)).has_value());
    EXPECT_TRUE(lease(at(63)).has_value());
    dead_ = "here:1";
    EXPECT_TRUE(lease(at(64)).has_value());
}

TEST_P(SpoolContract, WorkersThatDieOfADocumentAskAPerson) {
    const JobId id = put(sheet("poison"));
    dead_ = "here:1";
    for (int i = 0; i < 8; ++i) ASSERT_TRUE(lease()) << i;
    EXPECT_FALSE(lease().has_value());
    EXPECT_EQ(job(id).state, PrintState::Failed);
    EXPECT_THAT(job(id).trouble, HasSubstr("8 times"));
    ASSERT_TRUE(spool().settle(kShop, id, PersonSays::NotPrinted, at(3)));
    auto again = lease(at(3));
    ASSERT_TRUE(again);
    ASSERT_TRUE(spool().keep(*again, sending(), 60s, at(3)));
    for (int i = 1; i < 8; ++i) ASSERT_TRUE(lease(at(3))) << i;
    EXPECT_FALSE(lease(at(3)).has_value());
    EXPECT_EQ(job(id).state, PrintState::Unknown) << "something of it may be on paper";
}

TEST_P(SpoolContract, ADocumentThatGetsFurtherBetweenDeathsIsNotGivenUp) {
    NewPrintJob labels = sheet("long");
    labels.pages = 100;
    put(labels);
    dead_ = "here:1";
    for (int i = 1; i <= 30; ++i) {
        auto print = lease();
        ASSERT_TRUE(print) << i;
        ASSERT_TRUE(spool().keep(*print, sending(i, i), 60s, at(2)));
    }
}

TEST_P(SpoolContract, AFailedOneHoldsItsPrinterUntilAPersonSpoke) {
    const JobId id = put(sheet("one"));
    put(sheet("two", true));
    put(sheet("three"));
    EXPECT_EQ(next_title(), "two");
    finish(*lease(), PrintState::Failed);
    EXPECT_EQ(job(id).state, PrintState::Failed);
    EXPECT_EQ(next_title(), "");
    EXPECT_EQ(spool().load(bench_)->need_person, 1);
    // Not by the queue's own way, which asks nothing.
    EXPECT_EQ(store_->jobs().retry(kShop, id, at(3)).error().code, ErrorCode::NotAllowed);
    EXPECT_EQ(store_->jobs().drop(kShop, id).error().code, ErrorCode::NotAllowed);
    auto settled = spool().settle(kShop, id, PersonSays::NotPrinted, at(3));
    ASSERT_TRUE(settled);
    EXPECT_THAT(settled->name, ::testing::EndsWith("-2"));
    EXPECT_EQ(next_title(at(4)), "one");
    EXPECT_EQ(next_title(at(4)), "three");
}

TEST_P(SpoolContract, UnknownLabelsGoOnBehindWhatThePersonSaw) {
    NewPrintJob labels = sheet("labels");
    labels.is_zpl = true;
    labels.pages = 10;
    const JobId id = put(labels);
    auto print = lease();
    ASSERT_TRUE(print);
    ASSERT_TRUE(spool().keep(*print, sending(5, 3), 60s, at(2)));
    finish(*print, PrintState::Unknown, 4, 5);
    EXPECT_EQ(job(id).first_unknown, 4);
    ASSERT_TRUE(spool().settle(kShop, id, PersonSays::Printed, at(3)));
    auto again = lease(at(3));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->job.known.printed, 5);
    EXPECT_EQ(again->job.known.sent, 5);
    finish(*again, PrintState::Unknown, 6, 6);
    ASSERT_TRUE(spool().settle(kShop, id, PersonSays::NotPrinted, at(3)));
    again = lease(at(3));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->job.known.printed, 5);
    finish(*again, PrintState::Unknown, 6, 9);
    EXPECT_EQ(spool().settle(kShop, id, PersonSays::Printed, at(3), 10).error().code,
              ErrorCode::ValueInvalid);
    ASSERT_TRUE(spool().settle(kShop, id, PersonSays::Printed, at(3), 7));
    again = lease(at(3));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->job.known.printed, 7);
    finish(*again, PrintState::Unknown, 10, 10);
    auto done = spool().settle(kShop, id, PersonSays::Printed, at(3));
    ASSERT_TRUE(done);
    EXPECT_EQ(done->state, PrintState::Done);
}

TEST_P(SpoolContract, WhatIsOnItsWayCannotBeCancelledNorToldPrinted) {
    const JobId id = put(sheet("one"));
    EXPECT_EQ(spool().settle(kShop, id, PersonSays::Printed, at(2)).error().code,
              ErrorCode::NotAllowed);
    auto print = lease();
    EXPECT_EQ(spool().settle(kShop, id, PersonSays::Cancel, at(2)).error().code,
              ErrorCode::NotAllowed)
        << "a worker has it";
    ASSERT_TRUE(spool().finish(*print, PrintState::Queued, "paper out", 0, 0, at(9), at(2)));
    EXPECT_EQ(job(id).trouble, "paper out");
    EXPECT_FALSE(lease(at(8)).has_value());
    EXPECT_TRUE(spool().settle(kShop, id, PersonSays::Cancel, at(3)));
    EXPECT_EQ(job(id).state, PrintState::Cancelled);
    EXPECT_FALSE(lease(at(10)).has_value());
    EXPECT_EQ(spool().settle(ShopId{2}, id, PersonSays::Cancel, at(3)).error().code,
              ErrorCode::NotFound);
}

TEST_P(SpoolContract, WaitingCostsNoAttempt) {
    put(sheet("one"));
    for (int i = 0; i < 30; ++i) {
        auto print = lease(at(2 + i));
        ASSERT_TRUE(print) << i;
        ASSERT_TRUE(spool().finish(*print, PrintState::Queued, "offline", 0, 0, at(2), at(2)));
    }
    EXPECT_EQ(next_title(at(40)), "one");
}

TEST_P(SpoolContract, AQueueIsMovedButNotWhatWasBegun) {
    const PrinterId attic = add("attic");
    put(sheet("begun"));
    put(sheet("two"));
    put(sheet("three"));
    auto print = lease();
    ASSERT_TRUE(spool().keep(*print, sending(), 60s, at(2)));
    EXPECT_EQ(*spool().move_jobs(ShopId{2}, bench_, attic, at(3)), 0);
    EXPECT_EQ(*spool().move_jobs(kShop, bench_, attic, at(3)), 2);
    EXPECT_EQ(spool().load(bench_)->jobs, 1);
    EXPECT_EQ(spool().load(attic)->jobs, 2);
    auto there = spool().lease(attic, "here:1", 60s, at(4), {});
    ASSERT_TRUE(there && *there);
    EXPECT_EQ((*there)->job.what.title, "two");
    EXPECT_EQ((*there)->job.printer_name, "attic");
    EXPECT_EQ(spool().remove_printer(attic).error().code, ErrorCode::NotAllowed);
}

TEST_P(SpoolContract, APausedPrinterGetsNothing) {
    put(sheet("one"));
    ASSERT_TRUE(spool().pause_printer(bench_, true));
    EXPECT_FALSE(lease().has_value());
    ASSERT_TRUE(spool().pause_printer(bench_, false));
    EXPECT_TRUE(lease().has_value());
}

TEST_P(SpoolContract, AShopSeesItsOwnAndOldOnesAreForgotten) {
    auto other = store_->create_shop("other");
    ASSERT_TRUE(other);
    NewPrintJob wave = sheet("wave file");
    wave.wave = "morning";
    wave.cards = {CardId{812}, CardId{1ULL << 59U}};
    const JobId mine = put(wave);
    put(sheet("theirs"), *other);
    PrintJobFilter filter;
    filter.shop = kShop;
    EXPECT_THAT(*spool().print_jobs(filter), SizeIs(1));
    filter.wave = "evening";
    EXPECT_THAT(*spool().print_jobs(filter), IsEmpty());
    filter.wave = "morning";
    EXPECT_THAT(*spool().print_jobs(filter), SizeIs(1));
    EXPECT_EQ(next_title(), "wave file");
    EXPECT_THAT(*spool().print_jobs(filter), IsEmpty());
    filter.only_open = false;
    EXPECT_THAT(*spool().print_jobs(filter), SizeIs(1));
    EXPECT_EQ(job(mine).what.width, 210);
    EXPECT_EQ(job(mine).what.cards, wave.cards);
    EXPECT_EQ(*spool().forget_print_jobs(kShop, at(100)), 1);
    EXPECT_THAT(*spool().print_jobs(filter), IsEmpty());
}

TEST_P(SpoolContract, IsPartOfTheTransactionThatPutItIn) {
    {
        auto transaction = store_->begin();
        ASSERT_TRUE(transaction);
        put(sheet("never"));
    }
    EXPECT_EQ(spool().load(bench_)->jobs, 0);
    EXPECT_EQ(next_title(), "");
}

VERSO_ON_EVERY_STORE(SpoolContract);

}  // namespace
}  // namespace verso::records::testing
