// SPDX-License-Identifier: Apache-2.0
#include "generator/picture/picture_objects.h"

#include <fmt/format.h>

#include "generator/picture/foreign_page.h"
#include "generator/picture/jpeg_picture.h"
#include "generator/picture/png_picture.h"

namespace verso::generator {

Result<PdfObjects> picture_objects(const Picture& picture) {
    const std::string name = fmt::format("picture {}", picture.sha256.substr(0, 12));
    switch (picture.format) {
        case Picture::Format::Jpeg:
            return jpeg_objects(picture.bytes, name);
        case Picture::Format::Png:
            return png_objects(picture.bytes, name);
        case Picture::Format::Pdf:
            return foreign_page_objects(picture.bytes, name);
    }
    return Error{ErrorCode::Internal, "a picture of no kind", name, ""};
}

}  // namespace verso::generator
