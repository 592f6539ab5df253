// SPDX-License-Identifier: Apache-2.0
#include "app/reading_pictures.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/files.h"
#include "tests/app/temp_folder.h"

namespace verso::app {
namespace {

TEST(ReadingPictures, LieInTheirFoldersAndAreNamed) {
    const TempFolder folder;
    std::filesystem::create_directory(folder.path() / "crops");
    std::filesystem::create_directory(folder.path() / "debug");
    const auto crops = (folder.path() / "crops").string();
    ReadingPictures pictures(crops, (folder.path() / "debug").string());
    pictures.take({"crop/a.png", "crop bytes"});
    pictures.take({"debug/a.png", "debug bytes"});
    pictures.take({"crop/../../escaped.png", "x"});
    pictures.take({"elsewhere/a.png", "x"});
    EXPECT_EQ(read_file(folder.path() / "crops/a.png", 100).value_or(""), "crop bytes");
    EXPECT_EQ(read_file(folder.path() / "debug/a.png", 100).value_or(""), "debug bytes");
    EXPECT_EQ(std::distance(std::filesystem::recursive_directory_iterator(folder.path()), {}), 4);

    Reading reading;
    reading.fields = {{"comment", true, "crop/a.png", "crop/never-sent.png", ""}};
    pictures.name_in(reading);
    EXPECT_EQ(reading.fields[0].crop, crops + "/a.png");
    EXPECT_EQ(reading.fields[0].original, "");
}

TEST(ReadingPictures, AreLeftOutWhenNobodyWantsThem) {
    ReadingPictures pictures("", "");
    pictures.take({"crop/a.png", "bytes"});
    Reading reading;
    reading.fields = {{"comment", true, "crop/a.png", "", ""}};
    pictures.name_in(reading);
    EXPECT_EQ(reading.fields[0].crop, "");
}

}  // namespace
}  // namespace verso::app
