// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/geometry/shapes.h"

namespace verso::generator {

/// An image of 8 bits a pixel, 0 is black.
struct Rendering {
    int width = 0, height = 0;
    std::string pixels;

    int at(int x, int y) const {
        return static_cast<unsigned char>(pixels.at(static_cast<std::size_t>(y * width + x)));
    }
    /// Where the dark pixels are; empty when there are none.
    Box<int> ink_box() const;
};

/// A binary PGM.
Rendering parse_pgm(std::string_view bytes);

/// The first page, by poppler.
Rendering render(std::string_view pdf, int dpi);

/// What a decoder found.
struct DecodedSymbol {
    std::string text;
    std::string level;    ///< of error correction, for QR Codes
    double x = 0, y = 0;  ///< the symbol's own top left corner, in pixels
};
enum class SymbolKind { Qr, DataMatrix, Code128 };
/// The one symbol of a kind; empty text when none was read.
DecodedSymbol decode(const Rendering& image, SymbolKind kind);

}  // namespace verso::generator
