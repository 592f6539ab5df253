// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace verso::scanner {

/// What a JPEG's markers say beside the picture. Sources: ITU-T T.81 annex B (markers), T.871
/// (JFIF density), CIPA DC-008 (EXIF tags 274, 282, 296).
struct JpegHeader {
    bool progressive = false;  ///< damage at the end blurs all of it
    bool adobe = false;        ///< an Adobe marker: CMYK is stored inverted
    int orientation = 1;       ///< 1 to 8
    double dpi = 0;            ///< across; 0 when not said
};

/// Reads as far as the markers are sound; what is missing keeps its default. Never fails: the
/// decoder is the one that judges.
JpegHeader parse_jpeg_header(std::string_view bytes);

}  // namespace verso::scanner
