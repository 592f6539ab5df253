// SPDX-License-Identifier: Apache-2.0
// However a text comes in pieces, its records are those of the whole.
#include "records/import/csv_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/records/import/import_sources.h"

namespace verso::records {
namespace {

struct Row {
    std::size_t line;
    std::vector<std::string> fields;
    std::string fault;
    bool operator==(const Row&) const = default;
};

Row copy_of(const CsvRecord& record) {
    return {record.line, {record.fields.begin(), record.fields.end()}, std::string(record.fault)};
}

std::vector<Row> streamed(ByteSource& source) {
    std::vector<Row> rows;
    auto stream = CsvStream::open(source, TextEncoding::Utf8).value();
    CsvRecord record;
    while (stream.next(record).value()) rows.push_back(copy_of(record));
    return rows;
}

std::vector<Row> whole(std::string_view text) {
    std::vector<Row> rows;
    CsvReader reader(text, sniff_dialect(text));
    CsvRecord record;
    while (reader.next(record)) rows.push_back(copy_of(record));
    return rows;
}

TEST(CsvStream, PiecesGiveTheRecordsOfTheWhole) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    constexpr std::string_view kBits[] = {"a",  "bc",   ",",  ",", "\"", "\"\"",
                                          "\n", "\r\n", "\r", " ", "'1", "é"};
    for (int round = 0; round < 300; ++round) {
        std::string text = random() % 4 == 0 ? "sep=,\r\nx,y\n" : "x,y\n";
        for (unsigned i = random() % 200; i > 0; --i) text += kBits[random() % std::size(kBits)];
        testing::DribblingSource source(text, random(), 1 + random() % 9);
        const auto rows = streamed(source);
        ASSERT_EQ(rows, whole(text)) << ::testing::PrintToString(text);
    }
}

TEST(CsvStream, ARowOfManyMegabytesCostsOnlyItself) {
    std::string text = "a,b\n1,2\n3,";
    text.append(std::size_t{11} << 20, 'x');
    text += ",\"\n5,6\n";
    const auto source = memory_source(text);
    const auto rows = streamed(*source);
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_THAT(rows[2].fault, ::testing::HasSubstr("8 MiB"));
    EXPECT_EQ(rows[3], (Row{4, {"5", "6"}, ""}));
}

}  // namespace
}  // namespace verso::records
