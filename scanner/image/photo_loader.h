// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/util/result.h"
#include "scanner/image/image_loader.h"
#include "scanner/image/png_writer.h"

namespace verso::scanner {

/// A photo as its file holds it, in colour and before it is turned. Pixels alone: nothing of what
/// else the file says (place, time, camera) is kept.
struct StoredPhoto {
    RgbImage image;
    int orientation = 1;  ///< 1 to 8 as in EXIF (tag 274)
};

/// Decodes a JPEG, PNG, WebP, HEIC or AVIF by its bytes, never by its name; of a file with several
/// pictures the first. A JPEG is decoded at a half, a quarter or an eighth where its longer side
/// still has `side` pixels then. FormatInvalid: none of these, or damaged; LimitExceeded.
/// Thread-safe; `name` only serves messages.
Result<StoredPhoto> load_photo(std::string_view bytes, const std::string& name,
                               const LoadLimits& limits, int side);

/// The photo turned upright: `orientation` as in EXIF.
RgbImage upright(const RgbImage& image, int orientation);

/// A baseline JPEG with nothing in it but the picture; Internal when it cannot be made.
Result<std::string> jpeg_bytes(const RgbImage& image, int quality);

}  // namespace verso::scanner
