// SPDX-License-Identifier: Apache-2.0
#include "scanner/sides/side_picture.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/geometry/units.h"

namespace verso::scanner {

namespace {

constexpr double kPxPerMm = 4;
constexpr double kCardSide = 148, kSheetSide = 297;  // mm
constexpr double kLeastContrast = 0.10;  // of the paper: pencil is 0.25, print seen through 0.1

/// The longer side of what was scanned, in mm, as far as shape and file tell.
double longer_side(const GrayImage& image) {
    constexpr double kTrustedDpi = 100;  // below it stands for "unknown" in many files
    constexpr double kMostCard = 180;
    const double px = std::max(image.width, image.height);
    if (image.dpi < kTrustedDpi) return kCardSide;
    const double mm = px / image.dpi * kMmPerInch;
    return mm > kMostCard ? kSheetSide : kCardSide;
}

bool is_card_shaped(const GrayImage& image, double longer) {
    // 105 x 148 and 107.95 x 141 mm, a bed of a few mm all round included
    constexpr double kLeast = 1.18, kMost = 1.52;
    const double aspect =
        double(std::max(image.width, image.height)) / double(std::min(image.width, image.height));
    return longer == kCardSide && aspect > kLeast && aspect < kMost;
}

/// The image's pixels as OpenCV sees them, not copied.
cv::Mat view(const GrayImage& image) {
    return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}

GrayImage copied(const cv::Mat& picture) {
    return {picture.cols, picture.rows, kPxPerMm * kMmPerInch,
            std::vector<std::uint8_t>(picture.begin<std::uint8_t>(), picture.end<std::uint8_t>())};
}

int px(double mm) { return std::max(1, int(std::lround(mm * kPxPerMm))); }

/// Paper is what is light among the pixels of a few mm; ink is darker than that.
cv::Mat find_ink(const cv::Mat& gray) {
    cv::Mat paper, ink;
    const cv::Mat wide = cv::getStructuringElement(cv::MORPH_RECT, {px(3), px(3)});
    cv::dilate(gray, paper, wide);
    cv::blur(paper, paper, {px(3), px(3)});
    cv::Mat edge;
    paper.convertTo(edge, CV_8UC1, 1 - kLeastContrast, -6);
    cv::compare(gray, edge, ink, cv::CMP_LT);
    return ink;
}

/// For each column, whether the row at `y`, sinking by `slope`, is darker than what is 1 mm above
/// and below it.
std::vector<int> thin_line_at(const cv::Mat& gray, int y, double slope, int from, int to) {
    constexpr int kStep = 3;  // gray steps: the rules are 0.15 mm of gray ink
    const int beside = px(1);
    std::vector<int> out;
    for (int x = from; x < to; ++x) {
        const int at = y + int(std::lround(slope * (x - from)));
        if (at - beside < 0 || at + beside >= gray.rows || x >= gray.cols) {
            out.push_back(0);
            continue;
        }
        const int here =
            std::min({gray.at<uchar>(at, x), gray.at<uchar>(at - 1, x), gray.at<uchar>(at + 1, x)});
        const int above = gray.at<uchar>(at - beside, x), below = gray.at<uchar>(at + beside, x);
        out.push_back(here + kStep < std::max(above, below) && here < std::min(above, below) + 40);
    }
    return out;
}

/// Where a rule of 44 to 56 mm begins on that line; -1 when there is none.
int rule_begins(const std::vector<int>& line) {
    constexpr double kWhole = 0.9, kEnds = 0.5;
    const int length = px(44), after = px(14), most = px(58);
    std::vector<int> sum{0};
    for (int dark : line) sum.push_back(sum.back() + dark);
    const auto share = [&](int from, int to) {
        to = std::min(to, int(line.size()));
        return to <= from
                   ? 0.0
                   : double(sum[std::size_t(to)] - sum[std::size_t(from)]) / double(to - from);
    };
    for (int x = 0; x + most < int(line.size()); x += 2) {
        if (share(x, x + length) >= kWhole && share(x + most, x + most + after) < kEnds) return x;
    }
    return -1;
}

struct Square {
    double longer, shorter, fill;  ///< mm, mm, share of it inside the contour
    cv::Point2f centre;
};

std::vector<Square> squares(const cv::Mat& ink) {
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(ink.clone(), contours, cv::RETR_LIST, cv::CHAIN_APPROX_SIMPLE);
    std::vector<Square> out;
    for (const auto& contour : contours) {
        const cv::RotatedRect box = cv::minAreaRect(contour);
        const double w = box.size.width + 1, h = box.size.height + 1;
        const double area = cv::contourArea(contour) + cv::arcLength(contour, true) / 2;
        out.push_back(
            {std::max(w, h) / kPxPerMm, std::min(w, h) / kPxPerMm, area / (w * h), box.center});
    }
    return out;
}

}  // namespace

SidePicture side_picture(const GrayImage& image) {
    const double longer = longer_side(image);
    SidePicture out;
    out.px_per_mm = kPxPerMm;
    out.card_shaped = is_card_shaped(image, longer);
    const double scale = longer * kPxPerMm / std::max(image.width, image.height);
    cv::Mat gray;
    cv::resize(view(image), gray, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    if (gray.rows > gray.cols) cv::rotate(gray, gray, cv::ROTATE_90_CLOCKWISE);
    out.gray = copied(gray);
    out.ink = copied(find_ink(gray));
    return out;
}

SidePicture upside_down(const SidePicture& side) {
    SidePicture out = side;
    std::reverse(out.gray.pixels.begin(), out.gray.pixels.end());
    std::reverse(out.ink.pixels.begin(), out.ink.pixels.end());
    return out;
}

bool has_sender_rules(const SidePicture& side) {
    constexpr double kLeastGap = 6.5, kMostGap = 10.5, kSameStart = 3;  // mm
    const cv::Mat gray = view(side.gray);
    const int top = px(8), bottom = px(42), left = px(3), right = px(105);
    for (double slope = -0.07; slope <= 0.0701; slope += 0.01) {
        std::vector<std::pair<int, int>> rules;  // y, x
        for (int y = top; y < bottom; ++y) {
            const int x = rule_begins(thin_line_at(gray, y, slope, left, right));
            if (x >= 0) rules.push_back({y, x});
        }
        for (const auto& [y1, x1] : rules) {
            for (const auto& [y2, x2] : rules) {
                const double gap = (y2 - y1) / kPxPerMm;
                if (gap < kLeastGap || gap > kMostGap) continue;
                if (std::abs(x2 - x1) < kSameStart * kPxPerMm) return true;
            }
        }
    }
    return false;
}

bool has_franking_box(const SidePicture& side) {
    constexpr double kFull = 0.85, kPlace = 50;  // mm from the corner to its middle
    cv::Mat closed;                              // dashes joined
    cv::dilate(view(side.ink), closed,
               cv::getStructuringElement(cv::MORPH_RECT, {px(1.3), px(1.3)}));
    for (const auto& box : squares(closed)) {
        const bool size = box.longer > 16 && box.longer < 42 && box.shorter > 12 &&
                          box.shorter < 34 && box.fill > kFull;
        const bool place = box.centre.x > float(side.gray.width) - kPlace * kPxPerMm &&
                           box.centre.y < kPlace * kPxPerMm;
        if (size && place) return true;
    }
    return false;
}

int count_mark_boxes(const SidePicture& side) {
    int count = 0;
    for (const auto& box : squares(view(side.ink))) {
        const bool size = box.longer > 3.3 && box.longer < 8.5 && box.shorter > 3.3 &&
                          box.shorter < 5.6 && box.fill > 0.72;
        count += size ? 1 : 0;
    }
    return count;
}

}  // namespace verso::scanner
