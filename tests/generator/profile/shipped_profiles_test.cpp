// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>

#include "generator/barcode/four_state.h"
#include "generator/profile/postal_profile.h"

namespace verso::generator {
namespace {

const std::vector<std::string> kFolders = {VERSO_SOURCE_DIR "/templates"};

TEST(ShippedProfiles, AreThoseOfThePosts) {
    EXPECT_THAT(
        list_profiles(kFolders),
        testing::ElementsAre("be-da", "ccri", "ch-gas", "de-antwort", "de-werbeantwort",
                             "es-respuesta-comercial", "fr-libre-reponse", "gb-business-reply",
                             "gb-freepost", "nl-antwoordnummer", "stamp", "us-brm"));
}

TEST(ShippedProfiles, LoadAndSayWhoseTheyAre) {
    for (const auto& name : list_profiles(kFolders)) {
        const auto profile = load_profile(name, kFolders);
        ASSERT_TRUE(profile) << profile.error().text();
        EXPECT_FALSE(profile->post.empty()) << name;
        EXPECT_FALSE(profile->rules.empty()) << name;
        EXPECT_EQ(profile->approval_needed, name != "stamp") << name;
        for (const auto& rule : profile->rules) EXPECT_FALSE(rule.about.empty()) << name;
    }
}

// A specimen that looked like a permit would be taken for one.
TEST(ShippedProfiles, HaveSpecimensThatAreNobodysPermit) {
    for (const auto& name : list_profiles(kFolders)) {
        const PostalProfile profile = load_profile(name, kFolders).value();
        for (const auto& datum : profile.data) {
            const bool has_digit = std::any_of(datum.specimen.begin(), datum.specimen.end(),
                                               [](char c) { return c >= '1' && c <= '9'; });
            const bool international =
                datum.key == "mailmark";  // version 1, "XY11" stands for abroad
            EXPECT_TRUE(!has_digit || international) << name << ": " << datum.specimen;
            EXPECT_FALSE(datum.about.empty()) << name;
        }
    }
}

TEST(ShippedProfiles, HaveSpecimensThatTheirBarsHold) {
    const auto specimen = [](const char* name, const std::string& key) {
        const PostalProfile profile = load_profile(name, kFolders).value();
        for (const auto& datum : profile.data) {
            if (datum.key == key) return datum.specimen;
        }
        return std::string();
    };
    EXPECT_TRUE(encode_four_state(FourStateKind::Imb, specimen("us-brm", "imb")));
    EXPECT_TRUE(encode_four_state(FourStateKind::Kix, specimen("nl-antwoordnummer", "kix")));
    for (const char* name : {"gb-business-reply", "gb-freepost"}) {
        EXPECT_TRUE(encode_four_state(FourStateKind::MailmarkC, specimen(name, "mailmark")));
    }
}

}  // namespace
}  // namespace verso::generator
