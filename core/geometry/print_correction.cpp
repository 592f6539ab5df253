// SPDX-License-Identifier: Apache-2.0
#include "core/geometry/print_correction.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace verso {
namespace {

constexpr double kMostOffset = 15, kMostScale = 0.03, kMostDegrees = 2;
constexpr double kDegree = std::numbers::pi / 180;

MmPoint middle(PageSize page) { return {page.width / 2, page.height / 2}; }

}  // namespace

PrintCorrection PrintCorrection::inverse() const {
    const double area = xx * yy - xy * yx;
    PrintCorrection out{yy / area, -xy / area, -yx / area, xx / area, Mm{0}, Mm{0}};
    out.x0 = -(x0 * out.xx + y0 * out.xy);
    out.y0 = -(x0 * out.yx + y0 * out.yy);
    return out;
}

PrintCorrection PrintCorrection::after(const PrintCorrection& first) const {
    const MmPoint origin = apply({first.x0, first.y0});
    return {xx * first.xx + xy * first.yx,
            xx * first.xy + xy * first.yy,
            yx * first.xx + yy * first.yx,
            yx * first.xy + yy * first.yy,
            origin.x,
            origin.y};
}

PrintCorrection PrintCorrection::from_numbers(const std::array<double, 6>& numbers) {
    return {numbers[0], numbers[1], numbers[2], numbers[3], Mm{numbers[4]}, Mm{numbers[5]}};
}

PrintError describe(const PrintCorrection& map, PageSize page) {
    const MmPoint from = middle(page), to = map.apply(from);
    PrintError out;
    out.right = to.x - from.x;
    out.down = to.y - from.y;
    out.scale_x = std::hypot(map.xx, map.yx);
    out.scale_y = std::hypot(map.xy, map.yy);
    const double level = std::atan2(map.yx, map.xx), upright = std::atan2(-map.xy, map.yy);
    out.turned = level / kDegree;
    out.skewed = (upright - level) / kDegree;
    return out;
}

PrintCorrection print_map(const PrintError& error, PageSize page) {
    const double level = error.turned * kDegree, upright = level + error.skewed * kDegree;
    PrintCorrection out{error.scale_x * std::cos(level),
                        -error.scale_y * std::sin(upright),
                        error.scale_x * std::sin(level),
                        error.scale_y * std::cos(upright),
                        Mm{0},
                        Mm{0}};
    const MmPoint at = middle(page), to = out.apply(at);
    out.x0 = at.x - to.x + error.right;
    out.y0 = at.y - to.y + error.down;
    return out;
}

PrintCorrection correction_for_offset(Mm right, Mm down) {
    PrintCorrection out;
    out.x0 = Mm{0} - right;
    out.y0 = Mm{0} - down;
    return out;
}

Result<void> check_correction(const PrintCorrection& correction, PageSize page) {
    for (const double number : correction.numbers())
        if (!std::isfinite(number))
            return Error{ErrorCode::ValueInvalid, "a correction has a number that is none", "",
                         "calibrate the printer again"};
    const PrintError error = describe(correction, page);
    const double offset = std::max(std::abs(error.right.value), std::abs(error.down.value));
    if (offset > kMostOffset)
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("the print is {:.1f} mm off; {:.0f} mm at most can be corrected",
                                 offset, kMostOffset),
                     "", "look at the printer's paper guides and its settings for margins"};
    const double scale = std::max(std::abs(error.scale_x - 1), std::abs(error.scale_y - 1));
    if (scale > kMostScale)
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("the print is {:.1f} % too large or too small; {:.0f} % at most "
                                 "can be corrected",
                                 scale * 100, kMostScale * 100),
                     "", "is it the right paper? is \"fit to page\" switched off at the printer?"};
    if (std::max(std::abs(error.turned), std::abs(error.skewed)) > kMostDegrees)
        return Error{
            ErrorCode::ValueInvalid,
            fmt::format("the print is turned by {:.1f} degrees; {:.0f} at most can be "
                        "corrected",
                        std::max(std::abs(error.turned), std::abs(error.skewed)), kMostDegrees),
            "", "push the paper guides against the paper"};
    return {};
}

}  // namespace verso
