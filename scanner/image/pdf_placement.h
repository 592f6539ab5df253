// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <qpdf/QPDFObjectHandle.hh>
#include <vector>

// Where a page's content puts its images: private to the PDF loader. ISO 32000-1, 8.3 and 8.9.5.

namespace verso::scanner {

/// PDF's [a b c d e f]: x' = a·x + c·y + e, y' = b·x + d·y + f, y upwards.
using PdfMatrix = std::array<double, 6>;

struct PlacedImage {
    QPDFObjectHandle image;
    PdfMatrix matrix;  ///< from the unit square to the page, in points
};

struct PageContent {
    std::vector<PlacedImage> images;  ///< in order of painting
    bool paint_below = false;         ///< lines, fills or visible text before the first image
    bool paint_above = false;         ///< the same after it
    bool inline_image = false;        ///< an image inside the content itself
    bool readable = true;             ///< false: too large, nested too deep or damaged
};

/// Runs the page's content, forms included, without rendering. Throws what qpdf throws.
PageContent place_images(QPDFObjectHandle page);

/// The EXIF orientation (1 to 8) by which the image shows on the page under `matrix`; skew is
/// rounded to the nearest quarter turn.
int orientation_of(const PdfMatrix& matrix);

}  // namespace verso::scanner
