// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace verso::scanner {

/// What EXIF says of how a picture is to be shown (CIPA DC-008, tags 274, 282, 296).
struct ExifTags {
    int orientation = 1;  ///< 1 to 8
    double dpi = 0;       ///< across; 0 when not said
};

/// Reads the first directory of an EXIF block, a small TIFF. What is missing or points outside
/// keeps its default; never fails.
ExifTags parse_exif(std::string_view tiff);

}  // namespace verso::scanner
