// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/util/result.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// Bounds that keep a hostile file from taking the machine.
struct LoadLimits {
    std::uint64_t file_bytes = 256ull << 20;  ///< default 256 MiB
    std::uint64_t page_pixels = 120'000'000;  ///< per page; default an A3 page at 600 dpi, and some
    int side_pixels = 30'000;                 ///< longest side; default 30000
    int pages = 500;                          ///< per file; default 500
};

/// Receives each page in order, counted from 1: the image, or why this page could not be decoded
/// (the other pages are still given). Return false to stop.
using PageSink = std::function<bool(int page, Result<GrayImage> image)>;

/// What else a caller may say about the pages of a file.
struct PageHooks {
    /// Asked before a page is decoded; a page that is not wanted costs no decoding and is not
    /// given. Default: all are wanted.
    std::function<bool(int page)> wanted;
    /// Draws a page of a PDF that is not one scanned image; what it gives takes the page's place.
    /// Default: such a page is an error that says why it cannot be read.
    std::function<Result<GrayImage>(int page)> draw;

    bool wants(int page) const { return !wanted || wanted(page); }
};

/// Decodes a JPEG, PNG, WebP, HEIC or AVIF, PNM, TIFF (all pages) or PDF (pages that are one image)
/// to gray, by its bytes and never by its name. Gives the number of pages that the file has. A PDF
/// page that nobody draws reaches the sink as PageNotImage. Errors: NotFound, FileUnreadable,
/// FormatInvalid (not one of these formats, or damaged so that no page can be told), LimitExceeded.
/// Thread-safe; nothing of the file outlives the call.
Result<int> load_pages(const std::string& path, const LoadLimits& limits, const PageSink& sink,
                       const PageHooks& hooks = {});

/// The same from memory; `name` only serves messages.
Result<int> load_pages(std::string_view bytes, const std::string& name, const LoadLimits& limits,
                       const PageSink& sink, const PageHooks& hooks = {});

}  // namespace verso::scanner
