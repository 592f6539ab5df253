// SPDX-License-Identifier: Apache-2.0
#include "app/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/app/temp_folder.h"

namespace verso::app {
namespace {

constexpr std::uint64_t kLimit = 1000;

std::size_t files_in(const std::filesystem::path& folder) {
    const std::filesystem::directory_iterator entries(folder);
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

TEST(Files, GiveBackWhatWasWritten) {
    TempFolder folder;
    const auto file = folder.path() / "a";
    const std::string bytes("a\0b\n", 4);
    ASSERT_TRUE(write_file(file, "an older and longer text", FileMode::Shared).has_value());
    ASSERT_TRUE(write_file(file, bytes, FileMode::Shared).has_value());
    auto read = read_file(file, kLimit);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(*read, bytes);
    EXPECT_EQ(files_in(folder.path()), 1u);
}

TEST(Files, PrivateOnesAreTheOwnersAlone) {
    TempFolder folder;
    const auto file = folder.path() / "secret";
    ASSERT_TRUE(write_file(file, "x", FileMode::Private).has_value());
    struct stat facts {};
    ASSERT_EQ(::stat(file.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777u, 0600u);
}

TEST(Files, NothingIsLeftWhenItCannotBeWritten) {
    TempFolder folder;
    EXPECT_EQ(write_file(folder.path() / "gone" / "a", "x", FileMode::Shared).error().code,
              ErrorCode::FileUnwritable);
    EXPECT_EQ(files_in(folder.path()), 0u);
}

TEST(Files, SayWhyTheyCannotBeRead) {
    TempFolder folder;
    const auto file = folder.path() / "a";
    ASSERT_TRUE(write_file(file, std::string(kLimit + 1, 'x'), FileMode::Shared).has_value());
    EXPECT_EQ(read_file(file, kLimit).error().code, ErrorCode::LimitExceeded);
    EXPECT_EQ(read_file(folder.path() / "b", kLimit).error().code, ErrorCode::NotFound);
    EXPECT_EQ(read_file(folder.path(), kLimit).error().code, ErrorCode::FileUnreadable);
}

}  // namespace
}  // namespace verso::app
