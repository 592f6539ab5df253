// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <qpdf/QPDFObjectHandle.hh>
#include <string>

#include "scanner/image/image_loader.h"

// One image XObject to gray: private to the PDF loader.

namespace verso::scanner {

/// Decodes DCT, CCITT and all that qpdf unpacks; JBIG2, JPEG 2000 and what else it
/// does not know is PageNotImage. The
/// image's own dpi is left 0. Throws what qpdf throws.
Result<GrayImage> decode_pdf_image(QPDFObjectHandle image, const std::string& where,
                                   const LoadLimits& limits);

}  // namespace verso::scanner
