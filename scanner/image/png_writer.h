// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/util/result.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// Eight-bit colour, three bytes a pixel in the order red, green, blue, rows without padding.
struct RgbImage {
    int width = 0, height = 0;
    std::vector<std::uint8_t> pixels;
};

/// Writes a PNG, whole or not at all (under another name first, then renamed). FileUnwritable names
/// the path and why; an empty image is ValueInvalid. Thread-safe.
Result<void> write_png(const GrayImage& image, const std::string& path);
Result<void> write_png(const RgbImage& image, const std::string& path);

/// The same PNG in memory, for a process that may not write files. Internal when there is no memory
/// or nothing to write. Thread-safe.
Result<std::string> png_bytes(const GrayImage& image);
Result<std::string> png_bytes(const RgbImage& image);

}  // namespace verso::scanner
