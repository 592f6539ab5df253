// SPDX-License-Identifier: Apache-2.0
// Real programs, most of them one line of sh.
#include "printer/command/command_device.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/support/shared_notes.h"

namespace verso::printer {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using Kind = Outcome::Kind;

class CommandDeviceTest : public testing::Test {
  protected:
    CommandDeviceTest() {
        std::string name = (fs::temp_directory_path() / "verso_command_XXXXXX").string();
        root_ = ::mkdtemp(name.data());
        std::ofstream(root_ / "label.zpl") << "^XA^FDone^FS^XZ";
    }
    ~CommandDeviceTest() override { fs::remove_all(root_); }

    std::unique_ptr<Device> device(const std::string& line) const {
        DeviceUri uri;
        uri.kind = DeviceKind::Command;
        uri.target = line;
        return make_command_device(uri, options_);
    }
    // A shell that does `script` with $OUT as a file of ours.
    std::string shell(const std::string& script) const {
        return "sh -c 'OUT=" + (root_ / "out").string() + "; " + script + "'";
    }
    Outcome run(const std::string& line, SharedNotes& notes) const {
        Document document;
        document.file = root_ / "label.zpl";
        document.paper.format = DocumentFormat::Zpl;
        document.name = "verso-7-1";
        document.pages = 1;
        document.tray = "tray-2";
        return device(line)->hand_over(document, notes.known(), notes);
    }
    Outcome run(const std::string& line) const {
        SharedNotes notes;
        return run(line, notes);
    }
    std::string out() const {
        std::ifstream in(root_ / "out");
        return {std::istreambuf_iterator<char>(in), {}};
    }

    fs::path root_;
    DeviceOptions options_;
};

TEST(CommandWords, AreSplitAsAShellDoes) {
    EXPECT_THAT(*command_words("lpr -P  zebra"), ElementsAre("lpr", "-P", "zebra"));
    EXPECT_THAT(*command_words("/opt/my\\ tool 'a b' \"c \\\"d\\\" $e\" f'g'h ''"),
                ElementsAre("/opt/my tool", "a b", "c \"d\" $e", "fgh", ""));
    EXPECT_THAT(*command_words("a; rm *"), ElementsAre("a;", "rm", "*"));
    for (const char* bad : {"", "   ", "a 'b", "a \"b", "a \\", "''"})
        EXPECT_FALSE(command_words(bad)) << bad;
}

TEST_F(CommandDeviceTest, ProgramGetsTheDocumentAndWhatItIs) {
    EXPECT_EQ(
        run(shell("cat >$OUT; echo $VERSO_JOB $VERSO_FORMAT $VERSO_PAGES $VERSO_TRAY >>$OUT")).kind,
        Kind::Done);
    EXPECT_EQ(out(), "^XA^FDone^FS^XZverso-7-1 zpl 1 tray-2\n");
}

TEST_F(CommandDeviceTest, NoDescriptorOfOursIsInherited) {
    const int ours = ::open((root_ / "label.zpl").c_str(), 0);
    EXPECT_EQ(run(shell("ls /proc/self/fd | tr -d \"\\n\" >$OUT")).kind, Kind::Done);
    ::close(ours);
    EXPECT_THAT(out(), testing::AnyOf("0123", "012"));  // the last one is ls's own
}

TEST_F(CommandDeviceTest, EndsAreToldApart) {
    SharedNotes waits;
    const Outcome later = run(shell("echo no paper >&2; echo more >&2; exit 75"), waits);
    EXPECT_EQ(later.kind, Kind::Waiting);
    EXPECT_THAT(later.reason.message, HasSubstr("it says: no paper"));
    EXPECT_THAT(later.reason.message, testing::Not(HasSubstr("more")));
    EXPECT_EQ(waits.known().step, HandOver::Step::Waiting);  // so that another attempt may begin
    EXPECT_EQ(run(shell("exit 0"), waits).kind, Kind::Done);

    EXPECT_EQ(run(shell("exit 65")).kind, Kind::Failed);
    EXPECT_EQ(run(shell("exit 1")).kind, Kind::Unknown);
    EXPECT_EQ(run(shell("kill -9 $$")).kind, Kind::Unknown);
    EXPECT_THAT(run(shell("printf \"a\\033[2Jb\" >&2; exit 3")).reason.message,
                HasSubstr("ended with 3; it says: a [2Jb"));
}

TEST_F(CommandDeviceTest, CannotStartIsFailedBeforeAnythingIsKept) {
    SharedNotes notes;
    for (const char* line : {"/nowhere/printer", "no-such-program-here", "/etc/passwd", "/tmp"}) {
        const Outcome outcome = run(line, notes);
        EXPECT_EQ(outcome.kind, Kind::Failed) << line;
        EXPECT_EQ(outcome.reason.code, ErrorCode::DependencyMissing) << line;
        EXPECT_FALSE(outcome.reason.cure.empty());
        EXPECT_FALSE(device(line)->state());
    }
    EXPECT_EQ(run("sh 'open", notes).kind, Kind::Failed);
    EXPECT_EQ(notes.keeps(), 0);
    // Found, but nothing that the machine can run: seen only when it is started.
    std::ofstream(root_ / "broken") << "\x7F"
                                       "ELF nonsense";
    fs::permissions(root_ / "broken", fs::perms::owner_all);
    EXPECT_EQ(run((root_ / "broken").string()).kind, Kind::Failed);
    EXPECT_TRUE(device("sh")->state()->is_ready);
}

TEST_F(CommandDeviceTest, TimeLimitKillsTheWholeGroup) {
    options_.print_timeout = milliseconds(100);
    const Outcome outcome =
        run(shell("trap : TERM; sleep 60 & echo $! >$OUT; wait; wait; echo x >>$OUT"));
    EXPECT_EQ(outcome.kind, Kind::Unknown);
    EXPECT_THAT(outcome.reason.message, HasSubstr("longer"));
    const pid_t grandchild = std::stoi(out());
    bool gone = false;
    for (int i = 0; i < 100 && !gone; ++i) {
        std::ifstream stat("/proc/" + std::to_string(grandchild) + "/stat");
        std::string words;
        std::getline(stat, words);
        gone = words.empty() || words.find(") Z") != std::string::npos;
        if (!gone) std::this_thread::sleep_for(milliseconds(10));
    }
    EXPECT_TRUE(gone);
}

TEST_F(CommandDeviceTest, GrandchildThatKeepsThePipeHoldsNobodyUp) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(run(shell("sleep 5 & echo $! >$OUT; exit 0")).kind, Kind::Done);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3));
    ::kill(std::stoi(out()), SIGKILL);
}

