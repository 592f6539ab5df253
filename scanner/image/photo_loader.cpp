// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/photo_loader.h"

#include <turbojpeg.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "scanner/image/decoders.h"
#include "scanner/image/jpeg_header.h"
#include "scanner/image/pixels.h"

namespace verso::scanner {

namespace {

struct Closer {
    void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<void, Closer>;

const unsigned char* data_of(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// The largest of 1, 2, 4 and 8 by which the longer side may be divided and still has `side`.
int share_of(int longer, int side) {
    int share = 8;
    while (share > 1 && longer / share < side) share /= 2;
    return share;
}

Result<StoredPhoto> photo_of_jpeg(std::string_view bytes, const std::string& name,
                                  const LoadLimits& limits, int side) {
    const Handle decoder(tjInitDecompress());
    if (!decoder) return Error{ErrorCode::Internal, "the JPEG decoder did not start", name, ""};
    int width = 0, height = 0, sampling = 0, colours = 0;
    const auto size = static_cast<unsigned long>(bytes.size());
    if (tjDecompressHeader3(decoder.get(), data_of(bytes), size, &width, &height, &sampling,
                            &colours) != 0 &&
        tjGetErrorCode(decoder.get()) != TJERR_WARNING) {
        return damaged_page(name, "the JPEG header is damaged");
    }
    auto fits = check_size(static_cast<std::uint64_t>(std::max(width, 0)),
                           static_cast<std::uint64_t>(std::max(height, 0)), name, limits);
    if (!fits) return fits.error();
    if (colours == TJCS_CMYK || colours == TJCS_YCCK) {
        return unsupported_page(name, "the JPEG is made for a printing press");
    }
    const tjscalingfactor factor{1, share_of(std::max(width, height), side)};
    StoredPhoto photo;
    photo.orientation = parse_jpeg_header(bytes).orientation;
    photo.image.width = TJSCALED(width, factor);
    photo.image.height = TJSCALED(height, factor);
    photo.image.pixels.resize(std::size_t(photo.image.width) * std::size_t(photo.image.height) * 3);
    const int done =
        tjDecompress2(decoder.get(), data_of(bytes), size, photo.image.pixels.data(),
                      photo.image.width, 0, photo.image.height, TJPF_RGB, TJFLAG_LIMITSCANS);
    // A photo with a scar still shows what the buyer means; nothing is read from it.
    if (done != 0 && tjGetErrorCode(decoder.get()) != TJERR_WARNING) {
        return damaged_page(name, "the JPEG cannot be decoded");
    }
    return photo;
}

}  // namespace

Result<StoredPhoto> load_photo(std::string_view bytes, const std::string& name,
                               const LoadLimits& limits, int side) {
    switch (picture_kind(bytes)) {
        case PictureKind::Jpeg:
            return photo_of_jpeg(bytes, name, limits, side);
        case PictureKind::Png:
            return photo_of_png(bytes, name, limits);
        case PictureKind::WebP:
            return photo_of_webp(bytes, name, limits);
        case PictureKind::Heif:
            return photo_of_heif(bytes, name, limits);
        case PictureKind::Other:
            break;
    }
    return Error{ErrorCode::FormatInvalid, "this is no JPEG, PNG, WebP or HEIC picture", name,
                 "send a photo"};
}

RgbImage upright(const RgbImage& image, int orientation) {
    if (orientation < 2 || orientation > 8) return image;
    const bool swaps = orientation >= 5;
    RgbImage out;
    out.width = swaps ? image.height : image.width;
    out.height = swaps ? image.width : image.height;
    out.pixels.resize(image.pixels.size());
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            int from_x = swaps ? y : x, from_y = swaps ? x : y;
            if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) {
                from_x = image.width - 1 - from_x;
            }
            if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) {
                from_y = image.height - 1 - from_y;
            }
            const auto from =
                (std::size_t(from_y) * std::size_t(image.width) + std::size_t(from_x)) * 3;
            const auto to = (std::size_t(y) * std::size_t(out.width) + std::size_t(x)) * 3;
            std::copy_n(&image.pixels[from], 3, &out.pixels[to]);
        }
    }
    return out;
}

Result<std::string> jpeg_bytes(const RgbImage& image, int quality) {
    const Handle encoder(tjInitCompress());
    unsigned char* made = nullptr;
    unsigned long size = 0;
    const bool done = encoder && !image.pixels.empty() &&
                      tjCompress2(encoder.get(), image.pixels.data(), image.width, 0, image.height,
                                  TJPF_RGB, &made, &size, TJSAMP_420, quality, 0) == 0;
    std::string bytes;
    if (done) bytes.assign(reinterpret_cast<const char*>(made), size);
    tjFree(made);
    if (!done) return Error{ErrorCode::Internal, "the picture cannot be encoded", "", ""};
    return bytes;
}

}  // namespace verso::scanner
