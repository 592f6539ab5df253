// SPDX-License-Identifier: Apache-2.0
// The shipped catalogues say the same things: a key that one of them lacks would fall back to
// another language in the middle of a page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "specimens.h"

namespace verso::generator {
namespace {

nlohmann::ordered_json catalogue(const std::string& language) {
    std::ifstream in(template_folders().front() + "/strings/" + language + ".json");
    return nlohmann::ordered_json::parse(in, nullptr, true, true);
}

std::vector<std::string> keys_of(const nlohmann::ordered_json& strings) {
    std::vector<std::string> out;
    for (const auto& [key, value] : strings.items()) out.push_back(key);
    return out;
}

int count(const std::string& text, const std::string& what) {
    int found = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
}

TEST(Catalogues, SayTheSameThingsInTheSameOrder) {
    const auto expected = keys_of(catalogue("fr"));
    ASSERT_GT(expected.size(), 100u);
    for (const auto& language : shipped_languages()) {
        EXPECT_THAT(keys_of(catalogue(language)), ::testing::ElementsAreArray(expected))
            << language;
    }
}

TEST(Catalogues, PutInTheSameValues) {
    const auto french = catalogue("fr");
    for (const auto& language : shipped_languages()) {
        const auto strings = catalogue(language);
        for (const auto& [key, value] : strings.items()) {
            const auto text = value.get<std::string>();
            EXPECT_FALSE(text.empty()) << language << ' ' << key;
            EXPECT_EQ(count(text, "{{"), count(french.at(key), "{{")) << language << ' ' << key;
        }
    }
}

TEST(Catalogues, NameTwelveMonthsAndTheFourteenDays) {
    for (const auto& language : shipped_languages()) {
        const auto strings = catalogue(language);
        EXPECT_EQ(count(strings.at("format.months"), "|"), 11) << language;
        EXPECT_EQ(count(strings.at("return.withdrawal"), "14"), 1) << language;
    }
}

}  // namespace
}  // namespace verso::generator
