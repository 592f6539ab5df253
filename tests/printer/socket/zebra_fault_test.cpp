// SPDX-License-Identifier: Apache-2.0
// Many faults: the connection cut at each byte, our process ended at each step, both at once with
// whatever else can go wrong. A person's word settles what is unknown: the test looks at the paper.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <random>

#include "label_file.h"
#include "tests/support/fake_zebra.h"
#include "tests/support/shared_notes.h"

namespace verso::printer {
namespace {

using std::chrono::milliseconds;
using Kind = Outcome::Kind;

/// Hands a document over as often as it takes.
class Persistence {
  public:
    Persistence(FakeZebra& printer, const LabelFile& file, int labels, DeviceOptions options)
        : printer_(printer), file_(file), labels_(labels), options_(options) {}

    // One attempt in a child that ends at its step; whether it died there.
    bool die_at(int step) {
        const pid_t child = ::fork();
        if (child == 0) {
            ::close_range(3, ~0U, 0);  // else it would hold the printer's end of the connections
            notes_.die_at = step;
            attempt();
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WEXITSTATUS(status) == SharedNotes::kDied;
    }

    Outcome attempt() {
        return device_at(printer_.port(), options_)
            ->hand_over(file_.document(), notes_.known(), notes_);
    }

    // Until it is done. False when it never is.
    bool finish() {
        for (int i = 0; i < 50; ++i) {
            const Outcome outcome = attempt();
            if (outcome.kind == Kind::Done) return true;
            if (outcome.kind == Kind::Failed) return false;
            if (outcome.kind == Kind::Unknown) say(outcome);
            std::this_thread::sleep_for(milliseconds(5));
        }
        return false;
    }

    int unknown() const { return unknown_; }

  private:
    // What a person does: looks which of the labels are there, and says so.
    void say(const Outcome& outcome) {
        HandOver known = notes_.known();
        EXPECT_EQ(outcome.first_unknown, known.printed + 1);
        EXPECT_EQ(outcome.last_unknown, known.sent);
        EXPECT_LE(outcome.last_unknown - outcome.first_unknown + 1, options_.labels_ahead);
        unknown_ += outcome.last_unknown - outcome.first_unknown + 1;
        const auto there = printer_.copies();
        int last = known.printed;
        while (last < labels_ && there.contains(std::to_string(last + 1))) ++last;
        known.printed = known.sent = last;
        ASSERT_TRUE(notes_.keep(known));
    }

    FakeZebra& printer_;
    const LabelFile& file_;
    int labels_;
    DeviceOptions options_;
    SharedNotes notes_;
    int unknown_ = 0;
};

void expect_each_once(const FakeZebra& printer, int labels, const std::string& what) {
    const auto copies = printer.copies();
    for (int label = 1; label <= labels; ++label) {
        const auto found = copies.find(std::to_string(label));
        EXPECT_EQ(found == copies.end() ? 0 : found->second, 1) << what << ", label " << label;
    }
    EXPECT_EQ(std::ssize(printer.printed()), labels) << what;
}

DeviceOptions quickest() {
    DeviceOptions out = quick_options();
    out.poll = milliseconds(4);
    out.answer_timeout = milliseconds(150);
    return out;
}

class ZebraFaults : public testing::TestWithParam<bool> {};

TEST_P(ZebraFaults, CutAtEachByteLosesAndDoublesNothing) {
    const LabelFile file(3, 5);
    const int size = static_cast<int>(std::filesystem::file_size(file.document().file)) + 140;
    int unknown = 0;
    for (int cut = 1; cut < size; cut += 5) {
        ZebraHabits habits;
        habits.has_counter = GetParam();
        habits.reset_after_bytes = cut;
        FakeZebra printer(habits);
        Persistence persistence(printer, file, 3, quickest());
        EXPECT_TRUE(persistence.finish()) << cut;
        expect_each_once(printer, 3, "cut at " + std::to_string(cut));
        unknown += persistence.unknown();
    }
    // With a counter nobody needs to look; without one somebody has to.
    EXPECT_EQ(unknown > 0, !GetParam());
}

TEST_P(ZebraFaults, EndAtEachStepLosesAndDoublesNothing) {
    // Labels of several pieces: some steps lie in the middle of one.
    const LabelFile file(3, 40000);
    int steps = 0, unknown = 0;
    for (;; ++steps) {
        ZebraHabits habits;
        habits.has_counter = GetParam();
        FakeZebra printer(habits);
        Persistence persistence(printer, file, 3, quickest());
        const bool died = persistence.die_at(steps);
        if (!died) break;
        EXPECT_TRUE(persistence.finish()) << steps;
        expect_each_once(printer, 3, "ended at step " + std::to_string(steps));
        unknown += persistence.unknown();
    }
    EXPECT_GE(steps, 12);
    EXPECT_EQ(unknown > 0, !GetParam());
}

TEST_P(ZebraFaults, AnythingAtAnyTimeLosesAndDoublesNothing) {
    constexpr unsigned kSeed = 20261123;
    SCOPED_TRACE(kSeed);
    std::mt19937 random(kSeed + (GetParam() ? 1 : 0));
    const auto below = [&](int most) {
        return static_cast<int>(random() % static_cast<unsigned>(most));
    };
    const auto sometimes = [&](int most) { return below(4) == 0 ? below(most) : -1; };
    for (int round = 0; round < 50; ++round) {
        const int labels = 2 + below(6);
        const LabelFile file(labels, below(3000));
        ZebraHabits habits;
        habits.has_counter = GetParam();
        habits.per_label = milliseconds(below(4));
        habits.buffer_labels = 2 + below(3);
        habits.connections = 1 + below(2);
        habits.slow_bytes = below(5) == 0 ? 500 + below(2000) : 0;
        habits.paper_out_after = sometimes(labels);
        habits.head_open_after = sometimes(labels);
        habits.pause_after = sometimes(labels);
        habits.counts_spoiled = below(2) == 0;
        habits.repaired_after = milliseconds(below(40));
        habits.reset_after_bytes = sometimes(4000);
        habits.close_after = sometimes(labels);
        habits.power_cut_after = sometimes(labels);
        habits.counter_survives = below(2) == 0;
        habits.off_for = milliseconds(below(40));
        if (below(4) == 0) habits.answer = ZebraHabits::Answer::Pieces;
        // A label that was spoiled, and printed again, while nobody listened hides one that was
        // lost: the one thing that a counter of such a printer cannot tell.
        const bool may_hide = habits.counts_spoiled && habits.has_counter &&
                              (habits.paper_out_after >= 0 || habits.head_open_after >= 0);
        FakeZebra printer(habits);
        DeviceOptions options = quickest();
        options.labels_ahead = 1 + below(3);
        Persistence persistence(printer, file, labels, options);
        const int deaths = may_hide ? 0 : below(3);
        for (int death = 0; death < deaths; ++death) persistence.die_at(below(20));
        EXPECT_TRUE(persistence.finish()) << "round " << round;
        expect_each_once(printer, labels, "round " + std::to_string(round));
    }
}

INSTANTIATE_TEST_SUITE_P(Printers, ZebraFaults, testing::Bool(), [](const auto& with) {
    return with.param ? "WithCounter" : "WithoutCounter";
});

}  // namespace
}  // namespace verso::printer
