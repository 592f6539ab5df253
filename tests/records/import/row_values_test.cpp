// SPDX-License-Identifier: Apache-2.0
#include "records/import/row_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace verso::records {
namespace {

using ::testing::HasSubstr;

constexpr std::array<KnownColumn, 2> kColumns{{{"First", true}, {"second"}}};

ColumnMap map_of(std::vector<std::string_view> header) {
    return ColumnMap::match(header, kColumns).value();
}

/// One value in the first column, read by `read`; gives the fault or "".
template <class Read>
std::string fault_of(std::string_view value, Read read) {
    const ColumnMap map = map_of({"first"});
    std::string text = "\"" + std::string(value) + "\"\n";
    CsvRecord record;
    CsvReader(text, CsvDialect{}).next(record);
    if (record.fields.empty()) record = {{value}, 1, {}};  // a blank row
    RowValues row(record, map);
    read(row);
    return row.fault() ? row.fault()->reason : "";
}

TEST(ColumnMap, MatchesByNameWhateverTheOrderAndCase) {
    const ColumnMap map = map_of({"SECOND", "extra", " first "});
    const CsvRecord record{{"b", "x", "'0a"}, 1, {}};
    EXPECT_EQ(map.value(record, 0), "0a");
    EXPECT_EQ(map.value(record, 1), "b");
    EXPECT_EQ(map.unknown(), std::vector<std::string>{"extra"});
    EXPECT_EQ(map_of({"first"}).value(record, 1), "");
}

TEST(ColumnMap, NamesWhatIsMissingAndWhatWasFound) {
    const std::vector<std::string_view> header{"second", "other"};
    const Error error = ColumnMap::match(header, kColumns).error();
    EXPECT_EQ(error.code, ErrorCode::FormatInvalid);
    EXPECT_THAT(error.message, HasSubstr("First"));
    EXPECT_THAT(error.message, HasSubstr("second, other"));
}

TEST(ColumnMap, RefusesAColumnThatStandsTwice) {
    const std::vector<std::string_view> header{"first", "FIRST"};
    EXPECT_THAT(ColumnMap::match(header, kColumns).error().message, HasSubstr("twice"));
}

TEST(RowValues, ARowMustHaveAsManyValuesAsTheHeader) {
    const ColumnMap map = map_of({"first", "second"});
    const CsvRecord narrow{{"1"}, 1, {}}, wide{{"1", "2", "3"}, 1, {}},
        padded{{"1", "2", ""}, 1, {}};
    EXPECT_TRUE(RowValues(narrow, map).fault());
    EXPECT_TRUE(RowValues(wide, map).fault());
    EXPECT_FALSE(RowValues(padded, map).fault());
}

TEST(RowValues, RefusesControlCharacters) {
    EXPECT_THAT(fault_of("a\x07z", [](RowValues&) {}), HasSubstr("control"));
    EXPECT_EQ(fault_of("a\tb\nc", [](RowValues&) {}), "");
}

TEST(RowValues, KeepsTheFirstFault) {
    const ColumnMap map = map_of({"first", "second"});
    const CsvRecord record{{"x", "y"}, 1, {}};
    RowValues row(record, map);
    row.whole(1, 1, 9);
    row.whole(0, 1, 9);
    ASSERT_TRUE(row.fault());
    EXPECT_EQ(row.fault()->column, "second");
}

TEST(RowValues, WholeNumbersHaveLimits) {
    const auto quantity = [](RowValues& row) { row.whole(0, 1, 100); };
    EXPECT_EQ(fault_of("100", quantity), "");
    for (const char* bad : {"0", "-1", "101", "1.5", "1e3", "", "99999999999999999999",
                            "2 "
                            "3"}) {
        EXPECT_NE(fault_of(bad, quantity), "") << bad;
    }
}

TEST(RowValues, MoneyTimesAndCodes) {
    const auto money = [](RowValues& row) { row.money(0); };
    EXPECT_EQ(fault_of("113,30", money), "");
    EXPECT_NE(fault_of("12 EUR", money), "");
    EXPECT_NE(fault_of("", money), "");
    EXPECT_NE(fault_of("2026-02-30T10:00:00Z", [](RowValues& row) { row.time(0); }), "");
    EXPECT_NE(fault_of("soon", [](RowValues& row) { row.day_if_any(0); }), "");
    EXPECT_EQ(fault_of("", [](RowValues& row) { row.day_if_any(0); }), "");
    EXPECT_EQ(fault_of("fr", [](RowValues& row) { EXPECT_EQ(row.code(0, 2), "FR"); }), "");
    EXPECT_NE(fault_of("FRA", [](RowValues& row) { row.code(0, 2); }), "");
    EXPECT_NE(fault_of("\xC3\xA9", [](RowValues& row) { row.code(0, 2); }), "");
    EXPECT_EQ(fault_of("FR-fr", [](RowValues& row) { EXPECT_EQ(row.language(0), "fr"); }), "");
    EXPECT_NE(fault_of("french", [](RowValues& row) { row.language(0); }), "");
}

TEST(RowValues, TextHasOneLineAndLongTextHasLf) {
    fault_of("a\r\nb", [](RowValues& row) {
        EXPECT_EQ(row.text(0), "a  b");
        EXPECT_EQ(row.long_text(0), "a\nb");
    });
    fault_of("a\rb", [](RowValues& row) { EXPECT_EQ(row.long_text(0), "a\nb"); });
}

TEST(ExportTime, ReadsTheDayNumberOfASpreadsheet) {
    EXPECT_EQ(format_time(parse_export_time("45384.34789").value()), "2024-04-02T08:20:58Z");
    EXPECT_EQ(format_time(parse_export_time("2026-05-14 11:23:45 +0100").value()),
              "2026-05-14T11:23:45+01:00");
    for (const char* bad : {"", "1", "1e9", "nan", "inf", "20261001", "45384.3x"}) {
        EXPECT_FALSE(parse_export_time(bad)) << bad;
    }
}

}  // namespace
}  // namespace verso::records
