// SPDX-License-Identifier: Apache-2.0
// Any bytes end in pages or errors, and a page has as many pixels as it says.
#include <cstdlib>

#include "scanner/image/image_loader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verso;
    scanner::LoadLimits limits;
    limits.page_pixels = 1 << 20;
    limits.side_pixels = 1 << 12;
    limits.pages = 4;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto count =
        scanner::load_pages(bytes, "fuzz", limits, [](int, Result<scanner::GrayImage> image) {
            if (image &&
                image->pixels.size() != std::size_t(image->width) * std::size_t(image->height))
                std::abort();
            if (!image && image.error().message.empty()) std::abort();
            return true;
        });
    if (!count && count.error().message.empty()) std::abort();
    return 0;
}
