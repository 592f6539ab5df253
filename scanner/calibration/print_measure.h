// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "core/geometry/homography.h"
#include "core/geometry/print_correction.h"
#include "core/page/calibration_sheet.h"
#include "core/util/result.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// What a printed calibration page, scanned or photographed, tells of its printer.
struct PrintMeasurement {
    PrintCorrection print;   ///< where the printer puts things on the paper; its inverse corrects
    PrintError error;        ///< the same in words
    double residual_mm = 0;  ///< the worst mark's distance from where `print` says
    double edge_mm = 0;      ///< the same of the paper's edges, root mean square, the worst edge
    std::array<MmPoint, 6> marks{};  ///< where the marks are on the paper
};

/// Measures by the paper's edges and the sheet's marks, below a pixel. The paper may lie anyhow,
/// also sideways or upside down, and a little askew under a camera; all of its edges must show,
/// before something darker or lighter than it. Errors, each with a sentence that says what to do:
/// NotFound (no marks, or an edge of the paper is not seen), ValueInvalid (the wrong paper, an
/// error too large to correct, paper that does not lie flat). Pure; thread-safe.
Result<PrintMeasurement> measure_print(const GrayImage& image, const CalibrationSheet& sheet);

}  // namespace verso::scanner
