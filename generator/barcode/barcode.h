// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/util/result.h"

namespace verso::generator {

/// A symbol as modules, row-major, '1' is ink, without quiet zone. Bars have one row.
struct Symbol {
    int columns = 0, rows = 0;
    std::string modules;
};

enum class QrLevel { M, Q };

/// QR Code (ISO/IEC 18004), smallest version that holds the text; alphanumeric mode where the text
/// allows it. ValueInvalid when it does not fit version 10.
Result<Symbol> encode_qr(std::string_view text, QrLevel level);

/// Square Data Matrix ECC 200 (ISO/IEC 16022).
Result<Symbol> encode_data_matrix(std::string_view text);

/// Code 128 (ISO/IEC 15417) of printable ASCII.
Result<Symbol> encode_code128(std::string_view text);

/// GS1-128 (GS1 General Specifications 5.4): application identifiers in square brackets, as
/// "[00]095287654321012346"; FNC1 is put in. ValueInvalid also for a wrong check digit or a length
/// that the identifier does not allow.
Result<Symbol> encode_gs1_128(std::string_view text);

}  // namespace verso::generator
