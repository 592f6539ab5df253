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

TEST(Config, ReadsTheLimitsOfReading) {
    auto plain = parse_config(kMinimal, "verso.toml");
    ASSERT_TRUE(plain.has_value());
    EXPECT_EQ(plain->reading.workers, 0);
    EXPECT_EQ(plain->reading.limits.load.file_bytes, scanner::LoadLimits{}.file_bytes);
    EXPECT_EQ(plain->reading.limits.load.page_pixels, scanner::LoadLimits{}.page_pixels);
    auto config = parse_config(std::string(kMinimal) +
                                   "[reading]\nworkers = 3\nseconds_per_page = 4\n"
                                   "megabytes_per_worker = 500\nfile_megabytes = 6\n"
                                   "page_megapixels = 7\nside_pixels = 800\npages_per_file = 9\n",
                               "verso.toml");
    ASSERT_TRUE(config.has_value()) << config.error().text();
    EXPECT_THAT(config->warnings, testing::IsEmpty());
    EXPECT_EQ(config->reading.workers, 3);
    const auto& limits = config->reading.limits;
    EXPECT_EQ(limits.seconds_per_page, 4);
    EXPECT_EQ(limits.megabytes, 500);
    EXPECT_EQ(limits.load.file_bytes, 6u << 20);
    EXPECT_EQ(limits.load.page_pixels, 7'000'000u);
    EXPECT_EQ(limits.load.side_pixels, 800);
    EXPECT_EQ(limits.load.pages, 9);
    EXPECT_EQ(error_of(std::string(kMinimal) + "[reading]\nworkers = -1\n").code,
              ErrorCode::ValueInvalid);
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

TEST(Config, NamesTheSectionsThatAreTheWholeHomes) {
    EXPECT_TRUE(parse_config(kMinimal, "verso.toml")->shared_sections.empty());
    const std::string text = std::string(kMinimal) + "[reading]\nworkers = 2\n[store]\n";
    EXPECT_THAT(parse_config(text, "verso.toml")->shared_sections, ElementsAre("[reading]"));
}

TEST(Config, WarnsOfKeysThatDoNothing) {
    auto config = parse_config(std::string(kMinimal) + "nmae = \"B\"\n[shpo]\n", "verso.toml");
    ASSERT_TRUE(config.has_value());
    EXPECT_THAT(config->warnings,
                ElementsAre(HasSubstr("verso.toml:5: shpo"), HasSubstr("verso.toml:4: shop.nmae")));
}

// A home made before these sections existed has none of them.
TEST(Config, AnOldHomePrintsPlainLabels) {
    auto config = parse_config(kMinimal, "verso.toml");
    ASSERT_TRUE(config.has_value());
    EXPECT_EQ(config->return_label.source, ReturnLabelSettings::Source::Plain);
    EXPECT_TRUE(config->shop.reply_profile.empty());
    EXPECT_TRUE(config->shop.strings.empty());
    EXPECT_TRUE(config->warnings.empty());
}

TEST(Config, GivesBackWhatTheReplyCardAndTheTemplatesAskFor) {
    Shop shop;
    shop.name = "A";
    shop.link_host = "a.example";
    shop.language = "fr";
    shop.reply_profile = "fr-t";
    shop.reply_approval = "Bureau d’exemple, 2026-01-02";
    shop.reply_data = {{"city", "EXEMPLE"}, {"valid until", "31/12/2027"}};
    shop.strings = {{"fr/slip.kind", "Bon \"A\""}, {"slip.thanks", "Merci"}};
    shop.pictures = {{"logo", "art/logo.png"}, {"seal", "/srv/example/seal.pdf"}};
    auto config = parse_config(format_config(shop), "/srv/home/verso.toml");
    ASSERT_TRUE(config.has_value()) << config.error().text();
    EXPECT_EQ(config->shop.reply_profile, shop.reply_profile);
    EXPECT_EQ(config->shop.reply_approval, shop.reply_approval);
    EXPECT_EQ(config->shop.reply_data, shop.reply_data);
    EXPECT_EQ(config->shop.strings, shop.strings);
    EXPECT_EQ(config->shop.pictures.at("logo"), "/srv/home/art/logo.png") << "beside the file";
    EXPECT_EQ(config->shop.pictures.at("seal"), "/srv/example/seal.pdf");
    EXPECT_TRUE(config->warnings.empty());
}

TEST(Config, AKeyWithoutQuotesIsTheSameKey) {
    auto config = parse_config(
        std::string(kMinimal) + "[strings]\nslip.kind = \"B\"\n\"fr/slip.kind\" = \"C\"\n", "t");
    ASSERT_TRUE(config.has_value()) << config.error().text();
    EXPECT_EQ(config->shop.strings.at("slip.kind"), "B");
    EXPECT_EQ(config->shop.strings.at("fr/slip.kind"), "C");
    EXPECT_THAT(error_of(std::string(kMinimal) + "[strings]\nslip.kind = 1\n").message,
                HasSubstr("strings.slip.kind must be a text"));
}

TEST(Config, EachSourceOfReturnLabels) {
    const auto label = [](const std::string& text) {
        auto config = parse_config(kMinimal + text, "/srv/home/verso.toml");
        EXPECT_TRUE(config.has_value()) << config.error().text();
        EXPECT_TRUE(config->warnings.empty());
        return config->return_label;
    };
    using Source = ReturnLabelSettings::Source;
    const auto s10 = label(
        "[return_label]\nsource = \"s10\"\n[return_label.s10]\nservice = \"RR\"\ncountry = \"FR\"\n"
        "from = 47312482\nto = 47312999\n[return_label.sscc]\ncompany_prefix = \"not asked\"\n");
    EXPECT_EQ(s10.source, Source::S10);
    EXPECT_EQ(s10.s10_service + s10.s10_country, "RRFR");
    EXPECT_EQ(s10.from, 47312482U);
    EXPECT_EQ(s10.to, 47312999U);
    const auto sscc = label(
        "[return_label]\nsource = \"sscc\"\n[return_label.sscc]\nextension = 3\n"
        "company_prefix = \"9528765\"\nfrom = 0\nto = 999999999\n");
    EXPECT_EQ(sscc.source, Source::Sscc);
    EXPECT_EQ(sscc.sscc_extension, 3);
    EXPECT_EQ(sscc.sscc_company_prefix, "9528765");
    EXPECT_EQ(sscc.to, 999999999U);
    const auto files =
        label("[return_label]\nsource = \"files\"\n[return_label.files]\nfolder = \"../labels\"\n");
    EXPECT_EQ(files.source, Source::Files);
    EXPECT_EQ(files.folder, "/srv/labels");
}

TEST(Config, RefusesARangeThatNoContractAllots) {
    const auto fault = [](const std::string& source, const std::string& keys) {
        return error_of(std::string(kMinimal) + "[return_label]\nsource = \"" + source +
                        "\"\n[return_label." + source + "]\n" + keys)
            .message;
    };
    const std::string s10 = "service = \"RR\"\ncountry = \"FR\"\n";
    EXPECT_THAT(fault("s10", ""), HasSubstr("return_label.s10.service"));
    EXPECT_THAT(fault("s10", "service = \"XX\"\n"), HasSubstr("return_label.s10.service"));
    EXPECT_THAT(fault("s10", "service = \"RR\"\n"), HasSubstr("return_label.s10.country"));
    EXPECT_THAT(fault("s10", s10), HasSubstr("return_label.s10.from is missing"));
    EXPECT_THAT(fault("s10", s10 + "from = 1\n"), HasSubstr("return_label.s10.to is missing"));
    EXPECT_THAT(fault("s10", s10 + "from = 9\nto = 8\n"), HasSubstr("must not be below from"));
    EXPECT_THAT(fault("s10", s10 + "from = 9\nto = 100000000\n"), HasSubstr("0 to 99999999"));
    EXPECT_THAT(fault("sscc", "company_prefix = \"12\"\n"), HasSubstr("company_prefix"));
    EXPECT_THAT(fault("sscc", "company_prefix = \"123456789012\"\nfrom = 1\nto = 10000\n"),
                HasSubstr("from 0 to 9999"));
    EXPECT_THAT(fault("files", ""), HasSubstr("return_label.files.folder"));
    EXPECT_THAT(error_of(std::string(kMinimal) + "[return_label]\nsource = \"dhl\"\n").message,
                HasSubstr("\"files\""));
}

TEST(Config, NumbersOfTemplatesAreTakenByTheirName) {
    const std::string head =
        "[shop]\nname = \"Maison Exemple\"\nlink_host = \"avis.example.com\"\n";
    const auto config = parse_config(
        head + "[template.a4-integrated]\nwindow_x = 12\nwindow_w = 95.5\n", "verso.toml");
    ASSERT_TRUE(config) << config.error().text();
    const auto& numbers = config->shop.template_settings.at("a4-integrated");
    EXPECT_EQ(numbers.at("window_x"), 12);
    EXPECT_EQ(numbers.at("window_w"), 95.5);
    EXPECT_TRUE(config->warnings.empty());
    const auto bad =
        parse_config(head + "[template.a4-integrated]\nwindow_x = \"wide\"\n", "verso.toml");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().where, "verso.toml:5");
}

