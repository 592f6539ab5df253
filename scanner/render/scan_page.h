// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/util/result.h"
#include "scanner/image/image_loader.h"

namespace verso::scanner {

/// Draws one page of a PDF that somebody gave us, by a pdftoppm that may use 1 GiB of memory and 30
/// seconds: at 300 dpi, in gray. For pages that the loader refused as PageNotImage. A page at which
/// pdftoppm found fault is refused too: what it left out would read as blank paper. Errors:
/// DependencyMissing, FormatInvalid, LimitExceeded. Thread-safe.
Result<GrayImage> draw_scan_page(const std::string& pdf, int page, const std::string& where,
                                 const LoadLimits& limits);

/// Whether pdftoppm's complaint is more than remarks: a fault in the page, or memory that it was
/// refused (it then draws a single pixel). What it left out would read as blank paper. Pure.
bool tells_of_faults(const std::string& complaint);

/// load_pages with the pages drawn that are not one image. `path` is where `bytes` came from: the
/// tool reads it again.
Result<int> load_or_draw_pages(std::string_view bytes, const std::string& path,
                               const LoadLimits& limits, const PageSink& sink);

}  // namespace verso::scanner