TEST_F(CommandDeviceTest, MuchStandardErrorDoesNotBlock) {
    const Outcome outcome = run(shell("head -c 300000 /dev/zero >&2; exit 9"));
    EXPECT_EQ(outcome.kind, Kind::Unknown);
    EXPECT_LT(outcome.reason.message.size(), 400U);
}

TEST_F(CommandDeviceTest, CrashInBetweenIsUnknown) {
    int steps = 0;
    for (int die_at = 0;; ++die_at) {
        fs::remove(root_ / "out");
        SharedNotes notes;
        const std::string line = shell("cat >>$OUT");
        const pid_t child = ::fork();
        if (child == 0) {
            notes.die_at = die_at;
            ::_exit(run(line, notes).kind == Kind::Done ? 0 : 1);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        if (WEXITSTATUS(status) == 0) break;
        ASSERT_EQ(WEXITSTATUS(status), SharedNotes::kDied);
        ++steps;
        const Kind kind = run(line, notes).kind;
        EXPECT_EQ(kind, notes.steps.empty() ? Kind::Unknown : Kind::Done) << die_at;
        // A program that outlived its starter may still be at it.
        for (int i = 0; i < 50 && kind == Kind::Unknown && out().empty(); ++i)
            std::this_thread::sleep_for(milliseconds(1));
        EXPECT_LE(out().size(), 15U) << "printed twice";
    }
    EXPECT_GE(steps, 4);
}

TEST_F(CommandDeviceTest, StopWaitsALittleAndLeavesTheProgramAlone) {
    options_.answer_timeout = milliseconds(400);
    SharedNotes notes;
    bool started = false;
    notes.on_step = [&](std::string_view step) { started = started || step == "started"; };
    notes.stop = [&] { return started; };
    EXPECT_EQ(run(shell("sleep 0.02"), notes).kind, Kind::Done);
    SharedNotes slow;
    started = false;
    slow.on_step = notes.on_step;
    slow.stop = notes.stop;
    EXPECT_EQ(run(shell("sleep 0.9; echo late >$OUT"), slow).kind, Kind::Stopped);
    EXPECT_EQ(slow.known().step, HandOver::Step::Sending);
    for (int i = 0; i < 200 && out().empty(); ++i) std::this_thread::sleep_for(milliseconds(5));
    EXPECT_EQ(out(), "late\n");
    EXPECT_EQ(run("true", slow).kind, Kind::Unknown);
}

}  // namespace
}  // namespace verso::printer
