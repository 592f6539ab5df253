// SPDX-License-Identifier: Apache-2.0
#include "app/transcriber.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/crop_desk.h"
#include "app/files.h"
#include "scanner/image/png_writer.h"
#include "tests/app/temp_folder.h"

namespace verso::app {
namespace {

namespace fs = std::filesystem;

/// A search path for programs, until the end of the test.
class SearchPath {
  public:
    explicit SearchPath(const std::string& path) : before_(std::getenv("PATH")) {
        ::setenv("PATH", path.c_str(), 1);
    }
    ~SearchPath() { ::setenv("PATH", before_.c_str(), 1); }
    SearchPath(const SearchPath&) = delete;
    SearchPath& operator=(const SearchPath&) = delete;

  private:
    std::string before_;
};

/// Stands where Tesseract would: knows two languages and repeats its arguments.
std::string stand_in(const TempFolder& folder) {
    const fs::path file = folder.path() / "tesseract";
    std::ofstream(file) << "#!/bin/sh\n"
                           "if [ \"$1\" = --list-langs ]; then\n"
                           "  printf 'List of available languages (3):\\nfra\\nosd\\neng\\n'\n"
                           "  exit 0\n"
                           "fi\n"
                           "case \"$1\" in *broken*) exit 3 ;; esac\n"
                           "printf '  said\\n\\n%s %s %s %s\\t%s\\f\\n' \"$2\" \"$3\" \"$4\" "
                           "\"$5\" \"$6\"\n";
    fs::permissions(file, fs::perms::owner_all);
    return folder.path().string() + ":/usr/bin:/bin";
}

Reading inked_reading(const std::string& crop) {
    Reading reading;
    reading.fields = {{"comment", true, crop, crop, ""}, {"name", false, "", "", ""}};
    return reading;
}

TEST(OneLine, TakesWhatCanBeShown) {
    EXPECT_EQ(one_line("  a\n\n b\tc \f\n", 100), "a b c");
    EXPECT_EQ(one_line("\x1b[31mred\x7f", 100), "[31mred");
    EXPECT_EQ(one_line("gr\xc3\xbc\xc3\x9f", 100), "gr\xc3\xbc\xc3\x9f");
    EXPECT_EQ(one_line("a\xff\xc3", 100), "a");
    EXPECT_EQ(one_line("ab\xc3\xbc", 3), "ab") << "no half letter";
    EXPECT_EQ(one_line("ab cd", 3), "ab");
}

TEST(Transcriber, ChoosesTheShopsLanguageAndEnglish) {
    const TempFolder folder;
    const SearchPath path(stand_in(folder));
    EXPECT_EQ(Transcriber::start("", "fr").value().languages(), "fra+eng");
    EXPECT_EQ(Transcriber::start("", "en").value().languages(), "eng");
    EXPECT_EQ(Transcriber::start("", "de").value().languages(), "eng");
    EXPECT_EQ(Transcriber::start("fra", "en").value().languages(), "fra");
}

TEST(Transcriber, SaysWhatIsMissing) {
    const TempFolder empty, folder;
    {
        const SearchPath path(empty.path().string());
        const auto none = Transcriber::start("", "fr");
        ASSERT_FALSE(none);
        EXPECT_EQ(none.error().code, ErrorCode::DependencyMissing);
        EXPECT_NE(none.error().cure.find("tesseract-ocr"), std::string::npos);
    }
    const SearchPath path(stand_in(folder));
    const auto language = Transcriber::start("eng+tlh", "fr");
    ASSERT_FALSE(language);
    EXPECT_NE(language.error().message.find("'tlh'"), std::string::npos);
    EXPECT_FALSE(Transcriber::start("osd", "fr")) << "it reads nothing";
}

TEST(Transcriber, GuessesAtInkedFieldsAlone) {
    const TempFolder folder;
    const SearchPath path(stand_in(folder));
    const auto transcriber = Transcriber::start("", "fr").value();
    Reading reading = inked_reading("/tmp/some crop.png");
    transcriber.guess_at(reading);
    EXPECT_EQ(reading.fields[0].guess, "said stdout -l fra+eng --psm 6");
    EXPECT_EQ(reading.fields[1].guess, "");
    EXPECT_EQ(transcriber.guess("broken.png"), "") << "a failure is no guess";
}

TEST(CropDesk, KeepsCropsWhereTheCallerWantsThem) {
    const TempFolder folder;
    const std::string crop = (folder.path() / "a.png").string();
    std::ofstream(crop) << "x";
    {
        const auto desk = CropDesk::set_up(folder.path().string(), std::nullopt).value();
        Reading reading = inked_reading(crop);
        desk.finish(reading);
        EXPECT_EQ(reading.fields[0].crop, crop);
    }
    EXPECT_TRUE(fs::exists(crop));
    EXPECT_EQ(CropDesk::set_up("", std::nullopt).value().folder(), "");
}

TEST(CropDesk, ForgetsCropsThatNobodyAskedFor) {
    const TempFolder folder;
    const SearchPath path(stand_in(folder));
    std::string place;
    {
        const auto desk = CropDesk::set_up("", Transcriber::start("", "fr").value()).value();
        place = desk.folder();
        ASSERT_TRUE(fs::is_directory(place));
        EXPECT_EQ(fs::status(place).permissions(), fs::perms::owner_all);
        const std::string crop = place + "/a.png";
        std::ofstream(crop) << "x";
        Reading reading = inked_reading(crop);
        desk.finish(reading);
        EXPECT_NE(reading.fields[0].guess, "");
        EXPECT_EQ(reading.fields[0].crop, "");
        EXPECT_EQ(reading.fields[0].original, "");
        EXPECT_FALSE(fs::exists(crop));
    }
    EXPECT_FALSE(fs::exists(place));
}

/// HELLO in letters of 5 x 7 squares.
scanner::GrayImage hello() {
    constexpr std::array<std::string_view, 7> kRows{
        "#...# ##### #.... #.... .###.", "#...# #.... #.... #.... #...#",
        "#...# #.... #.... #.... #...#", "##### ####. #.... #.... #...#",
        "#...# #.... #.... #.... #...#", "#...# #.... #.... #.... #...#",
        "#...# ##### ##### ##### .###."};
    constexpr int kSquare = 7, kRim = 60;
    scanner::GrayImage out{
        int(kRows[0].size()) * kSquare + 2 * kRim, 7 * kSquare + 2 * kRim, 300, {}};
    out.pixels.assign(std::size_t(out.width) * std::size_t(out.height), 255);
    for (int y = 0; y < 7 * kSquare; ++y) {
        const std::string_view row = kRows.at(std::size_t(y / kSquare));
        for (int x = 0; x < int(row.size()) * kSquare; ++x) {
            if (row[std::size_t(x / kSquare)] == '#') out.row(kRim + y)[kRim + x] = 0;
        }
    }
    return out;
}

TEST(Transcriber, ReadsAPrintedWord) {
    const auto transcriber = Transcriber::start("eng", "en");
    if (!transcriber) GTEST_SKIP() << transcriber.error().message;
    const TempFolder folder;
    const std::string picture = (folder.path() / "word.png").string();
    ASSERT_TRUE(scanner::write_png(hello(), picture));
    EXPECT_EQ(transcriber->guess(picture), "HELLO");
}

}  // namespace
}  // namespace verso::app
