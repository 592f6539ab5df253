// SPDX-License-Identifier: Apache-2.0
// What the queue must do on every database. Time stands still unless a test moves it.
#include <gmock/gmock.h>

#include <set>

#include "records/jobs/job_queue.h"
#include "tests/contract/any_store.h"

namespace verso::records::testing {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const ShopId kShop{1};

class JobQueueContract : public AnyStore {
  protected:
    JobQueue& queue() { return store_->jobs(); }
    Instant now() const { return Instant{seconds{1'790'000'000 + passed_}}; }
    void pass(int more) { passed_ += more; }

    void put(const std::string& key, int max_attempts = 8, const std::string& kind = "scan") {
        const auto is_new = queue().enqueue(kShop, {kind, key, "{}", {}, max_attempts}, now());
        ASSERT_TRUE(is_new) << is_new.error().text();
        EXPECT_TRUE(*is_new);
    }
    static LeaseRequest want(int most = 1, int at_once = 0) {
        return {{{"scan", at_once}}, "here:1", seconds{60}, most};
    }
    std::vector<LeasedJob> lease(const LeaseRequest& request) {
        auto leased = queue().lease(request, now());
        EXPECT_TRUE(leased) << leased.error().text();
        return leased.value_or({});
    }
    std::vector<std::string> keys(const std::vector<LeasedJob>& jobs) {
        std::vector<std::string> out;
        for (const auto& job : jobs) out.push_back(job.key);
        return out;
    }
    long long count(JobState state) {
        long long sum = 0;
        for (const auto& row : queue().count(kShop).value())
            sum += row.state == state ? row.jobs : 0;
        return sum;
    }

  private:
    int passed_ = 0;
};

TEST_P(JobQueueContract, AJobIsPutInOnce) {
    put("a");
    EXPECT_FALSE(queue().enqueue(kShop, {"scan", "a", "{\"other\":1}"}, now()).value());
    put("a", 8, "print");
    const ShopId other = store_->create_shop("Autre").value();
    EXPECT_TRUE(queue().enqueue(other, {"scan", "a"}, now()).value());
    EXPECT_EQ(count(JobState::Waiting), 2);
    EXPECT_EQ(queue().enqueue(kShop, {"Scan", "a"}, now()).error().code, ErrorCode::ValueInvalid);
}

TEST_P(JobQueueContract, IsPartOfTheCallersTransaction) {
    {
        auto transaction = store_->begin().value();
        put("gone");
    }
    {
        auto transaction = store_->begin().value();
        put("kept");
        ASSERT_TRUE(transaction->commit());
    }
    EXPECT_THAT(keys(lease(want(9))), ElementsAre("kept"));
}

TEST_P(JobQueueContract, OldestFirstAndEachOnce) {
    put("b");
    pass(1);
    put("a");
    ASSERT_TRUE(
        queue().enqueue(kShop, {"scan", "later", "{\"x\":1}", now() + seconds{100}}, now()));
    EXPECT_THAT(keys(lease(want())), ElementsAre("b"));
    EXPECT_THAT(keys(lease(want(9))), ElementsAre("a"));
    EXPECT_THAT(lease(want(9)), IsEmpty());
    pass(100 - 61);
    EXPECT_THAT(lease(want(9)), IsEmpty());
    pass(61);
    const auto jobs = lease({{{"mail"}, {"scan"}}, "here:1", seconds{60}, 1});
    ASSERT_THAT(jobs, SizeIs(1)) << "one that ran out, before those that wait";
    EXPECT_EQ(jobs[0].attempts, 2);
    EXPECT_EQ(jobs[0].until, now() + seconds{60});
}

TEST_P(JobQueueContract, OnlyTheKindsThatAreAskedFor) {
    put("p", 8, "print");
    EXPECT_THAT(lease(want(9)), IsEmpty());
    EXPECT_THAT(keys(lease({{{"scan"}, {"print"}}, "x", seconds{60}, 9})), ElementsAre("p"));
}

TEST_P(JobQueueContract, AJobThatIsDoneStaysDone) {
    put("a");
    const LeasedJob job = lease(want()).at(0);
    EXPECT_TRUE(queue().complete(job, now()));
    pass(10'000);
    EXPECT_THAT(lease(want(9)), IsEmpty());
    EXPECT_EQ(queue().complete(job, now()).error().code, ErrorCode::NotAllowed);
    EXPECT_FALSE(queue().enqueue(kShop, {"scan", "a"}, now()).value());
    EXPECT_EQ(count(JobState::Done), 1);
    EXPECT_EQ(queue().forget_done(kShop, now()).value(), 1);
    EXPECT_TRUE(queue().enqueue(kShop, {"scan", "a"}, now()).value());
}

TEST_P(JobQueueContract, WhoLostTheLeaseEndsNothing) {
    put("a");
    const LeasedJob slow = lease(want()).at(0);
    pass(61);
    const LeasedJob quick = lease(want()).at(0);
    EXPECT_EQ(quick.id, slow.id);
    EXPECT_NE(quick.token, slow.token);
    EXPECT_EQ(queue().complete(slow, now()).error().code, ErrorCode::NotAllowed);
    EXPECT_EQ(queue().fail(slow, "x", now(), now()).error().code, ErrorCode::NotAllowed);
    EXPECT_FALSE(queue().renew(slow, seconds{60}, now()).value());
    EXPECT_EQ(count(JobState::Leased), 1);
    EXPECT_TRUE(queue().complete(quick, now()));
}

TEST_P(JobQueueContract, ARenewedLeaseIsNotGivenAway) {
    put("a");
    const LeasedJob job = lease(want()).at(0);
    pass(50);
    EXPECT_TRUE(queue().renew(job, seconds{60}, now()).value());
    pass(50);
    EXPECT_THAT(lease(want(9)), IsEmpty());
    EXPECT_TRUE(queue().complete(job, now()));
}

TEST_P(JobQueueContract, AnEffectThatIsNotKeptDoesNotEndTheJob) {
    put("a");
    const LeasedJob job = lease(want()).at(0);
    {
        auto transaction = store_->begin().value();
        ASSERT_TRUE(queue().complete(job, now()));
    }
    EXPECT_EQ(count(JobState::Leased), 1);
    EXPECT_TRUE(queue().complete(job, now()));
}

TEST_P(JobQueueContract, FailuresWaitAndThenAPersonSeesThem) {
    put("a", 2);
    LeasedJob job = lease(want()).at(0);
    EXPECT_EQ(queue().fail(job, "no server", now() + seconds{30}, now()).value(),
              JobState::Waiting);
    EXPECT_THAT(lease(want()), IsEmpty());
    pass(30);
    job = lease(want()).at(0);
    EXPECT_EQ(job.attempts, 2);
    EXPECT_EQ(queue().fail(job, "still none", now() + seconds{30}, now()).value(), JobState::Dead);
    pass(1000);
    EXPECT_THAT(lease(want()), IsEmpty());
    const auto dead = queue().list(kShop, JobState::Dead, 10).value();
    ASSERT_THAT(dead, SizeIs(1));
    EXPECT_EQ(dead[0].key, "a");
    EXPECT_EQ(dead[0].last_error, "still none");
    EXPECT_EQ(dead[0].owner, "here:1");
    EXPECT_EQ(dead[0].attempts, 2);
}

TEST_P(JobQueueContract, WithoutAnotherTimeItIsDeadAtOnce) {
    put("a");
    EXPECT_EQ(queue().fail(lease(want()).at(0), "no picture", std::nullopt, now()).value(),
              JobState::Dead);
}

// A job that kills its worker would kill them all for ever.
TEST_P(JobQueueContract, AJobThatNobodySurvivesIsGivenUp) {
    put("poison", 3);
    for (int i = 1; i <= 3; ++i) {
        const auto jobs = lease(want());
        ASSERT_THAT(jobs, SizeIs(1));
        EXPECT_EQ(jobs[0].attempts, i);
        pass(61);
    }
    EXPECT_THAT(lease(want()), IsEmpty());
    const auto dead = queue().list(kShop, JobState::Dead, 10).value();
    ASSERT_THAT(dead, SizeIs(1));
    EXPECT_THAT(dead[0].last_error, HasSubstr("died or hung"));
}

TEST_P(JobQueueContract, APersonTriesAgainOrDrops) {
    put("a", 1);
    put("b", 1);
    for (const auto& job : lease(want(2))) ASSERT_TRUE(queue().fail(job, "broken", now(), now()));
    const auto dead = queue().list(kShop, JobState::Dead, 10).value();
    ASSERT_THAT(dead, SizeIs(2));
    EXPECT_EQ(dead[0].key, "b") << "the newest first";
    EXPECT_TRUE(queue().retry(kShop, dead[1].id, now()));
    EXPECT_EQ(queue().retry(kShop, dead[1].id, now()).error().code, ErrorCode::NotAllowed);
    EXPECT_EQ(lease(want()).at(0).attempts, 1) << "all attempts anew";
    EXPECT_EQ(queue().drop(kShop, dead[1].id).error().code, ErrorCode::NotAllowed) << "leased";
    EXPECT_TRUE(queue().drop(kShop, dead[0].id));
    EXPECT_EQ(queue().drop(kShop, dead[0].id).error().code, ErrorCode::NotFound);
    EXPECT_TRUE(queue().enqueue(kShop, {"scan", "b"}, now()).value());
}

TEST_P(JobQueueContract, NoShopTouchesTheJobsOfAnother) {
    put("a", 1);
    ASSERT_TRUE(queue().fail(lease(want()).at(0), "broken", now(), now()));
    const JobId id = queue().list(kShop, JobState::Dead, 10)->at(0).id;
    const ShopId other = store_->create_shop("Autre").value();
    EXPECT_THAT(queue().list(other, JobState::Dead, 10).value(), IsEmpty());
    EXPECT_THAT(queue().count(other).value(), IsEmpty());
    EXPECT_EQ(queue().retry(other, id, now()).error().code, ErrorCode::NotFound);
    EXPECT_EQ(queue().drop(other, id).error().code, ErrorCode::NotFound);
    EXPECT_EQ(queue().forget_done(other, now()).value(), 0);
    EXPECT_EQ(count(JobState::Dead), 1);
}

TEST_P(JobQueueContract, NoMoreOfAKindAtOnceThanAllowed) {
    for (const char* key : {"a", "b", "c", "d"}) put(key);
    EXPECT_THAT(lease(want(9, 3)), SizeIs(3));
    EXPECT_THAT(lease(want(9, 3)), IsEmpty());
    pass(61);  // all three ran out
    const auto again = lease(want(9, 3));
    ASSERT_THAT(again, SizeIs(3));
    ASSERT_TRUE(queue().complete(again[0], now()));
    EXPECT_THAT(lease(want(9, 3)), SizeIs(1));
}

TEST_P(JobQueueContract, TwoWorkersNeverHaveTheSameJob) {
    auto second = another();
    if (!second) GTEST_SKIP() << "a memory has one connection";
    for (int i = 0; i < 20; ++i) put("job " + std::to_string(i));
    std::set<std::string> seen;
    for (int i = 0; i < 10; ++i) {
        for (Store* store : {store_.get(), second.get()}) {
            for (const auto& job : store->jobs().lease(want(), now()).value())
                EXPECT_TRUE(seen.insert(job.key).second) << job.key;
        }
    }
    EXPECT_THAT(seen, SizeIs(20));
}

// On PostgreSQL a worker passes over what another one is about to take.
TEST_P(JobQueueContract, ALeaseUnderWayHoldsNobodyUp) {
    if (!is_postgres()) GTEST_SKIP() << "SQLite has one writer at a time";
    auto second = another();
    put("a");
    put("b");
    auto transaction = store_->begin().value();
    EXPECT_THAT(keys(lease(want())), ElementsAre("a"));
    EXPECT_THAT(keys(second->jobs().lease(want(), now()).value()), ElementsAre("b"));
    ASSERT_TRUE(transaction->commit());
}

TEST_P(JobQueueContract, AFailureInBetweenLeavesNothingHalf) {
    for (const char* key : {"a", "b", "c"}) put(key);
    for (int failures = 0; failures < 3; ++failures) {
        fail_after_ = failures;
        EXPECT_FALSE(queue().lease(want(3), now())) << failures;
        fail_after_.reset();
        EXPECT_EQ(count(JobState::Waiting), 3) << failures;
    }
    EXPECT_THAT(lease(want(3)), SizeIs(3));
}

VERSO_ON_EVERY_STORE(JobQueueContract);

}  // namespace
}  // namespace verso::records::testing
