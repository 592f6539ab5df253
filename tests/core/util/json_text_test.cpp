// SPDX-License-Identifier: Apache-2.0
#include "core/util/json_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

namespace verso {
namespace {

std::string as_json(std::string_view text) {
    std::string out;
    append_json_text(out, text);
    return out;
}

TEST(JsonText, QuotesWhatJsonKeepsForItself) {
    EXPECT_EQ(as_json(""), "\"\"");
    EXPECT_EQ(as_json("Fleur de sel"), "\"Fleur de sel\"");
    EXPECT_EQ(as_json("a\"b\\c/d"), R"("a\"b\\c/d")");
    EXPECT_EQ(as_json(std::string("\n\x1F\0", 3)), R"("\u000a\u001f\u0000")");
    EXPECT_EQ(as_json("Éloïse 🙂"), "\"Éloïse 🙂\"");
}

TEST(JsonText, ReplacesWhatIsNoText) {
    EXPECT_EQ(as_json("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
    EXPECT_EQ(as_json("\xC3"), "\"\xEF\xBF\xBD\"");                  // cut short
    EXPECT_EQ(as_json("\xC0\xAF"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");  // overlong
    EXPECT_EQ(as_json("\xED\xA0\x80").size(), 11U) << "half of a surrogate pair";
}

TEST(JsonText, AnyBytesGiveAStringThatAParserTakes) {
    constexpr unsigned kSeed = 20261122;
    SCOPED_TRACE(kSeed);
    std::mt19937 random(kSeed);
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        // Mostly leading and trailing bytes of characters, so that many are whole and many not.
        for (unsigned n = random() % 12; n > 0; --n) {
            text += static_cast<char>(random() % 3 == 0 ? random() % 128 : 128 + random() % 128);
        }
        const auto parsed = nlohmann::json::parse(as_json(text), nullptr, false);
        ASSERT_TRUE(parsed.is_string()) << as_json(text);
        if (parsed.get<std::string>().find("\xEF\xBF\xBD") == std::string::npos) {
            ASSERT_EQ(parsed.get<std::string>(), text);
        }
    }
}

}  // namespace
}  // namespace verso
