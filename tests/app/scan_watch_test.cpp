// SPDX-License-Identifier: Apache-2.0
#include "app/scan_watch.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/app/temp_folder.h"

namespace verso::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ScanWatch, AFileIsTakenOnceItStoppedGrowing) {
    FolderSight sight;
    std::vector<int> taken;
    for (int look = 0; look < 14; ++look) {
        // It grows until the third look; later somebody writes to it without making it longer.
        FileSight seen;
        seen.bytes = static_cast<std::uintmax_t>(std::min(look, 2) + 1);
        sight = aged(sight, {{"a.png", seen}});
        if (!finished_files(sight).empty()) taken.push_back(look);
    }
    EXPECT_THAT(taken, ElementsAre(5, 12, 13)) << "tried, and judged if it lies there still";
    FileSight touched = sight["a.png"];
    touched.changed_at += std::chrono::seconds(1);
    EXPECT_THAT(finished_files(aged(sight, {{"a.png", touched}})), IsEmpty());
}

TEST(ScanWatch, AnEmptyFileWaits) {
    FolderSight sight;
    for (int look = 0; look < 20; ++look) sight = aged(sight, {{"a.png", FileSight{}}});
    EXPECT_THAT(finished_files(sight), IsEmpty());
}

TEST(ScanWatch, NoFileTakesThePlaceOfAnother) {
    const TempFolder folder;
    const auto file = folder.path() / "a.png";
    EXPECT_EQ(place_beside(file, "done"), folder.path() / "done" / "a.png");
    std::filesystem::create_directories(folder.path() / "done");
    std::ofstream(folder.path() / "done" / "a.png") << "x";
    EXPECT_EQ(place_beside(file, "done"), folder.path() / "done" / "a-2.png");
    std::ofstream(folder.path() / ".hidden") << "x";
    std::ofstream(file) << "xy";
    const auto sight = look_at({folder.path().string(), "/nowhere"});
    ASSERT_EQ(sight.size(), 1u) << "neither hidden files nor what lies in inner folders";
    EXPECT_EQ(sight.begin()->second.bytes, 2u);
}

}  // namespace
}  // namespace verso::app
