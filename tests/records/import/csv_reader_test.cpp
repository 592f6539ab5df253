// SPDX-License-Identifier: Apache-2.0
// Records are written as "line:field|field", so that a case is one string.
#include "records/import/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace verso::records {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> read(std::string_view text) {
    std::vector<std::string> out;
    CsvReader reader(text, sniff_dialect(text));
    CsvRecord record;
    while (reader.next(record)) {
        std::string line = std::to_string(record.line) + ':';
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            line += i == 0 ? "" : "|";
            line += record.fields.at(i);
        }
        out.push_back(line + (record.fault.empty() ? "" : " !" + std::string(record.fault)));
    }
    return out;
}

TEST(CsvReader, ReadsPlainAndQuotedValues) {
    EXPECT_THAT(read("a,b,c\n1,\"2,5\",\"say \"\"hi\"\"\"\n"),
                ElementsAre("1:a|b|c", "2:1|2,5|say \"hi\""));
}

TEST(CsvReader, KnowsAllLineEnds) {
    EXPECT_THAT(read("a,b\r\n1,2\r3,4\n5,6"), ElementsAre("1:a|b", "2:1|2", "3:3|4", "4:5|6"));
}

TEST(CsvReader, CountsTheLinesInsideQuotes) {
    EXPECT_THAT(read("a,b\n\"x\ny\r\nz\",1\n2,3"), ElementsAre("1:a|b", "2:x\ny\r\nz|1", "5:2|3"));
}

TEST(CsvReader, KeepsEmptyValuesAndSkipsBlankLines) {
    EXPECT_THAT(read("a,b,c\n\n,,\n1,,\n , \n,,3"), ElementsAre("1:a|b|c", "4:1||", "6:||3"));
}

TEST(CsvReader, AMarkInsideAnUnquotedValueIsText) {
    EXPECT_THAT(read("a,b\n12\" pipe,x"), ElementsAre("1:a|b", "2:12\" pipe|x"));
}

TEST(CsvReader, TextAfterAClosingMarkIsAFaultOfThatRecordOnly) {
    const auto records = read("a,b\n\"x\"y,1\n2,3");
    ASSERT_EQ(records.size(), 3U);
    EXPECT_THAT(records[1], HasSubstr("after a closing"));
    EXPECT_EQ(records[2], "3:2|3");
}

TEST(CsvReader, AnUnclosedMarkCostsOneLine) {
    const auto records = read("a,b\n1,\"x\n2,y\n3,z");
    ASSERT_EQ(records.size(), 4U);
    EXPECT_THAT(records[1], HasSubstr("never closed"));
    EXPECT_EQ(records[2], "3:2|y");
    EXPECT_EQ(records[3], "4:3|z");
}

TEST(CsvReader, AQuotedValueBeyondTheLimitCountsAsUnclosed) {
    const std::string longest(kLongestValue + 10, 'x');
    const auto records = read("a,b\n1,\"" + longest + "\"\n2,y");
    ASSERT_EQ(records.size(), 3U);
    EXPECT_THAT(records[1], HasSubstr("never closed"));
    EXPECT_EQ(records[2], "3:2|y");
}

TEST(CsvReader, ReadsFromBehindTheSeparatorLine) {
    EXPECT_THAT(read("sep=;\na;b\n1;2"), ElementsAre("2:a|b", "3:1|2"));
}

TEST(CsvReader, NothingGivesNothing) {
    EXPECT_TRUE(read("").empty());
    EXPECT_TRUE(read("\r\n\n").empty());
}

}  // namespace
}  // namespace verso::records
