// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>

namespace verso {

/// A length in one unit; different units do not mix. Multiply and divide by plain numbers; the
/// quotient of two lengths is a plain number.
template <class Tag>
struct Length {
    double value = 0;

    constexpr Length() = default;
    explicit constexpr Length(double v) : value(v) {}

    friend constexpr Length operator+(Length a, Length b) { return Length{a.value + b.value}; }
    friend constexpr Length operator-(Length a, Length b) { return Length{a.value - b.value}; }
    friend constexpr Length operator-(Length a) { return Length{-a.value}; }
    friend constexpr Length operator*(Length a, double k) { return Length{a.value * k}; }
    friend constexpr Length operator*(double k, Length a) { return Length{a.value * k}; }
    friend constexpr Length operator/(Length a, double k) { return Length{a.value / k}; }
    friend constexpr double operator/(Length a, Length b) { return a.value / b.value; }
    constexpr Length& operator+=(Length b) {
        value += b.value;
        return *this;
    }
    constexpr Length& operator-=(Length b) {
        value -= b.value;
        return *this;
    }
    friend constexpr auto operator<=>(Length, Length) = default;
};

using Mm = Length<struct MmTag>;  ///< millimetres on paper
using Pt = Length<struct PtTag>;  ///< PostScript points, 1/72 inch
using Px = Length<struct PxTag>;  ///< pixels of an image

inline constexpr double kMmPerInch = 25.4;

constexpr Pt to_pt(Mm length) { return Pt{length.value * 72.0 / kMmPerInch}; }
constexpr Mm to_mm(Pt length) { return Mm{length.value * kMmPerInch / 72.0}; }

constexpr Mm operator""_mm(long double v) { return Mm{static_cast<double>(v)}; }
constexpr Mm operator""_mm(unsigned long long v) { return Mm{static_cast<double>(v)}; }
constexpr Pt operator""_pt(long double v) { return Pt{static_cast<double>(v)}; }
constexpr Pt operator""_pt(unsigned long long v) { return Pt{static_cast<double>(v)}; }

}  // namespace verso