TEST(Config, PagesTrackingWebhooksAndServing) {
    const auto config = parse_config(std::string(kMinimal) + R"(
        [pages]
        accent = "#7a1f3d"
        contact = "help@example.com"
        [tracking]
        Colissimo = "https://carrier.example.com/?n={number}"
        [webhooks]
        shopify = "a long secret"
        [serve]
        certificate = "tls/cert.pem"
        key = "/etc/verso/key.pem"
        proxies = ["127.0.0.1", "10.0.0.0/8"]
        proxy_protocol = true
    )",
                                     "/srv/shop/verso.toml");
    ASSERT_TRUE(config) << config.error().text();
    EXPECT_EQ(config->serve.accent, "#7a1f3d");
    EXPECT_EQ(config->serve.contact, "help@example.com");
    EXPECT_EQ(config->serve.tracking.at("Colissimo"), "https://carrier.example.com/?n={number}");
    EXPECT_EQ(config->serve.webhooks.at("shopify"), "a long secret");
    EXPECT_EQ(config->serve.certificate, "/srv/shop/tls/cert.pem");
    EXPECT_EQ(config->serve.key, "/etc/verso/key.pem");
    EXPECT_TRUE(config->serve.proxy_protocol);
    EXPECT_TRUE(config->warnings.empty());
}

