// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/card/card_layout.h"
#include "core/geometry/shapes.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// A decoded symbol. Corners in image pixels (the centre of the first pixel is 0, 0), in the
/// symbol's own order: top left, top right, bottom right, bottom left of an upright symbol.
struct FoundCode {
    CodeKind kind = CodeKind::Qr;
    std::string text;
    std::array<PxPoint, 4> corners{};
};

/// A part of an image in whole pixels. Clipped to the image by whoever uses it.
struct PxRect {
    int x = 0, y = 0, w = 0, h = 0;
};

/// Finds and decodes one symbol of one kind inside `part` of the image; nothing when there is none
/// that decodes. `thorough` looks at every row and turns the picture, at several times the cost;
/// `plain` takes one threshold for the whole part, at half of the cost, for even light.
/// The decoder behind this can abort the process on rare pictures (docs/reading-a-card.md), so
/// pictures from outside are read in a child process. Thread-safe.
std::optional<FoundCode> read_code(const GrayImage& image, PxRect part, CodeKind kind,
                                   bool thorough, bool plain = false);

/// Decodes a square symbol of which the modules are known, 1 for dark, row by row: no search, a
/// twentieth of its cost. Nothing when its error correction gives up. Thread-safe.
std::optional<std::string> decode_modules(const std::vector<std::uint8_t>& dark, int side,
                                          CodeKind kind);

}  // namespace verso::scanner
