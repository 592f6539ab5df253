// SPDX-License-Identifier: Apache-2.0
#include "records/import/csv_dialect.h"

#include <gtest/gtest.h>

namespace verso::records {
namespace {

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
