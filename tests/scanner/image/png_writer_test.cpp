// SPDX-License-Identifier: Apache-2.0
// Only what the writer promises about files; that the bytes are a PNG is told by its signature.
#include "scanner/image/png_writer.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace verso::scanner {
namespace {

std::filesystem::path scratch(const std::string& name) {
    return std::filesystem::path(testing::TempDir()) / name;
}

TEST(WritePng, WritesAPngAndLeavesNothingElse) {
    const auto path = scratch("verso-writer.png");
    ASSERT_TRUE(write_png(GrayImage{3, 2, 300, {0, 50, 100, 150, 200, 255}}, path.string()));
    std::ifstream file(path, std::ios::binary);
    std::string signature(8, ' ');
    file.read(signature.data(), 8);
    EXPECT_EQ(signature, "\x89PNG\r\n\x1a\n");
    EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
    std::filesystem::remove(path);
}

TEST(WritePng, NamesThePathThatItCannotWrite) {
    const auto result =
        write_png(GrayImage{1, 1, 0, {7}}, scratch("no/such/folder/a.png").string());
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, ErrorCode::FileUnwritable);
    EXPECT_NE(result.error().text().find("no/such/folder"), std::string::npos);
}

TEST(WritePng, RefusesAnEmptyPicture) {
    EXPECT_EQ(write_png(GrayImage{}, scratch("empty.png").string()).error().code,
              ErrorCode::ValueInvalid);
    EXPECT_FALSE(std::filesystem::exists(scratch("empty.png")));
}

}  // namespace
}  // namespace verso::scanner
