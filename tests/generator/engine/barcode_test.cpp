// SPDX-License-Identifier: Apache-2.0
// Symbols are read back by another library than the ones that made them.
#include "generator/barcode/barcode.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/generator/engine/rendering.h"

namespace verso::generator {
namespace {

const std::string kLink = "HTTPS://RATE.EXAMPLE.COM/C/014K7M2Q9XW3HTBB9ZK3T5V7X1Y2W4R6P8QN";

// Four pixels a module, with a wide quiet zone.
Rendering enlarge(const Symbol& symbol) {
    constexpr int kScale = 4, kQuiet = 10;
    const int rows = symbol.rows == 1 ? 30 : symbol.rows;
    Rendering image{(symbol.columns + 2 * kQuiet) * kScale, (rows + 2 * kQuiet) * kScale, {}};
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            const int column = x / kScale - kQuiet;
            const int row = y / kScale - kQuiet;
            const bool inside = column >= 0 && column < symbol.columns && row >= 0 && row < rows;
            const int source = symbol.rows == 1 ? 0 : row;
            const bool ink = inside && symbol.modules.at(static_cast<std::size_t>(
                                           source * symbol.columns + column)) == '1';
            image.pixels += ink ? '\0' : '\xFF';
        }
    }
    return image;
}

TEST(EncodeQr, IsReadBackWithItsLevel) {
    for (const auto& [level, name] : {std::pair{QrLevel::M, "M"}, std::pair{QrLevel::Q, "Q"}}) {
        const Symbol symbol = encode_qr(kLink, level).value();
        EXPECT_EQ(symbol.columns, symbol.rows);
        const DecodedSymbol decoded = decode(enlarge(symbol), SymbolKind::Qr);
        EXPECT_EQ(decoded.text, kLink);
        EXPECT_EQ(decoded.level, name);
    }
}

TEST(EncodeQr, UsesAlphanumericModeWhereTheTextAllowsIt) {
    // 90 characters fill version 4-M in this mode (ISO/IEC 18004, table 7); as bytes they need 6-M.
    EXPECT_EQ(encode_qr(std::string(90, 'A'), QrLevel::M)->columns, 33);
    EXPECT_EQ(encode_qr(std::string(91, 'A'), QrLevel::M)->columns, 37);
    EXPECT_EQ(encode_qr(std::string(90, 'a'), QrLevel::M)->columns, 41);
}

TEST(EncodeQr, ReadsBackBytesAndUtf8) {
    for (const std::string& text :
         std::vector<std::string>{"https://rate.example.com/c/x?y=1", "Größe €", "0123456789"}) {
        EXPECT_EQ(decode(enlarge(encode_qr(text, QrLevel::M).value()), SymbolKind::Qr).text, text);
    }
}

TEST(EncodeQr, RefusesWhatDoesNotFitACard) {
    EXPECT_TRUE(encode_qr(std::string(311, 'A'), QrLevel::M).has_value());  // all of version 10-M
    for (const std::size_t length : {312u, 3000u, 100'000u}) {
        const auto refused = encode_qr(std::string(length, 'A'), QrLevel::M);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::ValueInvalid);
    }
    EXPECT_FALSE(encode_qr("", QrLevel::M));
}

TEST(EncodeDataMatrix, IsSquareAndReadBack) {
    for (const std::string& text : std::vector<std::string>{
             "014K7M2Q9XW3HTB", "A", "https://example.com/a/longer/one?with=query"}) {
        const Symbol symbol = encode_data_matrix(text).value();
        EXPECT_EQ(symbol.columns, symbol.rows);
        EXPECT_EQ(decode(enlarge(symbol), SymbolKind::DataMatrix).text, text);
    }
    EXPECT_EQ(encode_data_matrix("014K7M2Q9XW3HTB")->columns, 16);
}

TEST(EncodeDataMatrix, RefusesTooMuchOrNothing) {
    EXPECT_FALSE(encode_data_matrix(""));
    EXPECT_FALSE(encode_data_matrix(std::string(4000, 'x')));
}

TEST(EncodeCode128, IsOneRowAndReadBack) {
    for (const std::string& text :
         std::vector<std::string>{"RMA-2026-000123", "~ lower Case 12345678", "4711"}) {
        const Symbol symbol = encode_code128(text).value();
        EXPECT_EQ(symbol.rows, 1);
        EXPECT_EQ(decode(enlarge(symbol), SymbolKind::Code128).text, text);
    }
}

TEST(EncodeCode128, RefusesWhatIsNotPrintableAscii) {
    for (const std::string& text : std::vector<std::string>{
             std::string("é"), std::string("a\nb"), std::string(""), std::string(500, 'x')}) {
        const auto refused = encode_code128(text);
        ASSERT_FALSE(refused) << text;
        EXPECT_EQ(refused.error().code, ErrorCode::ValueInvalid);
    }
}

}  // namespace
}  // namespace verso::generator
