// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/card/card_layout.h"
#include "core/geometry/homography.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

// Estimates in the terms of ISO/IEC 15416 (linear codes) and 15415 (matrix codes). A scanner or a
// rendering is no verifier: light, aperture and angle are not the standard's, so the result is
// called an estimate everywhere. docs/formats/proof.md has the tables.

/// One parameter as measured and its grade, 4 (A) to 0 (F).
struct GradedValue {
    std::string_view name;  ///< "contrast", "modulation"
    double value = 0;       ///< in the parameter's own terms, per cent as a number from 0 to 1
    double grade = 0;
};

/// What was seen of one symbol. The grade is the lowest of the parameters; for a linear code the
/// mean over its scan lines of the lowest of each line.
struct CodeGrade {
    double grade = 0;
    std::vector<GradedValue> values;  ///< each at its worst scan line
    /// "A" from 3.5, "B" from 2.5, "C" from 1.5, "D" from 0.5, else "F".
    char letter() const;
    /// The parameter that decided; empty for an A.
    std::string_view weakest() const;
};

/// A symbol of known modules, and where it is. The generator's draw list and a decoder's module
/// count give the same value.
struct SymbolPlace {
    MmBox box;        ///< without quiet zone
    int columns = 0;  ///< modules along the symbol's own rows
    int rows = 0;     ///< 1: a linear code
    int turn = 0;     ///< clockwise: 0, 90, 180, 270
};

/// Grades a linear code by ten scan lines over the middle four fifths of its bars: edges, contrast,
/// least reflectance, edge contrast, modulation, defects and decodability (ISO/IEC 15416, 5.4).
/// `map` takes page mm to pixels. Grade 0 when no bars are there. Thread-safe.
CodeGrade grade_linear(const GrayImage& image, const Homography& map, const SymbolPlace& place);

/// Grades a matrix code by its modules: contrast, modulation, axial and grid non-uniformity
/// (ISO/IEC 15415, 7.8). `modules` is what should be there, row-major, '1' dark. The decoder behind
/// us does not tell how much error correction was used, so that parameter is left out.
CodeGrade grade_matrix(const GrayImage& image, const Homography& map, const SymbolPlace& place,
                       std::string_view modules);

}  // namespace verso::scanner
