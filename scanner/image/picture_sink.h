// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "scanner/image/gray_image.h"
#include "scanner/image/png_writer.h"

namespace verso::scanner {

/// Takes one finished picture under the path that it is to have; false when it cannot be kept.
/// Called from the reading thread.
using PictureSink = std::function<bool(const std::string& path, const GrayImage& picture)>;
using ColourSink = std::function<bool(const std::string& path, const RgbImage& picture)>;

/// Where pictures that reading makes besides its result go: handwriting crops are gray, debug
/// pictures are gray or in colour. As it stands they are written as PNG; a reader without file
/// rights puts in functions that hand them to whoever has them.
struct PictureSinks {
    PictureSink gray = [](const std::string& path, const GrayImage& picture) {
        return write_png(picture, path).has_value();
    };
    ColourSink colour = [](const std::string& path, const RgbImage& picture) {
        return write_png(picture, path).has_value();
    };
    /// Whether the folders of the paths are to be made first; false where the sinks do that.
    bool make_folders = true;
};

}  // namespace verso::scanner
