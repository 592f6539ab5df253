// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/warm_up.h"

#include <opencv2/core/utility.hpp>

#include "scanner/image/image_loader.h"
#include "scanner/image/png_writer.h"

namespace verso::scanner {

void warm_up(const std::vector<const Layout*>& layouts, const ReadPage& read) {
    // Pages are shared out among processes; threads of one page would only get in their way.
    cv::setNumThreads(1);
    constexpr int kWidth = 130, kHeight = 110;  // hardly more than what is refused as too small
    const GrayImage blank{kWidth, kHeight, 72, std::vector<std::uint8_t>(kWidth * kHeight, 255)};
    const auto png = png_bytes(blank);
    if (!png) return;
    (void)load_pages(*png, "blank", {}, [&](int, const Result<GrayImage>& image) {
        ReadOptions options;
        options.known = layouts;
        if (image)
            (void)read(
                *image, [](LayoutNumber) { return nullptr; }, options);
        return true;
    });
}

}  // namespace verso::scanner
