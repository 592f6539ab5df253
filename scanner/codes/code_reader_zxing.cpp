// SPDX-License-Identifier: Apache-2.0
#define ZX_USE_UTF8 1
#include "scanner/codes/code_reader.h"

#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <exception>

namespace verso::scanner {

namespace {

ZXing::BarcodeFormat zxing_format(CodeKind kind) {
    switch (kind) {
        case CodeKind::Qr:
            return ZXing::BarcodeFormat::QRCode;
        case CodeKind::DataMatrix:
            return ZXing::BarcodeFormat::DataMatrix;
        case CodeKind::Code128:
            return ZXing::BarcodeFormat::Code128;
    }
    return ZXing::BarcodeFormat::QRCode;
}

/// One format, one symbol, no downscaling of its own: ZXing 1.4.0 is built with assertions and
/// aborts on some good pictures otherwise (upstream issue 740).
ZXing::DecodeHints hints_for(CodeKind kind, bool thorough) {
    ZXing::DecodeHints hints;
    hints.setFormats(zxing_format(kind));
    hints.setTryDownscale(false);
    hints.setMaxNumberOfSymbols(1);
    hints.setTryHarder(thorough);
    hints.setTryRotate(thorough);
    return hints;
}

}  // namespace

std::optional<FoundCode> read_code(const GrayImage& image, PxRect part, CodeKind kind,
                                   bool thorough, bool plain) {
    const int left = std::clamp(part.x, 0, image.width);
    const int top = std::clamp(part.y, 0, image.height);
    const int width = std::clamp(part.x + part.w, left, image.width) - left;
    const int height = std::clamp(part.y + part.h, top, image.height) - top;
    constexpr int kSmallest = 10;  // no symbol has fewer modules
    if (width < kSmallest || height < kSmallest) return std::nullopt;
    try {
        const ZXing::ImageView view(image.row(top) + left, width, height, ZXing::ImageFormat::Lum,
                                    image.width);
        auto hints = hints_for(kind, thorough);
        if (plain) hints.setBinarizer(ZXing::Binarizer::GlobalHistogram);
        const ZXing::Result result = ZXing::ReadBarcode(view, hints);
        if (!result.isValid() || result.isMirrored()) return std::nullopt;
        FoundCode code{kind, result.text(), {}};
        for (std::size_t i = 0; i < 4; ++i) {
            const auto corner = result.position()[i];
            code.corners[i] = {Px{double(corner.x + left)}, Px{double(corner.y + top)}};
        }
        return code;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

std::optional<std::string> decode_modules(const std::vector<std::uint8_t>& dark, int side,
                                          CodeKind kind) {
    constexpr int kPixels = 2, kQuiet = 4;  // px a module; modules
    const int width = (side + 2 * kQuiet) * kPixels;
    std::vector<std::uint8_t> pixels(std::size_t(width) * std::size_t(width), 255);
    for (int y = 0; y < side * kPixels; ++y) {
        std::uint8_t* row = pixels.data() + (y + kQuiet * kPixels) * width + kQuiet * kPixels;
        for (int x = 0; x < side * kPixels; ++x) {
            if (dark.at(std::size_t(y / kPixels * side + x / kPixels)) != 0) row[x] = 0;
        }
    }
    try {
        auto hints = hints_for(kind, false);
        hints.setIsPure(true);
        hints.setBinarizer(ZXing::Binarizer::BoolCast);
        const ZXing::ImageView view(pixels.data(), width, width, ZXing::ImageFormat::Lum);
        const ZXing::Result result = ZXing::ReadBarcode(view, hints);
        if (!result.isValid() || result.isMirrored()) return std::nullopt;
        return result.text();
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}  // namespace verso::scanner
