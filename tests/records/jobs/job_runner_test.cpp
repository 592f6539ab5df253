// SPDX-License-Identifier: Apache-2.0
// A queue that keeps nothing and writes down what it was told.
#include "records/jobs/job_runner.h"

#include <gmock/gmock.h>

#include <stdexcept>

namespace verso::records {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ToldQueue final : public JobQueue {
  public:
    bool lease_lost = false, broken = false;
    std::vector<std::string> told;
    std::optional<Instant> again;

    Result<void> complete(const LeasedJob&, Instant) override {
        if (lease_lost) return lost();
        told.emplace_back("complete");
        return {};
    }
    Result<JobState> fail(const LeasedJob& job, const std::string& error, std::optional<Instant> at,
                          Instant) override {
        if (broken) return Error{ErrorCode::DatabaseFailed, "no disk", "", ""};
        if (lease_lost) return lost();
        told.push_back("fail: " + error);
        again = at;
        return at && job.attempts < job.max_attempts ? JobState::Waiting : JobState::Dead;
    }
    Result<bool> renew(const LeasedJob&, std::chrono::seconds, Instant) override { return true; }
    Result<bool> enqueue(ShopId, const NewJob&, Instant) override { return false; }
    Result<std::vector<LeasedJob>> lease(const LeaseRequest&, Instant) override {
        return std::vector<LeasedJob>{};
    }
    Result<std::vector<JobRecord>> list(ShopId, JobState, int) override {
        return std::vector<JobRecord>{};
    }
    Result<std::vector<JobCount>> count(ShopId) override { return std::vector<JobCount>{}; }
    Result<void> retry(ShopId, JobId, Instant) override { return {}; }
    Result<void> drop(ShopId, JobId) override { return {}; }
    Result<long long> forget_done(ShopId, Instant) override { return 0LL; }

  private:
    static Error lost() { return {ErrorCode::NotAllowed, "the lease was lost", "", ""}; }
};

class FixedClock final : public Clock {
  public:
    Instant now() const override { return Instant{std::chrono::seconds{1000}}; }
};

class JobRunnerTest : public ::testing::Test {
  protected:
    Result<JobRun> run(const JobHandler& handler, LeaseGuard* guard = nullptr) {
        return run_job(queue_, job_, handler, clock_, random_, guard);
    }
    ToldQueue queue_;
    LeasedJob job_{JobId{1}, ShopId{1}, "scan", "a.tif", "{}", 1, 3, 7, Instant{}};
    FixedClock clock_;
    SeededRandom random_{1};
};

TEST_F(JobRunnerTest, AJobThatGoesWellIsDone) {
    EXPECT_EQ(run([](auto&, auto&) { return Result<void>{}; })->outcome, JobOutcome::Done);
    EXPECT_THAT(queue_.told, ElementsAre("complete"));
}

TEST_F(JobRunnerTest, AHandlerThatCompletedIsNotCompletedAgain) {
    const auto ran = run([](auto&, auto& complete) { return complete(); });
    EXPECT_EQ(ran->outcome, JobOutcome::Done);
    EXPECT_THAT(queue_.told, ElementsAre("complete"));
}

TEST_F(JobRunnerTest, WhatMayEndBetterWaits) {
    const auto ran = run([](auto&, auto&) -> Result<void> {
        return Error{ErrorCode::FileUnwritable, "no room", "spool", ""};
    });
    EXPECT_EQ(ran->outcome, JobOutcome::Retried);
    EXPECT_THAT(ran->error, HasSubstr("no room"));
    ASSERT_TRUE(queue_.again);
    EXPECT_GE(*queue_.again, clock_.now() + std::chrono::seconds{15});
    EXPECT_LE(*queue_.again, clock_.now() + std::chrono::seconds{30});
}

TEST_F(JobRunnerTest, WhatCannotEndBetterGoesToAPersonAtOnce) {
    const auto ran = run([](auto&, auto&) -> Result<void> {
        return Error{ErrorCode::FormatInvalid, "no picture", "a.tif", ""};
    });
    EXPECT_EQ(ran->outcome, JobOutcome::Dead);
    EXPECT_FALSE(queue_.again);
}

TEST_F(JobRunnerTest, AnExceptionIsAFailureOfTheJobAlone) {
    const auto ran =
        run([](auto&, auto&) -> Result<void> { throw std::runtime_error("out of range"); });
    EXPECT_EQ(ran->outcome, JobOutcome::Retried);
    EXPECT_THAT(ran->error, HasSubstr("out of range"));
}

TEST_F(JobRunnerTest, WhoLostTheLeaseKeepsNothing) {
    queue_.lease_lost = true;
    EXPECT_EQ(run([](auto&, auto& complete) { return complete(); })->outcome, JobOutcome::Lost);
    EXPECT_EQ(run([](auto&, auto&) { return Result<void>{}; })->outcome, JobOutcome::Lost);
    const auto failed = run([](auto&, auto&) -> Result<void> {
        return Error{ErrorCode::Internal, "x", "", ""};
    });
    EXPECT_EQ(failed->outcome, JobOutcome::Lost);
    EXPECT_TRUE(queue_.told.empty());
}

// The transaction with the effect failed after the job was completed in it: both are gone.
TEST_F(JobRunnerTest, AnEffectThatWasNotKeptIsAFailure) {
    const auto ran = run([](auto&, auto& complete) -> Result<void> {
        if (auto done = complete(); !done) return done;
        return Error{ErrorCode::DatabaseFailed, "commit refused", "", ""};
    });
    EXPECT_EQ(ran->outcome, JobOutcome::Retried);
}

TEST_F(JobRunnerTest, ADatabaseThatIsAwayIsSaid) {
    queue_.broken = true;
    const auto ran = run([](auto&, auto&) -> Result<void> {
        return Error{ErrorCode::Internal, "x", "", ""};
    });
    ASSERT_FALSE(ran);
    EXPECT_EQ(ran.error().code, ErrorCode::DatabaseFailed);
}

TEST_F(JobRunnerTest, TheGuardKnowsWhenTheHandlerRuns) {
    class Guard final : public LeaseGuard {
      public:
        void begin(const LeasedJob& job) override { key = job.key; }
        void end() override { key.clear(); }
        std::string key;
    } guard;
    std::string during;
    (void)run(
        [&](auto&, auto&) {
            during = guard.key;
            return Result<void>{};
        },
        &guard);
    EXPECT_EQ(during, "a.tif");
    EXPECT_EQ(guard.key, "");
}

TEST(NewJobs, MustBeMeantAsJobs) {
    EXPECT_TRUE(check_job({"scan", "k", "{}", {}, 1}));
    for (const NewJob& bad :
         {NewJob{"", "k"}, NewJob{"Scan", "k"}, NewJob{"a b", "k"},
          NewJob{std::string(33, 'a'), "k"}, NewJob{"scan", ""},
          NewJob{"scan", std::string(201, 'k')}, NewJob{"scan", "k", std::string(70'000, ' ')},
          NewJob{"scan", "k", "{}", {}, 0}}) {
        EXPECT_EQ(check_job(bad).error().code, ErrorCode::ValueInvalid);
    }
    EXPECT_EQ(parse_job_state("dead").value(), JobState::Dead);
    EXPECT_FALSE(parse_job_state("alive"));
}

}  // namespace
}  // namespace verso::records
