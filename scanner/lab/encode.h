// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "scanner/image/gray_image.h"

namespace verso::scanner::lab {

/// A gray JPEG with the image's dpi in its header (none when 0). `quality` is 1 to 100. Empty when
/// the encoder fails, which only an empty image makes it do.
std::string encode_jpeg(const GrayImage& image, int quality);

/// A bilevel group 4 TIFF with one page for each image, black below 128. Empty when the encoder
/// fails.
std::string encode_tiff_g4(std::span<const GrayImage> pages);

}  // namespace verso::scanner::lab
