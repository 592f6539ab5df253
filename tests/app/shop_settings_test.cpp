// SPDX-License-Identifier: Apache-2.0
#include "app/shop_settings.h"

#include <gmock/gmock.h>

#include <fstream>

#include "app/files.h"
#include "app/toml_edit.h"
#include "tests/app/temp_folder.h"

namespace verso::app {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kText =
    "# Mine, keep it.\n"
    "[shop]\nname = \"Épicerie\" # the sign\nlink_host = \"avis.example.com\"\n"
    "later = \"unknown key\"\n\n"
    "[privacy]\nimages_days   =  30   # a month\n\n"
    "[actions.buyer]\ncancel = [\n  \"placed\", # early\n]\n";

TEST(TomlEdit, ChangesOneValueAndNothingElse) {
    const auto edited = set_toml_value(kText, "privacy", "images_days", "90");
    ASSERT_TRUE(edited) << edited.error().text();
    std::string wanted = kText;
    wanted.replace(wanted.find("30   #"), 2, "90");
    EXPECT_EQ(*edited, wanted);
    EXPECT_THAT(*set_toml_value(kText, "shop", "name", "\"Ö\""),
                HasSubstr("name = \"Ö\" # the sign"));
}

TEST(TomlEdit, AddsKeysAndSectionsAndTakesListsOfSeveralLines) {
    EXPECT_THAT(*set_toml_value(kText, "privacy", "secrets_days", "7"),
                HasSubstr("[privacy]\nsecrets_days = 7\nimages_days"));
    EXPECT_THAT(*set_toml_value(kText, "cards", "card_days", "7"),
                HasSubstr("]\n\n[cards]\ncard_days = 7\n"));
    EXPECT_THAT(*set_toml_value(kText, "actions.buyer", "cancel", "[]"),
                HasSubstr("[actions.buyer]\ncancel = []\n"));
    EXPECT_EQ(*set_toml_value("[a]", "a", "b", "1"), "[a]\nb = 1\n");
    EXPECT_EQ(*set_toml_value("[a]\r\nc = 1\r\n", "a", "b", "1"), "[a]\r\nb = 1\r\nc = 1\r\n");
    EXPECT_EQ(*set_toml_value("", "a", "b", "1"), "\n[a]\nb = 1\n");
}

TEST(TomlEdit, WhatCannotBeChangedAloneIsLeftToAPerson) {
    EXPECT_EQ(set_toml_value("a = {c = 1}\n", "a", "b", "1").error().code, ErrorCode::NotAllowed);
    EXPECT_EQ(set_toml_value("a.c = 1\n", "a", "b", "1").error().code, ErrorCode::NotAllowed);
    EXPECT_TRUE(set_toml_value("a = {c = 1}\n", "a", "c", "2"));
    EXPECT_EQ(set_toml_value("a = ", "a", "b", "1").error().code, ErrorCode::FormatInvalid);
    // A text that looks like a header is none.
    EXPECT_EQ(set_toml_value("t = \"\"\"\n[a]\n\"\"\"\n", "a", "b", "1").error().code,
              ErrorCode::NotAllowed);
}

class ShopSettingsTest : public ::testing::Test {
  protected:
    void SetUp() override { std::ofstream(home_.config()) << kText; }
    std::string text() const { return read_file(home_.config(), 1 << 20).value(); }
    std::string value(const std::string& key) const {
        for (const auto& one : editable_settings(load_config(home_.config()).value())) {
            if (one.key == key) return one.value;
        }
        return "none";
    }

    TempFolder folder_;
    Home home_{folder_.path()};
};

TEST_F(ShopSettingsTest, EachIsSetAndReadBack) {
    const auto changed = set_shop_settings(home_, {{"privacy.images_days", "90"},
                                                   {"cards.amend_days", "007"},
                                                   {"review.double", "true"},
                                                   {"shop.language", "de"},
                                                   {"actions.buyer.cancel", "placed, paid"}});
    ASSERT_TRUE(changed) << changed.error().text();
    EXPECT_THAT(*changed, SizeIs(5));
    EXPECT_EQ(changed->front().before, "30");
    EXPECT_EQ(changed->front().after, "90");
    EXPECT_EQ(value("privacy.images_days"), "90");
    EXPECT_EQ(value("cards.amend_days"), "7");
    EXPECT_EQ(value("review.double"), "true");
    EXPECT_EQ(value("shop.language"), "de");
    EXPECT_EQ(value("actions.buyer.cancel"), "placed, paid");
    EXPECT_THAT(text(), HasSubstr("# Mine, keep it."));
    EXPECT_THAT(text(), HasSubstr("later = \"unknown key\""));
    EXPECT_THAT(*set_shop_settings(home_, {{"privacy.images_days", "90"}}), IsEmpty());
}

TEST_F(ShopSettingsTest, WhatCannotBeMeantChangesNothing) {
    const std::string before = text();
    for (const auto& [key, wrong] : std::vector<SettingValue>{{"privacy.images_days", "-1"},
                                                              {"privacy.images_days", "99999999"},
                                                              {"privacy.images_days", ""},
                                                              {"privacy.images_days", "1\n[x]"},
                                                              {"review.double", "maybe"},
                                                              {"shop.language", "deutsch"},
                                                              {"actions.buyer.cancel", "shipped"},
                                                              {"actions.buyer.cancel", "\"]"}}) {
        const auto changed = set_shop_settings(home_, {{"cards.card_days", "5"}, {key, wrong}});
        ASSERT_FALSE(changed) << key << " " << wrong;
        EXPECT_EQ(changed.error().code, ErrorCode::ValueInvalid) << changed.error().text();
    }
    EXPECT_EQ(set_shop_settings(home_, {{"webhooks.shopify", "x"}}).error().code,
              ErrorCode::NotFound);
    EXPECT_EQ(text(), before);
}

TEST_F(ShopSettingsTest, ATextIsATextWhateverStandsInIt) {
    for (const char* contact : {"a\"b\\c", "x'''y", "[shop]", "é # no comment"}) {
        ASSERT_TRUE(set_shop_settings(home_, {{"pages.contact", contact}})) << contact;
        EXPECT_EQ(value("pages.contact"), contact);
    }
}

TEST_F(ShopSettingsTest, AFileThatIsALinkOrPrivateStaysSo) {
    const auto real = folder_.path() / "real.toml";
    std::filesystem::rename(home_.config(), real);
    std::filesystem::permissions(
        real, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    std::filesystem::create_symlink(real, home_.config());
    ASSERT_TRUE(set_shop_settings(home_, {{"cards.card_days", "9"}}));
    EXPECT_TRUE(std::filesystem::is_symlink(home_.config()));
    EXPECT_EQ(std::filesystem::status(real).permissions() & std::filesystem::perms::others_read,
              std::filesystem::perms::none);
    EXPECT_EQ(value("cards.card_days"), "9");
}

}  // namespace
}  // namespace verso::app
