// SPDX-License-Identifier: Apache-2.0
// Symbols on a printed page, in all four directions, read by another library.
#include <gtest/gtest.h>

#include "generator/barcode/barcode.h"
#include "generator/pdf/pdf_writer.h"
#include "tests/generator/engine/rendering.h"

namespace verso::generator {
namespace {

const std::string kLink = "HTTPS://RATE.EXAMPLE.COM/C/014K7M2Q9XW3HTBB9ZK3T5V7X1Y2W4R6P8QN";

Rendering print(const Symbol& symbol, MmBox box, int turn) {
    PdfWriter writer(FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts").value(), {});
    const DrawList page{{90_mm, 90_mm},
                        {ModulesMark{box, symbol.columns, symbol.rows, symbol.modules, turn}}};
    EXPECT_TRUE(writer.add_page(page).has_value());
    return render(writer.finish().value(), 300);
}

TEST(PrintedSymbols, AreReadFromThePageInEveryDirection) {
    const Symbol qr = encode_qr(kLink, QrLevel::M).value();
    const Symbol matrix = encode_data_matrix("014K7M2Q9XW3HTB").value();
    const Symbol bars = encode_code128("RMA-2026-000123").value();
    for (const int turn : {0, 90, 180, 270}) {
        const MmBox square{30_mm, 40_mm, 22_mm, 22_mm};
        const MmBox bar_box =
            turn % 180 == 0 ? MmBox{10_mm, 40_mm, 70_mm, 15_mm} : MmBox{40_mm, 10_mm, 15_mm, 70_mm};
        EXPECT_EQ(decode(print(qr, square, turn), SymbolKind::Qr).text, kLink) << turn;
        EXPECT_EQ(decode(print(matrix, square, turn), SymbolKind::DataMatrix).text,
                  "014K7M2Q9XW3HTB")
            << turn;
        EXPECT_EQ(decode(print(bars, bar_box, turn), SymbolKind::Code128).text, "RMA-2026-000123")
            << turn;
    }
}

TEST(PrintedSymbols, TurnClockwiseInsideTheirBox) {
    const Symbol qr = encode_qr(kLink, QrLevel::M).value();
    const double px = 300 / 25.4;
    const double left = 30 * px, right = 52 * px, top = 40 * px, bottom = 62 * px;
    const struct {
        int turn;
        double x, y;
    } expected[] = {{0, left, top}, {90, right, top}, {180, right, bottom}, {270, left, bottom}};
    for (const auto& [turn, x, y] : expected) {
        const Rendering page = print(qr, {30_mm, 40_mm, 22_mm, 22_mm}, turn);
        const DecodedSymbol decoded = decode(page, SymbolKind::Qr);
        EXPECT_NEAR(decoded.x, x, 6) << turn;
        EXPECT_NEAR(decoded.y, y, 6) << turn;
        EXPECT_NEAR(page.ink_box().x, left, 1.5);
        EXPECT_NEAR(page.ink_box().right(), right, 1.5);
        EXPECT_NEAR(page.ink_box().y, top, 1.5);
        EXPECT_NEAR(page.ink_box().bottom(), bottom, 1.5);
    }
}

}  // namespace
}  // namespace verso::generator
