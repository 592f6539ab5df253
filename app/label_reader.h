// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/util/result.h"
#include "scanner/image/gray_image.h"

namespace verso::app {

/// Told of each code that is found; false when that was the one that is looked for.
using CodeSink = std::function<bool(const std::string& text)>;

/// Finds the codes (Code 128, Data Matrix, QR Code) on a picture of a label, one after another,
/// each text once, until the sink has enough. They are decoded in a child process, because the
/// decoder can abort on a picture that it does not like: then what was found before counts. At most
/// 20 s of processor time. FileUnreadable when no process can be made.
Result<void> find_codes(const scanner::GrayImage& image, const CodeSink& sink);

/// The same for a carrier's file: JPEG and PNG by their pixels, of a PDF the first page at 300 dpi.
/// `path` must hold `bytes`. Errors also: those of load_pages and render_pages.
Result<void> find_codes(const std::string& bytes, const std::string& path, const CodeSink& sink);

}  // namespace verso::app
