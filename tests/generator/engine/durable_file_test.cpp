// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/durable_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>

#include "tests/generator/engine/tool.h"

namespace verso::generator {
namespace {

std::ptrdiff_t files_beside(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path();
    return std::distance(std::filesystem::directory_iterator(folder), {});
}

TEST(WriteDurably, ReplacesTheFileWhole) {
    const ScratchFile place("out", "the old and longer bytes");
    ASSERT_TRUE(write_durably(place.path(), "new"));
    EXPECT_EQ(read_file(place.path()), "new");
    EXPECT_EQ(files_beside(place.path()), 1);
}

TEST(WriteDurably, GivesTheModeOfAnyNewFile) {
    const ScratchFile place("out", "");
    ASSERT_TRUE(write_durably(place.path(), "new"));
    struct stat written {};
    ASSERT_EQ(stat(place.path().c_str(), &written), 0);
    const mode_t mask = umask(0);
    umask(mask);
    EXPECT_EQ(written.st_mode & 0777, 0666u & ~mask);
}

TEST(WriteDurably, KeepsTheOldFileWhenTheDiskIsFull) {
    const ScratchFile place("out", "old");
    // A limit on the size of files stands for the full disk: write stops half way with an error.
    const auto before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit small{1000, limit.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    const auto written = write_durably(place.path(), std::string(5000, 'x'));
    setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, before);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::FileUnwritable);
    EXPECT_EQ(written.error().where, place.path());
    EXPECT_EQ(read_file(place.path()), "old");
    EXPECT_EQ(files_beside(place.path()), 1);
}

TEST(WriteDurably, LeavesNothingWhereAFolderHasTheName) {
    const ScratchFile place("out", "");
    std::filesystem::create_directory(place.path() + ".folder");
    EXPECT_FALSE(write_durably(place.path() + ".folder", "new"));
    EXPECT_FALSE(write_durably(place.path() + ".missing/out", "new"));
    EXPECT_EQ(files_beside(place.path()), 2);
}

}  // namespace
}  // namespace verso::generator
