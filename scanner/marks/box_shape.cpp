// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/box_shape.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace verso::scanner {

namespace {

double corner_radius(const MarkOption& option) {
    if (option.shape == MarkShape::Square) return 0;
    return std::min(option.box.w, option.box.h).value / 2;
}

void add_line(std::vector<MmPoint>& out, MmPoint from, MmPoint to, double step) {
    const double length = std::hypot((to.x - from.x).value, (to.y - from.y).value);
    const int count = int(length / step);
    for (int i = 0; i < count; ++i) {
        const double k = (i + 0.5) / count;
        out.push_back({from.x + (to.x - from.x) * k, from.y + (to.y - from.y) * k});
    }
}

void add_arc(std::vector<MmPoint>& out, MmPoint centre, double radius, double from, double step) {
    const double quarter = std::numbers::pi / 2;
    const int count = int(radius * quarter / step);
    for (int i = 0; i < count; ++i) {
        const double angle = from + quarter * (i + 0.5) / count;
        out.push_back(
            {centre.x + Mm{radius * std::cos(angle)}, centre.y + Mm{radius * std::sin(angle)}});
    }
}

}  // namespace

double outline_distance(const MarkOption& option, MmPoint at) {
    const double radius = corner_radius(option);
    const MmPoint centre = option.box.center();
    const double x = std::abs((at.x - centre.x).value) - (option.box.w.value / 2 - radius);
    const double y = std::abs((at.y - centre.y).value) - (option.box.h.value / 2 - radius);
    return std::hypot(std::max(x, 0.0), std::max(y, 0.0)) + std::min(std::max(x, y), 0.0) - radius;
}

std::vector<MmPoint> outline_points(const MarkOption& option, double offset, double step) {
    const MmBox box = option.box.grown(Mm{offset});
    const double r =
        std::max(0.0, option.shape == MarkShape::Square ? 0.0 : corner_radius(option) + offset);
    const Mm radius{r};
    std::vector<MmPoint> out;
    add_line(out, {box.x + radius, box.y}, {box.right() - radius, box.y}, step);
    add_line(out, {box.right(), box.y + radius}, {box.right(), box.bottom() - radius}, step);
    add_line(out, {box.right() - radius, box.bottom()}, {box.x + radius, box.bottom()}, step);
    add_line(out, {box.x, box.bottom() - radius}, {box.x, box.y + radius}, step);
    if (r > 0) {
        constexpr double kPi = std::numbers::pi;
        add_arc(out, {box.right() - radius, box.bottom() - radius}, r, 0, step);
        add_arc(out, {box.x + radius, box.bottom() - radius}, r, kPi / 2, step);
        add_arc(out, {box.x + radius, box.y + radius}, r, kPi, step);
        add_arc(out, {box.right() - radius, box.y + radius}, r, -kPi / 2, step);
    }
    return out;
}

}  // namespace verso::scanner
