// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/card/card_layout.h"
#include "scanner/codes/code_reader.h"
#include "scanner/image/gray_image.h"

namespace verso::scanner {

/// Where the QR of a card is when the image is that card and nothing else: the parts of the image
/// to search first, for the cards of all layouts and the four ways up. Empty when none has the
/// image's shape; a handful at most.
std::vector<PxRect> likely_places(const std::vector<const Layout*>& layouts,
                                  const GrayImage& image);

}  // namespace verso::scanner
