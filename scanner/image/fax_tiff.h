// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "scanner/image/image_loader.h"

namespace verso::scanner {

/// How bare CCITT data is coded; the names follow PDF's CCITTFaxDecode (ISO 32000-1, 7.4.6).
struct FaxCoding {
    int k = 0;  ///< below 0: group 4; 0: group 3 in one dimension; above 0: in two
    int columns = 0, rows = 0;
    bool byte_aligned = false;  ///< each row starts on a byte
};

/// Decodes bare CCITT data by putting a TIFF head before it. 0 is black, 255 white.
Result<GrayImage> decode_fax_data(std::string_view bytes, const FaxCoding& coding,
                                  const std::string& where, const LoadLimits& limits);

}  // namespace verso::scanner