TEST(Config, ServingIsRefusedWhereItCannotBeMeant) {
    for (const char* text :
         {"[pages]\naccent = \"#ffd700\"", "[pages]\naccent = \"green\"",
          "[tracking]\nDHL = \"https://carrier.example.com/\"",
          "[tracking]\nDHL = \"http://carrier.example.com/{number}\"",
          "[webhooks]\npigeon = \"a long secret\"", "[webhooks]\nshopify = \"short\"",
          "[serve]\ncertificate = \"cert.pem\"", "[serve]\nproxies = [\"proxy.example.com\"]"}) {
        const auto config = parse_config(std::string(kMinimal) + text, "verso.toml");
        ASSERT_FALSE(config) << text;
        EXPECT_EQ(config.error().code, ErrorCode::ValueInvalid) << text;
        const std::string section = std::string(text).substr(1, std::string(text).find(']') - 1);
        EXPECT_THAT(config.error().text(), ::testing::HasSubstr(section + ".")) << text;
    }
}

TEST(Config, ContrastIsThatOfTheStandard) {
    EXPECT_NEAR(contrast("#000000", "#ffffff"), 21.0, 0.001);
    EXPECT_NEAR(contrast("#777777", "#ffffff"), 4.478, 0.001);
    EXPECT_EQ(contrast("#12345", "#ffffff"), 0.0);
    EXPECT_EQ(contrast("#12345g", "#ffffff"), 0.0);
}

}  // namespace
}  // namespace verso::app
