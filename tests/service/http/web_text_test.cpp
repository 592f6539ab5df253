// SPDX-License-Identifier: Apache-2.0
#include "service/http/web_text.h"

#include <gtest/gtest.h>

#include "service/http/message.h"

namespace verso::service {
namespace {

TEST(WebText, ASegmentIsDecodedButNeverIntoASlashOrAZero) {
    EXPECT_EQ(decode_segment("a%20b"), "a b");
    EXPECT_EQ(decode_segment("%C3%A9"), "é");
    EXPECT_EQ(decode_segment("plain"), "plain");
    for (const char* bad : {"%2F", "%2f", "%00", "%", "%4", "%zz"}) {
        EXPECT_FALSE(decode_segment(bad)) << bad;
    }
}

TEST(WebText, EncodingASegmentIsUndoneByDecoding) {
    const std::string text = "#1001 é/?&=%";
    EXPECT_EQ(encode_segment(text), "%231001%20%C3%A9%2F%3F%26%3D%25");
    EXPECT_EQ(encode_segment("a-b_c.d~e"), "a-b_c.d~e");
}

TEST(WebText, FormsKeepTheirOrderAndForgiveABrokenPercent) {
    const std::vector<FormField> expected{
        {"q.overall", "4"}, {"comment", "très bien & 100%"}, {"empty", ""}, {"alone", ""}};
    EXPECT_EQ(parse_form("q.overall=4&comment=tr%C3%A8s+bien+%26+100%&empty=&alone"), expected);
    EXPECT_TRUE(parse_form("").empty());
    EXPECT_TRUE(parse_form("&&&").empty());
}

TEST(WebText, AFormOfAMillionFieldsEndsAtAThousand) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "a=1&";
    EXPECT_EQ(parse_form(text).size(), 1000U);
}

TEST(WebText, HtmlIsEscapedForTextAndForQuotedAttributes) {
    EXPECT_EQ(escape_html("<a href=\"x\" title='y'>&"),
              "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
}

TEST(Reasons, AreTheWordsOfTheStandard) {
    EXPECT_EQ(reason_of(400), "Bad Request");
    EXPECT_EQ(reason_of(408), "Request Timeout");
    EXPECT_EQ(reason_of(421), "Misdirected Request");
    EXPECT_EQ(reason_of(431), "Request Header Fields Too Large");
    EXPECT_EQ(reason_of(299), "Status");
}

}  // namespace
}  // namespace verso::service
