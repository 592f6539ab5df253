// SPDX-License-Identifier: Apache-2.0
#include "core/page/calibration_sheet.h"

#include <algorithm>

namespace verso {

Result<CalibrationSheet> calibration_sheet(PageSize page) {
    const double shorter = std::min(page.width.value, page.height.value);
    const double longer = std::max(page.width.value, page.height.value);
    if (!(shorter >= 45) || !(longer <= 450))
        return Error{ErrorCode::ValueInvalid, "paper of this size cannot be calibrated", "",
                     "sides of 45 to 450 mm can; measure the offset and type it"};
    CalibrationSheet out;
    out.page = page;
    out.size = Mm{std::clamp(shorter / 12, 5.0, 9.0)};
    const Mm in = kCalibrationMargin + out.size / 2;
    const Mm right = page.width - in, bottom = page.height - in;
    out.marks = {{{in, in},
                  {right, in},
                  {right, bottom},
                  {in, bottom},
                  {page.width / 2, page.height / 2},
                  {in + out.size * 2, in}}};
    return out;
}

}  // namespace verso
