// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/card/card_layout.h"
#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"
#include "scanner/lab/random.h"

namespace verso::scanner::lab {

/// What a pen leaves on paper.
struct Pen {
    std::string_view name;
    Mm width;
    double darkness;  ///< share of the light that full ink takes, 0 to 1
    double pressure;  ///< variation of width and ink along a stroke, 0 to 1
    double gaps;      ///< skips per mm
};

/// The pens that lie about in a household: ballpoint, gel, felt, pencil, faint ballpoint, faint
/// pencil, marker.
const std::array<Pen, 7>& pens();
/// A pen of that name. Requires: one of pens().
const Pen& find_pen(std::string_view name);
/// The same kind from another drawer: a little wider or narrower, darker or lighter.
Pen vary(const Pen& pen, Rng& rng);

/// How people mark a box. Loop runs on the outline or inside it, Circled round the whole box,
/// Overflow fills and runs over. Dot is a resting pen: meant by nobody, never drawn unless asked
/// for.
enum class MarkStyle { Filled, Scribble, Cross, Tick, Slash, Loop, Dot, Circled, Overflow };
inline constexpr std::array kMarkStyles{
    MarkStyle::Filled, MarkStyle::Scribble, MarkStyle::Cross,
    MarkStyle::Tick,   MarkStyle::Slash,    MarkStyle::Loop,
    MarkStyle::Dot,    MarkStyle::Circled,  MarkStyle::Overflow};
std::string_view to_string(MarkStyle style);

/// Marks one box as a hand does: placed a little beside, wobbling, overshooting. Ink shares inside
/// the box follow the real marks measured for this reader (docs/reading-a-card.md). The same seed
/// draws the same mark.
void draw_mark(GrayImage& image, const Homography& page_to_image, const MarkOption& option,
               MarkStyle style, const Pen& pen, std::uint64_t seed);

/// Strikes a marked box out, as people do who change their mind: several strokes, a wavy scribble
/// or a black-out, over the box and up to 2 mm beyond it; one in five blackens the box as the card
/// tells them to. The same seed, the same strokes.
void draw_strike(GrayImage& image, const Homography& page_to_image, const MarkOption& option,
                 const Pen& pen, std::uint64_t seed);

/// Lines of cursive that mean nothing, filling a part of the box from its top left.
void draw_handwriting(GrayImage& image, const Homography& page_to_image, const MmBox& box,
                      const Pen& pen, std::uint64_t seed);

}  // namespace verso::scanner::lab
