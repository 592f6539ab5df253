// SPDX-License-Identifier: Apache-2.0
#include "scanner/sides/empty_side.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "scanner/sides/side_picture.h"

namespace verso::scanner {

namespace {

constexpr double kWindowMm = 2, kWindowInk = 0.06;
constexpr double kEdgeMm = 4;  // the paper's edge, its shadow and the bed beyond

cv::Mat view(const GrayImage& image) {
    return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}

double inked_share(const cv::Mat& ink, cv::Rect part) {
    part &= cv::Rect(0, 0, ink.cols, ink.rows);
    return part.empty() ? 0 : cv::mean(ink(part))[0] / 255;
}

/// Takes out the shadow that the paper's left edge throws, standing up to 4.5 degrees askew: pieces
/// of a straight line near the edge of the picture.
void erase_left_edge(cv::Mat& ink, double px_per_mm) {
    constexpr double kReachMm = 16, kSlope = 0.08, kLeastShare = 0.2;
    const cv::Mat wide =
        cv::getStructuringElement(cv::MORPH_RECT, {int(px_per_mm), int(px_per_mm / 2)});
    cv::Mat thick;
    cv::dilate(ink, thick, wide);
    double best = kLeastShare, best_x = -1, best_slope = 0;
    for (double slope = -kSlope; slope <= kSlope; slope += 0.005) {
        for (int x = 0; x < int(kReachMm * px_per_mm); ++x) {
            int dark = 0;
            for (int y = 0; y < ink.rows; y += 2) {
                const int at = x + int(slope * (y - ink.rows / 2));
                dark += at >= 0 && at < ink.cols && thick.at<uchar>(y, at) != 0 ? 1 : 0;
            }
            const double share = 2.0 * dark / ink.rows;
            if (share > best) best = share, best_x = x, best_slope = slope;
        }
    }
    if (best_x < 0) return;
    const int rows = ink.rows / 2;
    cv::line(ink, cv::Point(int(best_x - best_slope * rows), 0),
             cv::Point(int(best_x + best_slope * rows), ink.rows), 0, int(1.6 * px_per_mm));
}

void erase_edges(cv::Mat& ink, double px_per_mm) {
    for (int side = 0; side < 4; ++side) {
        erase_left_edge(ink, px_per_mm);
        cv::rotate(ink, ink, cv::ROTATE_90_CLOCKWISE);
    }
}

/// Ink without what hangs on the edge of the picture and without straight lines from end to end:
/// bed, shadows, streaks, folds.
cv::Mat own_ink(const SidePicture& side) {
    const int edge = int(kEdgeMm * side.px_per_mm);
    const cv::Mat ink = view(side.ink);
    cv::Mat labels, stats, centres, out = ink.clone();
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centres);
    for (int i = 1; i < count; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH),
                           stats.at<int>(i, cv::CC_STAT_HEIGHT));
        const bool at_edge = box.x < edge || box.y < edge || box.br().x > out.cols - edge ||
                             box.br().y > out.rows - edge;
        const bool line = box.width > out.cols * 0.8 || box.height > out.rows * 0.8;
        if (!at_edge && !line) continue;
        out(box).setTo(0, labels(box) == i);
    }
    erase_edges(out, side.px_per_mm);
    return out;
}

double inked_windows(const cv::Mat& ink, double px_per_mm) {
    const int step = int(kWindowMm * px_per_mm);
    int windows = 0, inked = 0;
    for (int y = 0; y + step <= ink.rows; y += step) {
        for (int x = 0; x + step <= ink.cols; x += step) {
            ++windows;
            inked += inked_share(ink, {x, y, step, step}) >= kWindowInk ? 1 : 0;
        }
    }
    return windows == 0 ? 0 : double(inked) / windows;
}

double largest_extent(const cv::Mat& ink) {
    cv::Mat labels, stats, centres;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centres);
    int most = 0;
    for (int i = 1; i < count; ++i) {
        most = std::max(
            {most, stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT)});
    }
    return most;
}

/// Shares of width and height, as fits any card.
cv::Rect part_of(const cv::Mat& picture, double left, double top, double right, double bottom) {
    return {cv::Point(int(left * picture.cols), int(top * picture.rows)),
            cv::Point(int(right * picture.cols), int(bottom * picture.rows))};
}

void look_for_address(const SidePicture& side, SideMeasures& out) {
    const bool rules = has_sender_rules(side);
    const bool box = has_franking_box(side);
    if (int(rules) + int(box) < int(out.sender_rules) + int(out.franking_box)) return;
    out.sender_rules = rules;
    out.franking_box = box;
    out.address_ink = inked_share(view(side.ink), part_of(view(side.ink), 0.30, 0.40, 0.97, 0.86));
    const cv::Mat own = own_ink(side);
    out.free_ink = inked_share(own, part_of(own, 0.05, 0.55, 0.21, 0.95));
}

double median_gray(const cv::Mat& gray) {
    std::vector<uchar> values(gray.begin<uchar>(), gray.end<uchar>());
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

SideMeasures measure_side(const GrayImage& image) {
    const SidePicture side = side_picture(image);
    SideMeasures out;
    const cv::Mat ink = own_ink(side);
    out.paper = median_gray(view(side.gray));
    out.inked = inked_windows(ink, side.px_per_mm);
    out.largest_mm = largest_extent(ink) / side.px_per_mm;
    out.card_shaped = side.card_shaped;
    if (!side.card_shaped) return out;
    out.mark_boxes = count_mark_boxes(side);
    look_for_address(side, out);
    look_for_address(upside_down(side), out);
    return out;
}

std::optional<SheetSide> classify_side(const SideMeasures& m) {
    constexpr double kPaper = 100;          // darker is no paper, or no light
    constexpr double kDustWindows = 0.003;  // of them: dust and specks
    constexpr double kDustExtent = 2.5;     // mm: no letter, no word is smaller
    constexpr double kAddressInk = 0.005;   // three lines of small type have 0.02
    constexpr double kWrittenOn = 0.004;    // a word in a free place
    constexpr int kMostBoxes = 2;           // an answer side has twenty
    if (m.paper < kPaper) return std::nullopt;
    if (m.inked <= kDustWindows && m.largest_mm <= kDustExtent) return SheetSide::Blank;
    const bool address = m.card_shaped && m.sender_rules &&
                         (m.franking_box || m.address_ink >= kAddressInk) &&
                         m.free_ink < kWrittenOn && m.mark_boxes <= kMostBoxes;
    if (address) return SheetSide::Address;
    return std::nullopt;
}

}  // namespace verso::scanner
