// SPDX-License-Identifier: Apache-2.0
#include "records/import/text_source.h"

#include <gtest/gtest.h>

#include "tests/records/import/import_sources.h"

namespace verso::records {
namespace {

Result<TextEncoding> encoding_of(std::string_view bytes) {
    return find_encoding(*memory_source(bytes));
}

std::string text_of(std::string_view bytes, std::size_t pieces = 1000) {
    testing::DribblingSource source(std::string(bytes), 1, pieces);
    const auto encoding = find_encoding(source).value();
    auto text = TextSource::open(source, encoding).value();
    std::string out;
    while (text.append_to(out, pieces).value()) continue;
    return out;
}

TEST(TextSource, DropsTheMarkAtTheStart) {
    EXPECT_EQ(text_of("\xEF\xBB\xBForder"), "order");
    EXPECT_EQ(text_of("\xEF\xBB\xBForder", 3), "order");
    EXPECT_EQ(text_of("\xEF\xBB\xBF"), "");
}

TEST(TextSource, TakesWhatIsNotUtf8AsWindows1252) {
    EXPECT_EQ(encoding_of("caf\xE9 \x80 5 \x9C").value(), TextEncoding::Windows1252);
    EXPECT_EQ(text_of("caf\xE9 \x80 5 \x9C"), "café € 5 œ");
    EXPECT_EQ(text_of("caf\xE9 \x80 5 \x9C", 1), "café € 5 œ");
    EXPECT_EQ(encoding_of("café").value(), TextEncoding::Utf8);
}

TEST(TextSource, SequencesThatAPieceCutsAreWhole) {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += "a€";  // three pieces, cut within a sequence
    EXPECT_EQ(encoding_of(text).value(), TextEncoding::Utf8);
    testing::DribblingSource slow("é€\xF0\x9F\x98\x80é€", 2, 2);
    EXPECT_EQ(find_encoding(slow).value(), TextEncoding::Utf8);
}

TEST(TextSource, AFewWrongBytesAreDamage) {
    EXPECT_EQ(encoding_of("é é é \xE9").value(), TextEncoding::DamagedUtf8);
    EXPECT_EQ(encoding_of("é é \xC3").value(), TextEncoding::DamagedUtf8) << "cut off";
    EXPECT_EQ(encoding_of("é \xE9 \xE8").value(), TextEncoding::Windows1252);
}

TEST(TextSource, RefusesWhatIsNoText) {
    for (std::string_view bytes : {std::string_view("\xFF\xFEo\0", 4), std::string_view("a\0b", 3),
                                   std::string_view("PK\x03\x04 xl/workbook")}) {
        auto encoding = encoding_of(bytes);
        ASSERT_FALSE(encoding);
        EXPECT_EQ(encoding.error().code, ErrorCode::FormatInvalid);
        EXPECT_FALSE(encoding.error().cure.empty());
    }
}

TEST(Utf8, KnowsOverlongFormsAndSurrogates) {
    EXPECT_TRUE(is_utf8("aé€\xF0\x9F\x98\x80"));
    for (const char* bad : {"\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                            "\xF5\x80\x80\x80", "\xC3", "\xE2\x82"}) {
        EXPECT_FALSE(is_utf8(bad)) << ::testing::PrintToString(bad);
    }
}

}  // namespace
}  // namespace verso::records
