// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>

#include "core/geometry/shapes.h"
#include "core/util/result.h"

namespace verso::service {

/// A picture of what was scanned, for a page.
struct PictureWish {
    std::string sha256, path;  ///< of the scan, as the records name it
    int page = 1;
    /// Of the card in the image, top left first as it stands upright; none: the whole page.
    std::optional<std::array<PxPoint, 4>> corners{};
    int width = 0, height = 0;  ///< of the card's picture; what a whole page is made to fit into
};

/// Pictures that came from outside are decoded by reader processes, never in the serving one.
class PictureWorks {
  public:
    virtual ~PictureWorks() = default;
    /// A PNG. Takes some tenths of a second: for RecordsGate::slow. NotFound when the picture is
    /// not kept any more; FormatInvalid, LimitExceeded when it cannot be shown. Thread-safe.
    virtual Result<std::string> draw(const PictureWish& wish) = 0;
};

}  // namespace verso::service
