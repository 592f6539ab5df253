// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace verso {

/// The ink in and round one mark box, or in one field, as a raster that stands straight in the
/// layout. The layout gives its size, so the rasters of two scans of one card match cell by cell.
struct PieceCells {
    static constexpr double kBoxCellsPerMm = 4;
    static constexpr double kFieldCellsPerMm = 2;
    static constexpr std::uint8_t kDarkest = 6;
    static constexpr std::uint8_t kUnknown = 7;  ///< the card's own print lies there

    int index = 0;       ///< of the box or field in the layout
    bool field = false;  ///< a field's cells are only 0 or kDarkest
    int width = 0, height = 0;
    std::vector<std::uint8_t> values;  ///< row by row: 0 paper to kDarkest, or kUnknown
    friend bool operator==(const PieceCells&, const PieceCells&) = default;
};

/// As text of letters, digits, '+' and '/', behind a version. Empty for no cells.
std::string format_piece(const std::vector<PieceCells>& cells);

/// Nothing when the text is of another version, damaged, or larger than a card can be.
std::optional<std::vector<PieceCells>> parse_piece(std::string_view text);

}  // namespace verso
