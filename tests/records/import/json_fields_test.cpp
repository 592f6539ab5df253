// SPDX-License-Identifier: Apache-2.0
#include "records/import/json_fields.h"

#include <gtest/gtest.h>

#include "records/import/html_text.h"

namespace verso::records {
namespace {

TEST(LongMoney, IsExactAndRoundsBeyondTwoDecimals) {
    for (const auto& [text, minor] :
         std::vector<std::pair<const char*, std::int64_t>>{{"29.35", 2935},
                                                           {"61.800000", 6180},
                                                           {"34.9", 3490},
                                                           {"-4", -400},
                                                           {"0.005", 1},
                                                           {"0.0049", 0},
                                                           {"-0.005", -1},
                                                           {"1.999", 200},
                                                           {"0.29", 29},
                                                           {"1.10", 110},
                                                           {"900000000000.01", 90000000000001}}) {
        EXPECT_EQ(parse_long_money(text).value(), Money{minor}) << text;
    }
    for (const char* bad : {"", "x", "1e5", "1,000.00", "1.2.3", "1.23x", "--1", ".", "1.234.5",
                            "NaN", "99999999999999999999"}) {
        EXPECT_FALSE(parse_long_money(bad)) << bad;
    }
}

/// The fault of reading one member.
template <class Read>
std::string fault_of(std::string_view json, Read read) {
    const JsonValue value = parse_json(json).value();
    std::optional<JsonFault> fault;
    JsonFields fields(value, "/at", fault);
    read(fields);
    return fault ? fault->pointer + " " + fault->reason : "";
}

TEST(JsonFields, TellsThePlaceOfWhatIsWrong) {
    const auto whole = [](JsonFields& f) { f.whole("q", 1, 9); };
    EXPECT_EQ(fault_of("{\"q\":2}", whole), "");
    EXPECT_EQ(fault_of("{\"q\":\"2.0000\"}", whole), "");
    EXPECT_EQ(fault_of("{\"q\":2.5}", whole), "/at/q '2.5' is not a whole number from 1 to 9");
    EXPECT_EQ(fault_of("{\"q\":true}", whole), "/at/q 'true' is not a whole number from 1 to 9");
    EXPECT_EQ(fault_of("{}", whole), "/at/q '' is not a whole number from 1 to 9");
    EXPECT_EQ(fault_of("{\"q\":\"a\\u0007\"}", [](JsonFields& f) { f.text("q"); }),
              "/at/q the text holds control characters");
    EXPECT_EQ(fault_of("{\"q\":\"a\\u0000b\"}", [](JsonFields& f) { f.text("q"); }),
              "/at/q the text holds control characters");
    EXPECT_EQ(fault_of("{\"q\":[{},{\"z\":\"F\"}]}",
                       [](JsonFields& f) { f.each("q").at(1).code("z", 2); }),
              "/at/q/1/z 'F' is not a code of 2 letters");
}

TEST(JsonValue, NeedsSoundTextAndNotTooDeep) {
    EXPECT_TRUE(parse_json(std::string(60, '[') + std::string(60, ']')));
    EXPECT_FALSE(parse_json(std::string(100'000, '[')));
    EXPECT_FALSE(parse_json("{\"a\":\"\xE9\"}"));
    EXPECT_FALSE(parse_json("{\"a\":1}x"));
    EXPECT_EQ(parse_json("[12345678901234567890123.10]").value().items.at(0).text,
              "12345678901234567890123.10");
}

TEST(PlainText, ReadsWhatHtmlWroteForCharacters) {
    EXPECT_EQ(plain_text("Tea &amp; &#8211; caf&#xE9; &ndash; 5 &euro;"), "Tea & – café – 5 €");
    EXPECT_EQ(plain_text("&; && &unknown; &#7; &#xD800; &#x110000; &amp"),
              "&; && &unknown; &#7; &#xD800; &#x110000; &amp");
}

}  // namespace
}  // namespace verso::records
