// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "scanner/marks/box_alignment.h"

namespace verso::scanner {

/// Which pixels of a patch belong to what, as indices. Made once per shape and size of box for the
/// place where the layout has it; a box that is found a few pixels away uses the same, moved.
struct BoxZones {
    static constexpr int kRing = 8, kRound = 12;  ///< sectors, from the left clockwise
    std::vector<int> inside, core;                ///< where ink and where faint traces are believed
    std::vector<int> outline;
    std::array<std::vector<int>, kRing> ring;    ///< 0.4 to 1.1 mm outside the outline
    std::array<std::vector<int>, kRound> round;  ///< 0.4 to 1.75 mm outside
    std::vector<int> far;                        ///< 1.1 to 1.75 mm outside
    double inset = 0;  ///< mm from the outline's centre line to the inside
};

/// How far inside the outline ink and faint traces are believed, mm.
struct ZoneInsets {
    double ink, traces;
};

/// Blur carries the outline's own darkness inwards by about a pixel of the scan, more when the
/// outline itself is soft: phone photos of the lab with motion blur read half of their empty boxes
/// as doubtful without that.
ZoneInsets insets_for(const std::vector<AlignedBox>& boxes, double px_per_mm);

/// The zones of each size of box on one card.
class ZoneTable {
  public:
    explicit ZoneTable(const ZoneInsets& insets) : insets_(insets) {}
    /// Lives as long as the table.
    const BoxZones& of(const AlignedBox& box);

  private:
    using Key = std::tuple<int, double, double, int, int>;
    ZoneInsets insets_;
    std::map<Key, BoxZones> zones_;
};

/// One box with its zones, moved to where its print was found. The patch has room for the ring at
/// every shift that the alignment can give. Box and zones must outlive it.
struct BoxView {
    const AlignedBox& box;
    const BoxZones& zones;
    int move;

    BoxView(const AlignedBox& b, const BoxZones& z);
    std::size_t index(int zone_pixel) const { return std::size_t(zone_pixel + move); }
    /// One byte a pixel of the patch.
    std::vector<std::uint8_t> mask(const std::vector<int>& zone) const;
    double inner_height() const { return box.option->box.h.value - 2 * zones.inset; }  ///< mm
};

}  // namespace verso::scanner
