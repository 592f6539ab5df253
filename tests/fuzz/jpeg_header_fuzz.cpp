// SPDX-License-Identifier: Apache-2.0
// Any bytes are a header of sorts: what is said lies in its range.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "scanner/image/exif.h"
#include "scanner/image/jpeg_header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verso::scanner;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const JpegHeader header = parse_jpeg_header(bytes);
    const ExifTags exif = parse_exif(bytes);
    for (const int orientation : {header.orientation, exif.orientation}) {
        if (orientation < 1 || orientation > 8) std::abort();
    }
    if (!(header.dpi >= 0) || !(exif.dpi >= 0)) std::abort();
    return 0;
}
