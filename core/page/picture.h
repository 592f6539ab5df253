// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/geometry/units.h"

namespace verso {

/// A picture given by the merchant or a carrier (a logo, a label), as the bytes it came in. It is
/// put on paper as it is: nothing is decoded and encoded again, so that codes in it stay sharp.
struct Picture {
    enum class Format { Jpeg, Png, Pdf };
    Format format = Format::Png;
    int width_px = 0, height_px = 0;  ///< of JPEG and PNG; 0 for a PDF
    Mm width{}, height{};  ///< natural size: of a PDF's page, or by the picture's own dpi
    std::string bytes;     ///< the whole file; of a PDF the first page is meant
    std::string sha256;    ///< of the bytes, hexadecimal: its identity
};

}  // namespace verso
