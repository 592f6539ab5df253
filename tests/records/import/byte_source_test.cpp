// SPDX-License-Identifier: Apache-2.0
#include "records/import/byte_source.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

namespace verso::records {
namespace {

namespace fs = std::filesystem;

class FileSources : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string name = ::testing::TempDir() + "verso-source-XXXXXX";
        folder_ = ::mkdtemp(name.data());
    }
    void TearDown() override { fs::remove_all(folder_); }
    static std::string all(ByteSource& source) {
        std::string text(100, '\0');
        text.resize(read_fully(source, text).value());
        return text;
    }
    fs::path folder_;
};

TEST_F(FileSources, AFileIsReadAsOftenAsWanted) {
    std::ofstream(folder_ / "a.csv") << "order,total";
    const auto source = file_source(folder_ / "a.csv").value();
    EXPECT_EQ(all(*source), "order,total");
    EXPECT_EQ(all(*source), "");
    ASSERT_TRUE(source->rewind());
    EXPECT_EQ(all(*source), "order,total");
    EXPECT_TRUE(source->unchanged());
    std::ofstream(folder_ / "a.csv", std::ios::app) << "\n1,2";
    EXPECT_FALSE(source->unchanged());
}

TEST_F(FileSources, APipeIsReadAsOftenAsWanted) {
    const fs::path pipe = folder_ / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::thread writer([&] { std::ofstream(pipe) << "order,total"; });
    const auto source = file_source(pipe);
    writer.join();
    ASSERT_TRUE(source);
    EXPECT_EQ(all(**source), "order,total");
    ASSERT_TRUE((*source)->rewind());
    EXPECT_EQ(all(**source), "order,total");
}

TEST_F(FileSources, WhatIsNoFileIsTold) {
    EXPECT_EQ(file_source(folder_ / "none").error().code, ErrorCode::NotFound);
    EXPECT_EQ(file_source(folder_).error().code, ErrorCode::FileUnreadable);
}

}  // namespace
}  // namespace verso::records
