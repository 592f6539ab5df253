// SPDX-License-Identifier: Apache-2.0
#include "scanner/render/netpbm_stream.h"

#include <algorithm>
#include <optional>

#include "scanner/image/pixels.h"

namespace verso::scanner {

namespace {

/// One number of the head and the white space behind it.
std::optional<int> header_number(ChildOutput& child) {
    int value = 0;
    char c = 0;
    for (int digits = 0; digits < 8; ++digits) {
        if (child.read(&c, 1) != 1) return std::nullopt;
        if (c < '0' || c > '9') return digits > 0 ? std::optional<int>(value) : std::nullopt;
        value = value * 10 + (c - '0');
    }
    return std::nullopt;
}

}  // namespace

Result<GrayImage> next_picture(ChildOutput& child, double dpi, const LoadLimits& limits) {
    char magic[3];
    const std::size_t got = child.read(magic, 3);
    if (got == 0) return Error{ErrorCode::NotFound, "no further picture", "", ""};
    if (got != 3 || magic[0] != 'P' || magic[1] != '5')
        return damaged_page("", "what was drawn is no PGM picture");
    const auto width = header_number(child), height = header_number(child),
               top = header_number(child);
    if (!width || !height || !top || *top != 255)
        return damaged_page("", "what was drawn has a damaged header");
    const auto fits = check_size(static_cast<std::uint64_t>(*width),
                                 static_cast<std::uint64_t>(*height), "", limits);
    if (!fits) return fits.error();
    GrayImage image{*width, *height, dpi, {}};
    image.pixels.resize(static_cast<std::size_t>(*width) * static_cast<std::size_t>(*height));
    if (child.read(image.pixels.data(), image.pixels.size()) != image.pixels.size())
        return damaged_page("", "what was drawn is cut short");
    return image;
}

}  // namespace verso::scanner
