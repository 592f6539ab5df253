// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/util/error.h"

namespace verso::generator {

struct PixelSize {
    int width = 0, height = 0;
};

/// What a picture says of itself.
struct PictureFacts {
    PixelSize pixels;
    double dpi_x = 0, dpi_y = 0;  ///< 0: not told
};

/// FormatInvalid for a picture that cannot be printed.
inline Error damaged_picture(const std::string& what, const std::string& name) {
    return {ErrorCode::FormatInvalid, what, name, "open it in a paint program and save it again"};
}

/// Big-endian numbers of JPEG and PNG; 0 where the bytes end.
inline unsigned byte_at(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}
inline unsigned word_at(std::string_view bytes, std::size_t at) {
    return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}
inline unsigned long_at(std::string_view bytes, std::size_t at) {
    return word_at(bytes, at) << 16 | word_at(bytes, at + 2);
}

}  // namespace verso::generator
