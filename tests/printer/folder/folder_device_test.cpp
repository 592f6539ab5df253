// SPDX-License-Identifier: Apache-2.0
// Documents into a real folder; a forked child ends at each of its steps in turn and another goes
// on from what was kept.
#include "printer/folder/folder_device.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "tests/support/shared_notes.h"

namespace verso::printer {
namespace {

namespace fs = std::filesystem;
using Kind = Outcome::Kind;
using Step = HandOver::Step;

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
void write_file(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

HandOver sending() {
    HandOver out;
    out.step = Step::Sending;
    return out;
}

class FolderDeviceTest : public testing::Test {
  protected:
    FolderDeviceTest() {
        std::string name = (fs::temp_directory_path() / "verso_folder_XXXXXX").string();
        root_ = ::mkdtemp(name.data());
        folder_ = root_ / "out";
        fs::create_directory(folder_);
        write_file(root_ / "wave.pdf", text_);
    }
    ~FolderDeviceTest() override { fs::remove_all(root_); }

    std::unique_ptr<Device> device(DeviceOptions options = {}) const {
        DeviceUri uri;
        uri.kind = DeviceKind::Folder;
        uri.target = folder_.string();
        return make_folder_device(uri, options);
    }
    Document document(const std::string& name = "verso-1-1") const {
        Document out;
        out.file = root_ / "wave.pdf";
        out.name = name;
        out.pages = 3;
        return out;
    }
    Outcome hand_over(SharedNotes& notes) const {
        return device()->hand_over(document(), notes.known(), notes);
    }
    std::set<std::string> names() const {
        std::set<std::string> out;
        for (const auto& entry : fs::directory_iterator(folder_))
            out.insert(entry.path().filename().string());
        return out;
    }

    fs::path root_, folder_;
    std::string text_ = "%PDF-1.4 " + std::string(200000, 'x');
};

TEST_F(FolderDeviceTest, DocumentAppearsWholeUnderItsName) {
    SharedNotes notes;
    EXPECT_EQ(hand_over(notes).kind, Kind::Done);
    EXPECT_EQ(names(), std::set<std::string>{"verso-1-1.pdf"});
    EXPECT_EQ(read_file(folder_ / "verso-1-1.pdf"), text_);
    EXPECT_EQ(notes.known().step, Step::Printing);
}

TEST_F(FolderDeviceTest, NamesCannotLeaveTheFolder) {
    SharedNotes notes;
    const Document odd = document("../up/./x y");
    EXPECT_EQ(device()->hand_over(odd, {}, notes).kind, Kind::Done);
    EXPECT_EQ(names(), std::set<std::string>{"%2E.%2Fup%2F.%2Fx%20y.pdf"});
}

TEST_F(FolderDeviceTest, GoesOnExactlyAfterACrashAtEachStep) {
    int steps = 0;
    for (int die_at = 0;; ++die_at) {
        for (const auto& name : names()) fs::remove(folder_ / name);
        SharedNotes notes;
        const pid_t child = ::fork();
        if (child == 0) {
            notes.die_at = die_at;
            hand_over(notes);
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        if (WEXITSTATUS(status) == 0) break;
        ++steps;
        // Whoever empties the folder takes the document as soon as it has its name.
        int arrived = 0;
        for (const bool again : {false, true}) {
            if (fs::remove(folder_ / "verso-1-1.pdf")) ++arrived;
            if (again) break;
            EXPECT_EQ(hand_over(notes).kind, Kind::Done) << die_at;
        }
        EXPECT_EQ(arrived, 1) << "died at step " << die_at;
        EXPECT_TRUE(names().empty()) << die_at;
    }
    EXPECT_GE(steps, 10);
}

TEST_F(FolderDeviceTest, WritesOverNothing) {
    write_file(folder_ / "verso-1-1.pdf", "somebody's");
    SharedNotes notes;
    const Outcome outcome = hand_over(notes);
    EXPECT_EQ(outcome.kind, Kind::Failed);
    EXPECT_EQ(outcome.reason.code, ErrorCode::AlreadyExists);
    EXPECT_EQ(read_file(folder_ / "verso-1-1.pdf"), "somebody's");
    EXPECT_EQ(notes.keeps(), 0);

    // It came there after our crash, so that ours still waits under its hidden name.
    SharedNotes later;
    ASSERT_TRUE(later.keep(sending()));
    write_file(folder_ / ".verso-1-1.pdf.part", text_);
    EXPECT_EQ(hand_over(later).kind, Kind::Failed);
    EXPECT_EQ(names(), std::set<std::string>{"verso-1-1.pdf"});
    EXPECT_EQ(read_file(folder_ / "verso-1-1.pdf"), "somebody's");
}

TEST_F(FolderDeviceTest, CrashBetweenLinkAndUnlinkIsDone) {
    SharedNotes notes;
    ASSERT_TRUE(notes.keep(sending()));
    write_file(folder_ / "verso-1-1.pdf", text_);
    fs::create_hard_link(folder_ / "verso-1-1.pdf", folder_ / ".verso-1-1.pdf.part");
    EXPECT_EQ(hand_over(notes).kind, Kind::Done);
    EXPECT_EQ(names(), std::set<std::string>{"verso-1-1.pdf"});
}

TEST_F(FolderDeviceTest, MissingFolderWaitsAndIsNotMade) {
    fs::remove(folder_);
    SharedNotes notes;
    const Outcome outcome = hand_over(notes);
    EXPECT_EQ(outcome.kind, Kind::Waiting);
    EXPECT_NE(outcome.reason.cure.find("make the folder"), std::string::npos);
    EXPECT_FALSE(fs::exists(folder_));
    EXPECT_FALSE(device()->state());
    fs::create_directory(folder_);
    EXPECT_TRUE(device()->state()->is_ready);
    EXPECT_EQ(hand_over(notes).kind, Kind::Done);
}

TEST_F(FolderDeviceTest, FileInPlaceOfTheFolderWaits) {
    fs::remove(folder_);
    write_file(folder_, "a file");
    SharedNotes notes;
    EXPECT_EQ(hand_over(notes).kind, Kind::Waiting);
}

TEST_F(FolderDeviceTest, AnotherDiskInItsPlaceIsUnknown) {
    SharedNotes notes;
    notes.on_step = [&](std::string_view step) {
        if (step == "renamed") notes.refuse_keep = true;
    };
    EXPECT_EQ(hand_over(notes).kind, Kind::Stopped);
    notes.refuse_keep = false;
    notes.on_step = nullptr;
    fs::rename(folder_, root_ / "disk");
    fs::create_directory(folder_);
    EXPECT_EQ(hand_over(notes).kind, Kind::Unknown);
    fs::remove(folder_);
    fs::rename(root_ / "disk", folder_);
    EXPECT_EQ(hand_over(notes).kind, Kind::Done);
}

TEST_F(FolderDeviceTest, LostLeaseStopsBeforeAnythingAppears) {
    SharedNotes notes;
    notes.refuse_keep = true;
    EXPECT_EQ(hand_over(notes).kind, Kind::Stopped);
    EXPECT_EQ(names(), std::set<std::string>{".verso-1-1.pdf.part"});
    notes.refuse_keep = false;
    EXPECT_EQ(hand_over(notes).kind, Kind::Done);
    EXPECT_EQ(names(), std::set<std::string>{"verso-1-1.pdf"});
}

TEST_F(FolderDeviceTest, DocumentThatCannotBeHadFails) {
    SharedNotes notes;
    DeviceOptions few;
    few.most_bytes = 1000;
    EXPECT_EQ(device(few)->hand_over(document(), {}, notes).reason.code, ErrorCode::LimitExceeded);
    write_file(root_ / "wave.pdf", "");
    EXPECT_EQ(hand_over(notes).reason.code, ErrorCode::FormatInvalid);
    fs::remove(root_ / "wave.pdf");
    const Outcome gone = hand_over(notes);
    EXPECT_EQ(gone.kind, Kind::Failed);
    EXPECT_EQ(gone.reason.code, ErrorCode::FileUnreadable);
    EXPECT_TRUE(names().empty());
}

TEST_F(FolderDeviceTest, FileThatCannotBeWrittenWholeWaitsAndLeavesNothing) {
    // The same as a full disk, without one: no file may grow beyond 1000 bytes.
    SharedNotes notes;
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{1000, 1000};
        ::setrlimit(RLIMIT_FSIZE, &small);
        ::_exit(hand_over(notes).kind == Kind::Waiting ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_TRUE(names().empty());
    EXPECT_EQ(hand_over(notes).kind, Kind::Done);
}

}  // namespace
}  // namespace verso::printer
