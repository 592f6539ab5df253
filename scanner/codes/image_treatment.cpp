// SPDX-License-Identifier: Apache-2.0
#include "scanner/codes/image_treatment.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace verso::scanner {

namespace {

cv::Mat as_mat(const GrayImage& image) {
    return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}

GrayImage blank_like(int width, int height, double dpi) {
    GrayImage out{width, height, dpi, {}};
    out.pixels.resize(std::size_t(width) * std::size_t(height));
    return out;
}

}  // namespace

GrayImage reduced(const GrayImage& image, PxRect part, int factor) {
    GrayImage out = blank_like(part.w / factor, part.h / factor, image.dpi / double(factor));
    const cv::Mat whole = as_mat(image);
    const cv::Mat source = whole(cv::Rect(part.x, part.y, out.width * factor, out.height * factor));
    cv::Mat target = as_mat(out);
    cv::resize(source, target, target.size(), 0, 0, cv::INTER_AREA);
    return out;
}

GrayImage reduced(const GrayImage& image, int factor) {
    return reduced(image, {0, 0, image.width, image.height}, factor);
}

PxPoint from_reduced(PxPoint at, int factor) {
    const double k = factor;
    return {Px{(at.x.value + 0.5) * k - 0.5}, Px{(at.y.value + 0.5) * k - 0.5}};
}

PxPoint to_reduced(PxPoint at, int factor) {
    const double k = factor;
    return {Px{(at.x.value + 0.5) / k - 0.5}, Px{(at.y.value + 0.5) / k - 0.5}};
}

GrayImage with_local_contrast(const GrayImage& image) {
    constexpr double kClip = 4.0;  // high enough to lift a shadow, low enough not to raise grain
    constexpr int kTiles = 8;
    GrayImage out = blank_like(image.width, image.height, image.dpi);
    cv::Mat target = as_mat(out);
    cv::createCLAHE(kClip, cv::Size(kTiles, kTiles))->apply(as_mat(image), target);
    return out;
}

GrayImage unsharp(const GrayImage& image) {
    constexpr double kSigma = 1.5, kAmount = 1.5;  // about one module at the smallest readable size
    GrayImage out = blank_like(image.width, image.height, image.dpi);
    cv::Mat soft, target = as_mat(out);
    cv::GaussianBlur(as_mat(image), soft, cv::Size(), kSigma);
    cv::addWeighted(as_mat(image), 1 + kAmount, soft, -kAmount, 0, target);
    return out;
}

GrayImage locally_binarised(const GrayImage& image) {
    constexpr int kWindow = 31;      // px: about nine modules
    constexpr double kDarker = 8.0;  // gray steps: grain of the paper stays white
    GrayImage out = blank_like(image.width, image.height, image.dpi);
    cv::Mat target = as_mat(out);
    cv::adaptiveThreshold(as_mat(image), target, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY,
                          kWindow, kDarker);
    return out;
}

GrayImage softened(const GrayImage& image) {
    constexpr double kSigma = 1.2;  // px: a third of a module
    GrayImage out = blank_like(image.width, image.height, image.dpi);
    cv::Mat target = as_mat(out);
    cv::GaussianBlur(as_mat(image), target, cv::Size(), kSigma);
    return out;
}

GrayImage negative(const GrayImage& image) {
    GrayImage out = image;
    for (auto& value : out.pixels) value = std::uint8_t(255 - value);
    return out;
}

namespace {

struct Canvas {
    cv::Size size;
    cv::Mat map;  ///< from the image to the canvas
};

Canvas canvas_for(int width, int height, double degrees) {
    const cv::Point2f middle(float(width - 1) / 2, float(height - 1) / 2);
    cv::Mat map = cv::getRotationMatrix2D(middle, -degrees, 1);
    const double c = std::abs(map.at<double>(0, 0)), s = std::abs(map.at<double>(0, 1));
    const cv::Size size(int(std::ceil(width * c + height * s)),
                        int(std::ceil(width * s + height * c)));
    map.at<double>(0, 2) += (size.width - width) / 2.0;
    map.at<double>(1, 2) += (size.height - height) / 2.0;
    return {size, map};
}

}  // namespace

GrayImage turned(const GrayImage& image, double degrees) {
    const Canvas canvas = canvas_for(image.width, image.height, degrees);
    GrayImage out = blank_like(canvas.size.width, canvas.size.height, image.dpi);
    cv::Mat target = as_mat(out);
    cv::warpAffine(as_mat(image), target, canvas.map, canvas.size, cv::INTER_LINEAR,
                   cv::BORDER_CONSTANT, cv::Scalar(255));
    return out;
}

PxPoint from_turned(PxPoint at, int width, int height, double degrees) {
    cv::Mat back;
    cv::invertAffineTransform(canvas_for(width, height, degrees).map, back);
    const auto row = [&](int r) {
        return back.at<double>(r, 0) * at.x.value + back.at<double>(r, 1) * at.y.value +
               back.at<double>(r, 2);
    };
    return {Px{row(0)}, Px{row(1)}};
}

void cover(GrayImage& image, const std::array<PxPoint, 4>& corners) {
    std::array<cv::Point, 4> points;
    for (std::size_t i = 0; i < 4; ++i) {
        points[i] = {int(std::lround(corners[i].x.value)), int(std::lround(corners[i].y.value))};
    }
    cv::Mat target = as_mat(image);
    cv::fillConvexPoly(target, points.data(), int(points.size()), cv::Scalar(255));
}

}  // namespace verso::scanner
