// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/page_view.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "scanner/image/photo_loader.h"

namespace verso::scanner {

namespace {

constexpr int kLongest = 4000;
constexpr std::uint8_t kWhite = 255;

/// Looked at, never written to.
cv::Mat mat_of(const GrayImage& image) {
    return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.row(0))};
}

GrayImage image_of(const cv::Mat& mat) {
    GrayImage out{mat.cols, mat.rows, 0, {}};
    out.pixels.reserve(std::size_t(mat.cols) * std::size_t(mat.rows));
    for (int y = 0; y < mat.rows; ++y) {
        out.pixels.insert(out.pixels.end(), mat.ptr(y), mat.ptr(y) + mat.cols);
    }
    return out;
}

/// Whether the four go round in one sense, with room between.
bool is_convex(const std::array<PxPoint, 4>& corners) {
    constexpr double kLeast = 1;  // px²
    int turns = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto one = corners[(i + 1) % 4] - corners[i];
        const auto two = corners[(i + 2) % 4] - corners[(i + 1) % 4];
        const double area = one.x.value * two.y.value - one.y.value * two.x.value;
        if (!std::isfinite(area) || std::abs(area) < kLeast) return false;
        turns += area > 0 ? 1 : -1;
    }
    return turns == 4 || turns == -4;
}

double side(PxPoint a, PxPoint b) {
    return std::hypot(b.x.value - a.x.value, b.y.value - a.y.value);
}

cv::Mat shrunk(const cv::Mat& page, double share) {
    if (share >= 1) return page;
    cv::Mat out;
    const cv::Size size(std::max(1, int(std::lround(page.cols * share))),
                        std::max(1, int(std::lround(page.rows * share))));
    cv::resize(page, out, size, 0, 0, cv::INTER_AREA);
    return out;
}

GrayImage straightened(const GrayImage& page, const PageView& view) {
    const auto& at = *view.corners;
    const double wide = std::max(side(at[0], at[1]), side(at[3], at[2]));
    // What is finer than the picture is averaged first, so that it does not flicker.
    const double share = std::min(1.0, view.width / wide);
    const cv::Mat source = shrunk(mat_of(page), share);
    std::array<cv::Point2f, 4> from, to;
    const float right = float(view.width), bottom = float(view.height);
    to = {{{0, 0}, {right, 0}, {right, bottom}, {0, bottom}}};
    for (std::size_t i = 0; i < 4; ++i) {
        from.at(i) = {float(at.at(i).x.value * source.cols / page.width),
                      float(at.at(i).y.value * source.rows / page.height)};
    }
    cv::Mat out;
    cv::warpPerspective(source, out, cv::getPerspectiveTransform(from.data(), to.data()),
                        cv::Size(view.width, view.height), cv::INTER_LINEAR, cv::BORDER_CONSTANT,
                        cv::Scalar(kWhite));
    return image_of(out);
}

}  // namespace

GrayImage draw_view(const GrayImage& page, const PageView& view) {
    if (page.empty() || view.width < 1 || view.height < 1) return {};
    if (view.width > kLongest || view.height > kLongest) return {};
    if (view.corners) return is_convex(*view.corners) ? straightened(page, view) : GrayImage{};
    const double share =
        std::min(double(view.width) / page.width, double(view.height) / page.height);
    return image_of(shrunk(mat_of(page), share));
}

Result<std::string> draw_photo(std::string_view bytes, const std::string& name,
                               const LoadLimits& limits, int side) {
    constexpr int kQuality = 85;
    auto photo = load_photo(bytes, name, limits, side);
    if (!photo) return photo.error();
    RgbImage& image = photo->image;
    const int longer = std::max(image.width, image.height);
    if (longer > side) {
        const cv::Mat from(image.height, image.width, CV_8UC3, image.pixels.data());
        RgbImage smaller;
        smaller.width = std::max(1, int(std::int64_t(image.width) * side / longer));
        smaller.height = std::max(1, int(std::int64_t(image.height) * side / longer));
        smaller.pixels.resize(std::size_t(smaller.width) * std::size_t(smaller.height) * 3);
        cv::Mat to(smaller.height, smaller.width, CV_8UC3, smaller.pixels.data());
        cv::resize(from, to, to.size(), 0, 0, cv::INTER_AREA);
        image = std::move(smaller);
    }
    return jpeg_bytes(upright(image, photo->orientation), kQuality);
}

}  // namespace verso::scanner
