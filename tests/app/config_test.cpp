// SPDX-License-Identifier: Apache-2.0
#include "app/config.h"

#include <gmock/gmock.h>

namespace verso::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kMinimal = "[shop]\nname = \"A\"\nlink_host = \"a.example\"\n";

Error error_of(const std::string& text) {
    auto config = parse_config(text, "verso.toml");
    EXPECT_FALSE(config.has_value());
    return config.has_value() ? Error{} : config.error();
}

TEST(Config, GivesBackTheShopThatItWasMadeFor) {
    Shop shop;
    shop.name = "Maison \"Été\" \\ Söhne";
    shop.link_host = "avis.example.com";
    shop.language = "de";
    shop.return_days = 14;
    shop.return_address = {"Atelier", "Co", "1 rue A", "bât. B", "75001", "Paris", "", "FR"};
    shop.reply_address = {"Autorisation 1", "75999 PARIS"};
    shop.reply_authorisation = "123";
    auto config = parse_config(format_config(shop), "verso.toml");
    ASSERT_TRUE(config.has_value()) << config.error().text();
    EXPECT_EQ(config->shop.name, shop.name);
    EXPECT_EQ(config->shop.link_host, shop.link_host);
    EXPECT_EQ(config->shop.language, "de");
    EXPECT_EQ(config->shop.return_days, 14);
    EXPECT_EQ(config->shop.return_address, shop.return_address);
    EXPECT_EQ(config->shop.reply_address, shop.reply_address);
    EXPECT_EQ(config->shop.reply_authorisation, "123");
    EXPECT_TRUE(config->warnings.empty());
}

TEST(Config, HasDefaultsForWhatMayBeLeftOut) {
    auto config = parse_config(kMinimal, "verso.toml");
    ASSERT_TRUE(config.has_value()) << config.error().text();
    EXPECT_EQ(config->shop.language, "fr");
    EXPECT_EQ(config->shop.return_days, 30);
}

TEST(Config, TellsLineAndColumnOfWhatIsNotToml) {
    const Error error = error_of("[shop]\nname = \"A\n");
    EXPECT_EQ(error.code, ErrorCode::FormatInvalid);
    EXPECT_THAT(error.where, HasSubstr("verso.toml:2:"));
}

TEST(Config, TellsLineAndKeyOfAWrongValue) {
    const Error error = error_of(std::string(kMinimal) + "return_days = 0\n");
    EXPECT_EQ(error.code, ErrorCode::ValueInvalid);
    EXPECT_EQ(error.where, "verso.toml:4");
    EXPECT_THAT(error.message, HasSubstr("shop.return_days"));
}

TEST(Config, RefusesWhatCannotBeMeant) {
    EXPECT_THAT(error_of("[shop]\nlink_host = \"a.example\"\n").message, HasSubstr("shop.name"));
    EXPECT_THAT(error_of("[shop]\nname = \"A\"\nlink_host = \"A.EXAMPLE\"\n").message,
                HasSubstr("shop.link_host"));
    EXPECT_THAT(error_of(std::string(kMinimal) + "language = \"french\"\n").message,
                HasSubstr("shop.language"));
    EXPECT_THAT(error_of(std::string(kMinimal) + "return_address = 1\n").message,
                HasSubstr("shop.return_address"));
    EXPECT_THAT(error_of(std::string(kMinimal) + "[reply_card]\naddress = [1]\n").message,
                HasSubstr("reply_card.address"));
    EXPECT_THAT(
        error_of(std::string(kMinimal) + "[shop.return_address]\ncountry = \"fr\"\n").message,
        HasSubstr("shop.return_address.country"));
    EXPECT_THAT(error_of("shop = 1").message, HasSubstr("shop"));
}

TEST(Config, WarnsOfKeysThatDoNothing) {
    auto config = parse_config(std::string(kMinimal) + "nmae = \"B\"\n[shpo]\n", "verso.toml");
    ASSERT_TRUE(config.has_value());
    EXPECT_THAT(config->warnings,
                ElementsAre(HasSubstr("verso.toml:5: shpo"), HasSubstr("verso.toml:4: shop.nmae")));
}

}  // namespace
}  // namespace verso::app
