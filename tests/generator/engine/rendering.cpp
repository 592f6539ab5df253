// SPDX-License-Identifier: Apache-2.0
#define ZX_USE_UTF8 1
#include "tests/generator/engine/rendering.h"

#include <ZXing/ReadBarcode.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/generator/engine/tool.h"

namespace verso::generator {

Box<int> Rendering::ink_box() const {
    int left = width, top = height, right = -1, bottom = -1;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            if (at(x, y) >= 128) continue;
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
    }
    if (right < 0) return {};
    return {left, top, right - left + 1, bottom - top + 1};
}

Rendering parse_pgm(std::string_view bytes) {
    std::istringstream in{std::string(bytes)};
    std::string magic;
    int deepest = 0;
    Rendering image;
    in >> magic >> image.width >> image.height >> deepest;
    in.get();
    EXPECT_EQ(magic, "P5");
    EXPECT_EQ(deepest, 255);
    image.pixels.resize(static_cast<std::size_t>(image.width) *
                        static_cast<std::size_t>(image.height));
    in.read(image.pixels.data(), static_cast<std::streamsize>(image.pixels.size()));
    EXPECT_TRUE(in.good());
    return image;
}

Rendering render(std::string_view pdf, int dpi) {
    const ScratchFile file("page.pdf", pdf);
    const ToolRun run =
        run_tool("pdftoppm -gray -singlefile -r " + std::to_string(dpi) + " " + file.path());
    EXPECT_EQ(run.err, "");
    return parse_pgm(run.out);
}

DecodedSymbol decode(const Rendering& image, SymbolKind kind) {
    const auto format = kind == SymbolKind::Qr           ? ZXing::BarcodeFormat::QRCode
                        : kind == SymbolKind::DataMatrix ? ZXing::BarcodeFormat::DataMatrix
                                                         : ZXing::BarcodeFormat::Code128;
    // Version 1.4 aborts on some images unless it is kept to one format and one symbol.
    ZXing::DecodeHints hints;
    hints.setFormats(format).setTryHarder(true).setTryDownscale(false).setMaxNumberOfSymbols(1);
    const auto* pixels =
        static_cast<const std::uint8_t*>(static_cast<const void*>(image.pixels.data()));
    const auto result =
        ZXing::ReadBarcode({pixels, image.width, image.height, ZXing::ImageFormat::Lum}, hints);
    if (!result.isValid()) return {};
    return {result.text(), result.ecLevel(), static_cast<double>(result.position().topLeft().x),
            static_cast<double>(result.position().topLeft().y)};
}

}  // namespace verso::generator
