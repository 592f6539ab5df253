// SPDX-License-Identifier: Apache-2.0
#include "app/home.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "app/files.h"
#include "tests/app/temp_folder.h"

namespace verso::app {
namespace {

TEST(Home, IsFoundByOptionThenVariableThenHere) {
    ::setenv("VERSO_HOME", "/from/variable", 1);
    EXPECT_EQ(find_home("/from/option").root(), "/from/option");
    EXPECT_EQ(find_home("").root(), "/from/variable");
    ::setenv("VERSO_HOME", "", 1);
    EXPECT_EQ(find_home("").root(), "verso-home");
    ::unsetenv("VERSO_HOME");
    EXPECT_EQ(find_home("").root(), "verso-home");
}

TEST(Home, IsMadeWithItsFoldersForItsOwnerAlone) {
    TempFolder folder;
    const Home home(folder.path() / "inner" / "home");
    EXPECT_FALSE(home.exists());
    ASSERT_TRUE(make_home(home, "text").has_value());
    EXPECT_TRUE(home.exists());
    for (const auto& path : {home.images(), home.spool(), home.templates()}) {
        EXPECT_TRUE(std::filesystem::is_directory(path)) << path;
    }
    EXPECT_EQ(std::filesystem::status(home.root()).permissions(),
              std::filesystem::perms::owner_all);
}

TEST(Home, AFurtherShopHasItsOwnFolderAndTheHomesDatabase) {
    TempFolder folder;
    const Home home(folder.path() / "home");
    ASSERT_TRUE(make_home(home, "text").has_value());
    const Home seen = home.seen_by("boutique");
    EXPECT_TRUE(seen.exists());
    EXPECT_FALSE(seen.has_shop());
    ASSERT_TRUE(make_shop_folder(seen, "text").has_value());
    EXPECT_TRUE(seen.has_shop());
    EXPECT_EQ(seen.config(), home.root() / "shops" / "boutique" / "verso.toml");
    EXPECT_EQ(seen.main_config(), home.config());
    EXPECT_EQ(seen.database(), home.database());
    EXPECT_EQ(seen.images(), home.images());
    EXPECT_EQ(seen.spool(), home.spool());
    EXPECT_NE(seen.notes(), home.notes());
    EXPECT_EQ(seen.template_folders(),
              (std::vector{seen.templates().string(), home.templates().string()}));
    EXPECT_EQ(home.template_folders(), std::vector{home.templates().string()});
}

TEST(Home, MakingGoesOnAfterItWasCutShort) {
    TempFolder folder;
    const Home home(folder.path());
    std::filesystem::create_directories(home.images());
    EXPECT_TRUE(make_home(home, "text").has_value());
}

TEST(Home, IsNotMadeAmongOtherThings) {
    TempFolder folder;
    ASSERT_TRUE(write_file(folder.path() / "letter.txt", "x", FileMode::Shared).has_value());
    EXPECT_EQ(make_home(Home(folder.path()), "text").error().code, ErrorCode::AlreadyExists);
}

TEST(Home, MissingOneSaysWhatMakesIt) {
    TempFolder folder;
    const auto home = existing_home(folder.path().string());
    ASSERT_FALSE(home.has_value());
    EXPECT_EQ(home.error().code, ErrorCode::HomeInvalid);
    EXPECT_NE(home.error().cure.find("verso init --home"), std::string::npos);
}

}  // namespace
}  // namespace verso::app
