// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/geometry/print_correction.h"
#include "core/util/result.h"

namespace verso::generator {

/// Labels moved by the correction's offset at the middle of the page, in whole dots: right and down
/// by ^LH (label home), left by ^LS (label shift) and up by ^LT (label top), which a printer has
/// for that (ZPL II Programming Guide). Turn and scale are left out: no label printer can do them.
/// All three are written into each label, also when they are 0, for a printer keeps the last ones:
/// a printer that was corrected once gets its labels through this for ever. What ^LH says already
/// is added to. Text ZPL as ZplWriter makes it. ValueInvalid: an offset that is too large
/// (check_correction; up, 120 dots) or a resolution that is none.
Result<std::string> shift_labels(std::string_view zpl, const PrintCorrection& correction,
                                 PageSize page, int dpi);

}  // namespace verso::generator
