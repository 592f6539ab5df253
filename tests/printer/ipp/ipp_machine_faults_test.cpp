// SPDX-License-Identifier: Apache-2.0
// Printers of every honesty, and at each step any fault: the process ends, the connection breaks
// before or after the printer did what was asked, the printer is switched off and on. What ends as
// Done is on paper once, what ends as Failed is not, and nothing is there twice.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "sim_printer.h"

namespace verso::printer::tests {
namespace {

using Kind = IppAction::Kind;
using End = Outcome::Kind;

class Faults {
  public:
    explicit Faults(std::uint32_t seed) : random_(seed), talk_(printer_) {
        printer_.tells_documents = flip();
        printer_.tells_kilobytes = flip();
        printer_.tells_stamps = flip();
        printer_.tells_names = chance(90);
        printer_.counts = flip();
        printer_.lists = chance(80);
        printer_.keeps_jobs = flip();
        printer_.forgets = chance(15);
        printer_.ticks_to_print = 1 + static_cast<int>(random_() % 5);
        talk_.document.pages = chance(80) ? 2 : 0;
        talk_.options.print_timeout = std::chrono::seconds(20);
        fault_percent_ = static_cast<int>(random_() % 30);
    }

    /// Hands over until a person would be asked or it is settled.
    Outcome run() {
        for (int lives = 0; lives < 200; ++lives) {
            const auto ended = live();
            if (ended && ended->kind != End::Waiting && ended->kind != End::Stopped) return *ended;
            if (lives > 100) fault_percent_ = 0;
        }
        throw std::logic_error("it never ends");
    }
    int copies() { return printer_.on_paper[talk_.document.name]; }
    SimPrinter& printer() { return printer_; }

  private:
    bool chance(int percent) { return static_cast<int>(random_() % 100) < percent; }
    bool flip() { return chance(50); }

    /// One process: ends by itself, or is killed (nothing).
    std::optional<Outcome> live() {
        if (flip()) talk_.memory = {};
        talk_.begin();
        for (int steps = 0; talk_.standing().kind != Kind::End; ++steps) {
            if (steps > 20000) throw std::logic_error("one life never ends");
            if (!chance(fault_percent_)) {
                talk_.step();
                continue;
            }
            if (chance(20)) return std::nullopt;
            if (chance(20) && talk_.machine().can_stop()) return Outcome{End::Stopped, {}, 0, 0};
            fault();
        }
        return talk_.standing().outcome;
    }

    void fault() {
        const auto& action = talk_.standing();
        const int id = action.job;
        const auto restart = [&] {
            if (chance(20)) printer_.restart(talk_.now.seconds);
        };
        switch (action.kind) {
            case Kind::Connect:
                restart();
                talk_.unreachable();
                break;
            case Kind::Keep:
                if (flip()) talk_.kept = action.keep;  // kept, and the word of it was lost
                talk_.keep_failed();
                break;
            case Kind::Wait:
                if (flip()) printer_.tick();
                if (chance(20)) printer_.jam();
                restart();
                talk_.step();
                break;
            case Kind::SendDocument:
                send(id);
                break;
            default:
                if (flip()) printer_.answer(action, talk_.document.name, talk_.now.seconds);
                restart();
                talk_.lose();
        }
    }

    void send(int id) {
        const auto part = random_() % 4;
        if (part == 0) return void(talk_.lose(Arrived::No));
        if (part == 1) {
            if (flip()) printer_.break_off(id);  // or it waits on
            return void(talk_.lose(Arrived::Partly));
        }
        printer_.arrive(id, talk_.document.name);
        if (part == 2) printer_.tick();
        if (chance(30)) printer_.restart(talk_.now.seconds);
        talk_.lose(Arrived::Maybe);
    }

    std::mt19937 random_;
    SimPrinter printer_;
    Talk talk_;
    int fault_percent_ = 0;
};

TEST(IppMachineFaults, NothingTwiceAndNothingLostInSilence) {
    constexpr std::uint32_t kFirst = 7000, kRuns = 1000;
    int done = 0, unknown = 0, failed = 0;
    for (std::uint32_t seed = kFirst; seed < kFirst + kRuns; ++seed) {
        Faults faults(seed);
        const auto outcome = faults.run();
        const auto text = fmt::format("seed {}: {}", seed, outcome.reason.text());
        EXPECT_LE(faults.copies(), 1) << text;
        if (outcome.kind == End::Done) {
            EXPECT_EQ(faults.copies(), 1) << text;
        } else if (outcome.kind == End::Failed &&
                   outcome.reason.text().find("it says that") == std::string::npos) {
            EXPECT_EQ(faults.copies(), 0) << text;
        }
        done += outcome.kind == End::Done ? 1 : 0;
        unknown += outcome.kind == End::Unknown ? 1 : 0;
        failed += outcome.kind == End::Failed ? 1 : 0;
    }
    RecordProperty("done", done);
    RecordProperty("unknown", unknown);
    RecordProperty("failed", failed);
    std::printf("%d done, %d unknown, %d failed\n", done, unknown, failed);
    EXPECT_GT(done, static_cast<int>(kRuns) / 2);
}

}  // namespace
}  // namespace verso::printer::tests
