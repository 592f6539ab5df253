// SPDX-License-Identifier: Apache-2.0
#include "generator/zpl/png_dots.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <vector>

namespace verso::generator {

namespace {

struct GrayPixels {
    int width = 0, height = 0;
    std::vector<std::uint8_t> gray;
};

Error damaged(const std::string& name, const char* why) {
    return {ErrorCode::FormatInvalid, fmt::format("the picture is no sound PNG: {}", why), name,
            "save it again as PNG"};
}

Result<GrayPixels> decode(const std::string& bytes, const std::string& name) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) {
        return damaged(name, image.message);
    }
    constexpr std::uint64_t kMostPixels = 64'000'000;
    if (std::uint64_t{image.width} * image.height > kMostPixels) {
        png_image_free(&image);
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("a picture of {} x {} pixels is too large for a label",
                                 image.width, image.height),
                     name, "make it smaller"};
    }
    // With its alpha put on white.
    image.format = PNG_FORMAT_GRAY;
    const png_color white{255, 255, 255};
    GrayPixels pixels{static_cast<int>(image.width), static_cast<int>(image.height), {}};
    pixels.gray.resize(PNG_IMAGE_SIZE(image));
    if (png_image_finish_read(&image, &white, pixels.gray.data(), 0, nullptr) == 0) {
        return damaged(name, image.message);
    }
    return pixels;
}

/// Sums of gray over rectangles from the top left, to take any mean in four steps.
class Sums {
  public:
    explicit Sums(const GrayPixels& pixels)
        : stride_(std::size_t(pixels.width) + 1),
          sums_(stride_ * (std::size_t(pixels.height) + 1), 0) {
        for (int y = 0; y < pixels.height; ++y) {
            std::uint64_t row = 0;
            for (int x = 0; x < pixels.width; ++x) {
                row += pixels.gray[std::size_t(y) * std::size_t(pixels.width) + std::size_t(x)];
                sums_[index(x + 1, y + 1)] = sums_[index(x + 1, y)] + row;
            }
        }
    }
    /// Mean over whole pixels. Requires: x0 < x1, y0 < y1.
    double mean(int x0, int y0, int x1, int y1) const {
        const std::uint64_t sum = sums_[index(x1, y1)] + sums_[index(x0, y0)] -
                                  sums_[index(x0, y1)] - sums_[index(x1, y0)];
        return double(sum) / (double(x1 - x0) * double(y1 - y0));
    }

  private:
    std::size_t index(int x, int y) const { return std::size_t(y) * stride_ + std::size_t(x); }
    std::size_t stride_;
    std::vector<std::uint64_t> sums_;
};

/// The pixels under dot `at` of `dots`: at least one.
std::pair<int, int> pixels_under(int at, int dots, int pixels) {
    const int from = int(std::int64_t(at) * pixels / dots);
    const int to = int((std::int64_t(at) + 1) * pixels / dots);
    return {from, std::max(to, from + 1)};
}

}  // namespace

Result<DotBitmap> png_to_dots(const std::string& bytes, const std::string& name, int width,
                              int height) {
    const auto pixels = decode(bytes, name);
    if (!pixels) return pixels.error();
    const Sums sums(*pixels);
    DotBitmap dots(width, height);
    for (int y = 0; y < height; ++y) {
        const auto [top, bottom] = pixels_under(y, height, pixels->height);
        for (int x = 0; x < width; ++x) {
            const auto [left, right] = pixels_under(x, width, pixels->width);
            if (sums.mean(left, top, right, bottom) < 128) dots.set(x, y);
        }
    }
    return dots;
}

}  // namespace verso::generator
