// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "core/geometry/shapes.h"
#include "core/util/result.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// Which part of which pages, and how fine.
struct RenderJob {
    std::string pdf;        ///< path
    int dpi = 300;          ///< default 300
    int first_page = 1;     ///< from 1; default 1
    int last_page = 0;      ///< 0: the last
    bool odd_only = false;  ///< only front sides: pages 1, 3, 5 …; default all
    MmBox crop{};           ///< of the page, mm from its top left; empty: the whole page
};

/// Receives each picture with its page number. Return false to stop.
using RenderSink = std::function<bool(int page, GrayImage image)>;

/// Draws pages of a PDF as gray pictures by poppler's `pdftoppm`, one after another through a pipe:
/// only one picture is in memory. Gives how many were delivered. Errors: DependencyMissing (no
/// pdftoppm, with the package that has it), FileUnreadable (what pdftoppm said). Thread-safe.
Result<int> render_pages(const RenderJob& job, const RenderSink& sink);

}  // namespace verso::scanner
