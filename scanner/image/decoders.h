// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/util/result.h"
#include "scanner/image/gray_image.h"
#include "scanner/image/image_loader.h"
#include "scanner/image/photo_loader.h"

// The decoders behind image_loader.h, one .cpp and one third party each. All are thread-safe, keep
// nothing of the bytes, let no exception out and print nothing. `where` names file and page.

namespace verso::scanner {

/// What a container says about the JPEG inside it, against what the JPEG says about itself.
struct JpegContext {
    bool apply_exif = true;               ///< PDF viewers ignore EXIF orientation; default true
    std::optional<bool> cmyk_inverted{};  ///< 255 means no ink; default by the Adobe marker
};

Result<GrayImage> decode_jpeg(std::string_view bytes, const std::string& where,
                              const LoadLimits& limits, const JpegContext& context = {});

Result<GrayImage> decode_png(std::string_view bytes, const std::string& where,
                             const LoadLimits& limits);

/// A still picture; animations are refused. EXIF orientation is applied.
Result<GrayImage> decode_webp(std::string_view bytes, const std::string& where,
                              const LoadLimits& limits);

// The same in colour, for people: photo_loader.h.
Result<StoredPhoto> photo_of_png(std::string_view bytes, const std::string& where,
                                 const LoadLimits& limits);
Result<StoredPhoto> photo_of_webp(std::string_view bytes, const std::string& where,
                                  const LoadLimits& limits);
Result<StoredPhoto> photo_of_heif(std::string_view bytes, const std::string& where,
                                  const LoadLimits& limits);

/// Which of the photos' formats the bytes are.
enum class PictureKind { Jpeg, Png, WebP, Heif, Other };
PictureKind picture_kind(std::string_view bytes);

/// HEIC and AVIF: the primary picture first, then the file's other ones; turned as the file says.
Result<int> decode_heif(std::string_view bytes, const std::string& name, const LoadLimits& limits,
                        const PageSink& sink, const PageHooks& hooks);

/// Netpbm P1 to P6; the pictures of a file that holds several, in order.
Result<int> decode_pnm(std::string_view bytes, const std::string& name, const LoadLimits& limits,
                       const PageSink& sink, const PageHooks& hooks);

/// Every directory in order; the number of pages.
Result<int> decode_tiff(std::string_view bytes, const std::string& name, const LoadLimits& limits,
                        const PageSink& sink, const PageHooks& hooks);

/// The first directory only, as it is in the file: no orientation, no squaring of pixels.
Result<GrayImage> decode_tiff_raw(std::string_view bytes, const std::string& where,
                                  const LoadLimits& limits);

/// Every page in order; the number of pages.
Result<int> decode_pdf(std::string_view bytes, const std::string& name, const LoadLimits& limits,
                       const PageSink& sink, const PageHooks& hooks);

}  // namespace verso::scanner
