// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <turbojpeg.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "scanner/image/decoders.h"
#include "scanner/image/jpeg_header.h"
#include "scanner/image/pixels.h"

namespace verso::scanner {

namespace {

struct Closer {
    void operator()(void* handle) const { tjDestroy(handle); }
};
using Decoder = std::unique_ptr<void, Closer>;

const unsigned char* data_of(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// Rows at the foot that end in mid-gray: what the decoder fills in where blocks are missing. It
/// decodes from left to right, so the last column tells.
int missing_rows(const GrayImage& image) {
    constexpr std::uint8_t kBlank = 128;  // a block without coefficients
    int rows = 0;
    while (rows < image.height && image.row(image.height - 1 - rows)[image.width - 1] == kBlank)
        ++rows;
    return rows;
}

/// Judges a warning of the decoder. It goes on after damage and fills up with gray, which would
/// read as unmarked boxes: only harmless ends are let through.
Result<GrayImage> judge_warning(GrayImage image, const std::string& warning, bool progressive,
                                const std::string& where) {
    constexpr double kMissingShare = 0.02;  // 3 mm at the foot of an A6 card: its margin
    // Stray bytes before the end marker; the first warning is the one that is told, so all before
    // was well.
    if (warning.find("before marker 0xd9") != std::string::npos) return image;
    if (warning.find("Premature end") == std::string::npos) {
        return damaged_page(where, fmt::format("the JPEG is damaged ({})", warning));
    }
    if (progressive || missing_rows(image) > image.height * kMissingShare) {
        return damaged_page(where, "the JPEG is cut short: its lower part is missing");
    }
    return image;
}

/// Decodes into a buffer of `pixel_size` bytes a pixel; the text of a warning, empty when none.
Result<std::string> decompress(tjhandle decoder, std::string_view bytes, int width, int height,
                               TJPF format, unsigned char* out, const std::string& where) {
    const int rc = tjDecompress2(decoder, data_of(bytes), static_cast<unsigned long>(bytes.size()),
                                 out, width, 0, height, format, TJFLAG_LIMITSCANS);
    if (rc == 0) return std::string();
    const std::string text = tjGetErrorStr2(decoder);
    if (tjGetErrorCode(decoder) == TJERR_WARNING) return text;
    return damaged_page(where, fmt::format("the JPEG cannot be decoded ({})", text));
}

GrayImage gray_of_cmyk(const std::vector<std::uint8_t>& cmyk, int width, int height,
                       bool inverted) {
    GrayImage image = make_image(width, height, 0);
    const unsigned flip = inverted ? 0 : 255;
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        const std::uint8_t* p = &cmyk[i * 4];
        image.pixels[i] = luma_of_clear_cmyk(p[0] ^ flip, p[1] ^ flip, p[2] ^ flip, p[3] ^ flip);
    }
    return image;
}

}  // namespace

Result<GrayImage> decode_jpeg(std::string_view bytes, const std::string& where,
                              const LoadLimits& limits, const JpegContext& context) {
    const Decoder decoder(tjInitDecompress());
    if (!decoder) return Error{ErrorCode::Internal, "the JPEG decoder did not start", where, ""};
    int width = 0, height = 0, sampling = 0, colours = 0;
    if (tjDecompressHeader3(decoder.get(), data_of(bytes), static_cast<unsigned long>(bytes.size()),
                            &width, &height, &sampling, &colours) != 0 &&
        tjGetErrorCode(decoder.get()) != TJERR_WARNING) {
        return damaged_page(
            where, fmt::format("the JPEG header is damaged ({})", tjGetErrorStr2(decoder.get())));
    }
    const auto fits = check_size(static_cast<std::uint64_t>(std::max(width, 0)),
                                 static_cast<std::uint64_t>(std::max(height, 0)), where, limits);
    if (!fits) return fits.error();

    const JpegHeader header = parse_jpeg_header(bytes);
    const bool cmyk = colours == TJCS_CMYK || colours == TJCS_YCCK;
    GrayImage image{width, height, 0, {}};
    std::vector<std::uint8_t> inks;
    auto& buffer = cmyk ? inks : image.pixels;
    buffer.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                  (cmyk ? 4 : 1));
    const auto warning = decompress(decoder.get(), bytes, width, height,
                                    cmyk ? TJPF_CMYK : TJPF_GRAY, buffer.data(), where);
    if (!warning) return warning.error();
    if (cmyk)
        image = gray_of_cmyk(inks, width, height, context.cmyk_inverted.value_or(header.adobe));
    if (!warning->empty()) {
        auto judged = judge_warning(std::move(image), *warning, header.progressive, where);
        if (!judged) return judged;
        image = std::move(*judged);
    }
    image.dpi = header.dpi;
    return context.apply_exif ? oriented(std::move(image), header.orientation) : std::move(image);
}

}  // namespace verso::scanner
