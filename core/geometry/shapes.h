// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "core/geometry/units.h"

namespace verso {

/// A position; y grows downwards, in images and on pages alike.
template <class Unit>
struct Point {
    Unit x{}, y{};

    friend constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
    friend constexpr Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
    friend constexpr bool operator==(Point, Point) = default;
};

/// An upright rectangle: top left corner and size.
template <class Unit>
struct Box {
    Unit x{}, y{}, w{}, h{};

    constexpr Unit right() const { return x + w; }
    constexpr Unit bottom() const { return y + h; }
    constexpr Point<Unit> center() const { return {x + w / 2, y + h / 2}; }
    /// Top left, top right, bottom right, bottom left.
    constexpr std::array<Point<Unit>, 4> corners() const {
        return {{{x, y}, {right(), y}, {right(), bottom()}, {x, bottom()}}};
    }
    /// Larger by `margin` on each side (smaller when negative).
    constexpr Box grown(Unit margin) const {
        return {x - margin, y - margin, w + margin * 2, h + margin * 2};
    }
    constexpr bool contains(Point<Unit> p) const {
        return p.x >= x && p.x <= right() && p.y >= y && p.y <= bottom();
    }
    constexpr bool contains(const Box& b) const {
        return b.x >= x && b.y >= y && b.right() <= right() && b.bottom() <= bottom();
    }
    constexpr bool intersects(const Box& b) const {
        return x < b.right() && b.x < right() && y < b.bottom() && b.y < bottom();
    }
    friend constexpr bool operator==(const Box&, const Box&) = default;
};

using MmPoint = Point<Mm>;
using PxPoint = Point<Px>;
using MmBox = Box<Mm>;
using PxBox = Box<Px>;

/// Width and height of a page.
struct PageSize {
    Mm width{}, height{};
    friend constexpr bool operator==(PageSize, PageSize) = default;
};

}  // namespace verso
