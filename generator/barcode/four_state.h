// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/geometry/shapes.h"
#include "core/util/result.h"

namespace verso::generator {

// Bars of the posts: codes whose bars differ in height, and the facing marks of the US. They are
// drawn as rectangles from the bar string, at the posts' own heights; pure functions, any thread.

/// The codes of four states that are drawn here.
enum class FourStateKind {
    Imb,        ///< Intelligent Mail barcode, US (USPS-B-3200): "20 digits" or "20 digits-ZIP"
    Rm4scc,     ///< Royal Mail 4-state customer code: postcode and delivery point, without check
    Kix,        ///< PostNL: postcode and number, as "2500GG30250", an addition after an X
    MailmarkC,  ///< Royal Mail Mailmark, 22 characters, 66 bars
    MailmarkL,  ///< Royal Mail Mailmark, 26 characters, 78 bars
};

/// Sizes of one code in millimetres, in the middle of what its post allows.
struct FourStateGeometry {
    Mm bar;           ///< width of a bar
    Mm pitch;         ///< from one bar's left edge to the next
    Mm tracker;       ///< height of the shortest bar
    Mm extension;     ///< what an ascender or a descender adds to it
    Mm quiet_beside;  ///< white to the left and right
    Mm quiet_above;   ///< white above and below
    constexpr Mm height() const { return tracker + extension * 2; }
    /// From the first bar's left edge to the last one's right edge.
    constexpr Mm width(std::size_t bars) const {
        return bars == 0 ? Mm{0} : pitch * double(bars - 1) + bar;
    }
};
FourStateGeometry four_state_geometry(FourStateKind kind);

/// The bars from left to right: T tracker, A ascender, D descender, F full. ValueInvalid when the
/// post's code does not hold this text. A Mailmark may be shorter than its kind: it is padded.
Result<std::string> encode_four_state(FourStateKind kind, std::string_view text);

/// One rectangle a bar; `origin` is the top left of the code without its quiet zone.
/// Requires: `bars` of encode_four_state.
std::vector<MmBox> four_state_bars(FourStateKind kind, std::string_view bars, MmPoint origin);

/// "imb", "rm4scc", "kix", "mailmark-c", "mailmark-l". ValueInvalid for another word.
Result<FourStateKind> parse_four_state_kind(std::string_view word);

/// Size of a Facing Identification Mark: nine places of 1/16 in, bars of 1/32 in, 5/8 in high
/// (USPS Publication 25, 10-1.3).
inline constexpr Mm kFimBar{25.4 / 32}, kFimPitch{25.4 / 16}, kFimHeight{25.4 * 5 / 8};
inline constexpr Mm kFimWidth = kFimPitch * 8 + kFimBar;

/// The bars of a Facing Identification Mark, `origin` its top left. ValueInvalid for a letter other
/// than A to E.
Result<std::vector<MmBox>> fim_bars(char letter, MmPoint origin);

}  // namespace verso::generator
