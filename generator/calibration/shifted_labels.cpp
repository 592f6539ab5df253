// SPDX-License-Identifier: Apache-2.0
#include "generator/calibration/shifted_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace verso::generator {
namespace {

constexpr int kMostRowsUp = 120;  ///< of ^LT
constexpr std::string_view kBegin = "^XA", kHome = "^LH";

struct Home {
    int x = 0, y = 0;
    std::size_t length = 0;  ///< of the parameters
};

// The parameters of ^LHx,y at the beginning of the text.
Home home_in(std::string_view text) {
    Home out;
    const char* end = text.data() + text.size();
    auto found = std::from_chars(text.data(), end, out.x);
    if (found.ptr < end && *found.ptr == ',') found = std::from_chars(found.ptr + 1, end, out.y);
    out.length = static_cast<std::size_t>(found.ptr - text.data());
    return out;
}

}  // namespace

Result<std::string> shift_labels(std::string_view zpl, const PrintCorrection& correction,
                                 PageSize page, int dpi) {
    if (dpi < 100 || dpi > 1200)
        return Error{ErrorCode::ValueInvalid, fmt::format("{} dpi is no resolution of labels", dpi),
                     "", "write 203, 300 or 600"};
    if (auto sound = check_correction(correction, page); !sound) return sound.error();
    const PrintError moved = describe(correction, page);
    // Print heads have whole dots in a millimetre at 203 dpi: 8.
    const double dots = dpi == 203 ? 8 : dpi / kMmPerInch;
    const int x = static_cast<int>(std::lround(moved.right.value * dots));
    const int y = static_cast<int>(std::lround(moved.down.value * dots));
    if (-y > kMostRowsUp)
        return Error{
            ErrorCode::ValueInvalid,
            fmt::format("labels can be moved up by {} dots at most, not by {}", kMostRowsUp, -y),
            "", "set the label's top at the printer"};
    const std::string shift = fmt::format("^LS{}^LT{}", std::max(0, -x), std::min(0, y));
    const int right = std::max(0, x), down = std::max(0, y);
    std::string out;
    for (std::size_t at = 0; at < zpl.size();) {
        const std::string_view rest = zpl.substr(at);
        if (rest.starts_with(kBegin)) {
            out += fmt::format("{}{}^LH{},{}", kBegin, shift, right, down);
            at += kBegin.size();
        } else if (rest.starts_with(kHome)) {
            const Home home = home_in(rest.substr(kHome.size()));
            out += fmt::format("{}{},{}", kHome, home.x + right, home.y + down);
            at += kHome.size() + home.length;
        } else {
            out += zpl[at++];
        }
    }
    return out;
}

}  // namespace verso::generator
