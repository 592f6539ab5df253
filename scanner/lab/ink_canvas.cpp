// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/ink_canvas.h"

#include <algorithm>
#include <cmath>

namespace verso::scanner::lab {

namespace {

constexpr double kTurn = 6.283185307179586;

/// Catmull-Rom through the corners: hands draw no sharp corners.
MmPoint spline(const MmPoint& a, const MmPoint& b, const MmPoint& c, const MmPoint& d, double t) {
    const auto mix = [t](double p, double q, double r, double s) {
        return 0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t +
                      (3 * q - p - 3 * r + s) * t * t * t);
    };
    return {Mm{mix(a.x.value, b.x.value, c.x.value, d.x.value)},
            Mm{mix(a.y.value, b.y.value, c.y.value, d.y.value)}};
}

std::vector<MmPoint> smooth(const Stroke& stroke, double step) {
    std::vector<MmPoint> path;
    for (std::size_t i = 0; i + 1 < stroke.size(); ++i) {
        const MmPoint b = stroke[i], c = stroke[i + 1];
        const MmPoint a = i > 0 ? stroke[i - 1] : b;
        const MmPoint d = i + 2 < stroke.size() ? stroke[i + 2] : c;
        const MmPoint way = c - b;
        const int parts =
            std::max(1, static_cast<int>(std::hypot(way.x.value, way.y.value) / step));
        for (int k = 0; k < parts; ++k) path.push_back(spline(a, b, c, d, double(k) / parts));
    }
    if (!stroke.empty()) path.push_back(stroke.back());
    return path;
}

/// A slow sine with a seeded phase: tremor and pressure change within a few millimetres.
struct Wave {
    double amplitude, per_mm, phase;
    Wave(double size, Range length_mm, Rng& rng)
        : amplitude(size), per_mm(kTurn / rng.in(length_mm)), phase(rng.in(0, kTurn)) {}
    double at(double mm) const { return amplitude * std::sin(per_mm * mm + phase); }
};

}  // namespace

InkCanvas::InkCanvas(GrayImage& image, const Homography& page_to_image, const MmBox& reach)
    : image_(image), map_(page_to_image) {
    double x0 = image.width, y0 = image.height, x1 = 0, y1 = 0;
    for (const MmPoint& corner : reach.corners()) {
        const PxPoint p = map_.to_image(corner);
        x0 = std::min(x0, p.x.value), x1 = std::max(x1, p.x.value);
        y0 = std::min(y0, p.y.value), y1 = std::max(y1, p.y.value);
    }
    left_ = std::clamp(static_cast<int>(std::floor(x0)), 0, image.width);
    top_ = std::clamp(static_cast<int>(std::floor(y0)), 0, image.height);
    width_ = std::clamp(static_cast<int>(std::ceil(x1)), left_, image.width) - left_;
    height_ = std::clamp(static_cast<int>(std::ceil(y1)), top_, image.height) - top_;
    ink_.assign(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_), 0.0F);
}

void InkCanvas::stamp(PxPoint at, double radius, double strength) {
    // Pixel centres lie at halves; one pixel of slope makes the edge smooth.
    const double cx = at.x.value - left_ - 0.5, cy = at.y.value - top_ - 0.5;
    const int x0 = std::max(0, static_cast<int>(cx - radius - 1));
    const int x1 = std::min(width_ - 1, static_cast<int>(cx + radius + 2));
    const int y0 = std::max(0, static_cast<int>(cy - radius - 1));
    const int y1 = std::min(height_ - 1, static_cast<int>(cy + radius + 2));
    for (int y = y0; y <= y1; ++y) {
        float* row = ink_.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width_);
        for (int x = x0; x <= x1; ++x) {
            const double inside = std::clamp(radius + 0.5 - std::hypot(x - cx, y - cy), 0.0, 1.0);
            row[x] = std::max(row[x], static_cast<float>(inside * strength));
        }
    }
}

void InkCanvas::draw(const Stroke& stroke, const Pen& pen, Rng& rng) {
    constexpr double kStep = 0.06;    // mm: below a pixel at 300 dpi
    constexpr double kTremor = 0.07;  // mm
    const Wave across(kTremor, {2.0, 5.0}, rng), down(kTremor, {2.0, 5.0}, rng);
    const Wave pressure(pen.pressure, {3.0, 9.0}, rng);
    const double scale = stroke.empty() ? 0 : map_.scale_at(stroke.front());
    double skip_left = 0;
    const auto path = smooth(stroke, kStep);
    for (std::size_t i = 0; i < path.size(); ++i) {
        const double mm = double(i) * kStep;
        if (skip_left <= 0 && rng.chance(pen.gaps * kStep)) skip_left = rng.in(0.15, 0.6);
        if (skip_left > 0) {
            skip_left -= kStep;
            continue;
        }
        // The tip lands and lifts within a third of a millimetre.
        const double from_end = std::min(mm, double(path.size() - 1 - i) * kStep);
        const double taper = 0.6 + 0.4 * std::min(1.0, from_end / 0.3);
        const double push = (1 + pressure.at(mm)) * taper;
        const MmPoint at = path[i] + MmPoint{Mm{across.at(mm)}, Mm{down.at(mm)}};
        stamp(map_.to_image(at), pen.width.value / 2 * scale * std::sqrt(push),
              std::min(1.0, push));
    }
}

void InkCanvas::lay_down(const Pen& pen) {
    for (int y = 0; y < height_; ++y) {
        std::uint8_t* row = image_.row(top_ + y) + left_;
        const float* ink =
            ink_.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width_);
        for (int x = 0; x < width_; ++x) {
            const double kept = 1 - pen.darkness * double(ink[x]);
            row[x] = static_cast<std::uint8_t>(std::lround(row[x] * kept));
        }
    }
}

}  // namespace verso::scanner::lab
