// SPDX-License-Identifier: Apache-2.0
// Any text is a piece or none; a piece is written as it was read and compares with itself.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/domain/piece.h"
#include "core/domain/piece_cells.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verso;
    constexpr std::size_t kLargest = 8000;  // comparing takes time with the square of the boxes
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto cells = parse_piece(text);
    if (!cells) return 0;
    if (parse_piece(format_piece(*cells)).value_or(std::vector<PieceCells>{}) != *cells)
        std::abort();
    if (size <= kLargest && compare_pieces(text, text) == PieceMatch::Different) std::abort();
    return 0;
}
