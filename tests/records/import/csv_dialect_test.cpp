// SPDX-License-Identifier: Apache-2.0
#include "records/import/csv_dialect.h"

#include <gtest/gtest.h>

namespace verso::records {
namespace {

TEST(CsvText, DropsTheMarkAtTheStart) {
    EXPECT_EQ(CsvText::decode("\xEF\xBB\xBForder").value().text(), "order");
}

TEST(CsvText, TakesWhatIsNotUtf8AsWindows1252) {
    const CsvText text = CsvText::decode("caf\xE9 \x80 5 \x9C").value();
    EXPECT_TRUE(text.was_windows_1252());
    EXPECT_EQ(text.text(), "café € 5 œ");
    EXPECT_FALSE(CsvText::decode("café").value().was_windows_1252());
}

TEST(CsvText, RefusesWhatIsNoText) {
    for (std::string_view bytes : {std::string_view("\xFF\xFEo\0", 4), std::string_view("a\0b", 3),
                                   std::string_view("PK\x03\x04 xl/workbook")}) {
        auto text = CsvText::decode(bytes);
        ASSERT_FALSE(text);
        EXPECT_EQ(text.error().code, ErrorCode::FormatInvalid);
        EXPECT_FALSE(text.error().cure.empty());
    }
}

TEST(Utf8, KnowsOverlongFormsAndSurrogates) {
    EXPECT_TRUE(is_utf8("aé€\xF0\x9F\x98\x80"));
    for (const char* bad : {"\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                            "\xF5\x80\x80\x80", "\xC3", "\xE2\x82"}) {
        EXPECT_FALSE(is_utf8(bad)) << testing::PrintToString(bad);
    }
}

TEST(CsvDialect, TheMostFrequentMarkOfTheHeaderIsTheDelimiter) {
    EXPECT_EQ(sniff_dialect("a,b,c\n1;2;3;4;5").delimiter, ',');
    EXPECT_EQ(sniff_dialect("a;b;c\r\n").delimiter, ';');
    EXPECT_EQ(sniff_dialect("a\tb,c\td").delimiter, '\t');
    EXPECT_EQ(sniff_dialect("\"a,b,c\";d;e").delimiter, ';');
    EXPECT_EQ(sniff_dialect("").delimiter, ',');
}

TEST(CsvDialect, ObeysASeparatorLine) {
    const CsvDialect dialect = sniff_dialect("sep=;\r\na,b;c\r\n");
    EXPECT_EQ(dialect.delimiter, ';');
    EXPECT_EQ(dialect.body, 7U);
    EXPECT_EQ(dialect.first_line, 2U);
}

TEST(Unguarded, RemovesGuardsButNotTheApostropheOfAName) {
    EXPECT_EQ(unguarded("'07140"), "07140");
    EXPECT_EQ(unguarded("'+33 1"), "+33 1");
    EXPECT_EQ(unguarded("'=1+1"), "=1+1");
    EXPECT_EQ(unguarded("'t Hart"), "'t Hart");
    EXPECT_EQ(unguarded("'"), "'");
    EXPECT_EQ(unguarded("  a b\r\n"), "a b");
    EXPECT_EQ(unguarded(" \t"), "");
}

}  // namespace
}  // namespace verso::records
