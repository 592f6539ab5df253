// SPDX-License-Identifier: Apache-2.0
#include "generator/zpl/mark_dots.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace verso::generator {

namespace {

// The hundredth forgives the last digit of a box that was meant to be whole dots.
int dots_a_module(double dots, int count) {
    return static_cast<int>(std::clamp(std::floor(dots / count + 0.01), 0.0, 1000.0));
}

/// A phone reads a quarter of a mm, a linear scanner a sixth; below two dots edges merge.
int least_module(bool linear, DotScale scale) {
    const double least = linear ? 0.16 : 0.24;
    return std::max(2, static_cast<int>(std::ceil(least * scale.per_mm)));
}

Error too_small(const ModulesMark& mark, int module, int needed, DotScale scale) {
    const bool linear = mark.rows == 1;
    return {
        ErrorCode::ValueInvalid,
        fmt::format("a symbol of {} x {} modules in {:.1f} x {:.1f} mm has {} dots a module; "
                    "this print head needs {}",
                    mark.columns, mark.rows, mark.box.w.value, mark.box.h.value, module, needed),
        fmt::format("symbol at {:.1f},{:.1f} mm", mark.box.x.value, mark.box.y.value),
        fmt::format("make it {:.1f} mm {} or more, or print at a finer resolution",
                    mark.columns * needed / scale.per_mm, linear ? "long" : "wide")};
}

/// Every module from its rounded edge to the next one's.
DotBitmap spread(const ModulesMark& mark, double across_one, double down_one) {
    const auto edge = [](double pitch, int i) { return DotScale::whole(pitch * i); };
    DotBitmap symbol(edge(across_one, mark.columns), edge(down_one, mark.rows));
    std::size_t index = 0;
    for (int row = 0; row < mark.rows; ++row) {
        const int top = edge(down_one, row), bottom = edge(down_one, row + 1);
        for (int column = 0; column < mark.columns; ++column, ++index) {
            if (mark.modules[index] != '1') continue;
            const int left = edge(across_one, column), right = edge(across_one, column + 1);
            symbol.fill({left, top, right - left, bottom - top});
        }
    }
    return symbol;
}

/// Whether a point is in the rectangle from (0, 0) with rounded corners.
bool covers(double x, double y, double w, double h, double radius) {
    if (x < 0 || y < 0 || x > w || y > h) return false;
    const double cx = std::clamp(x, std::min(radius, w / 2), std::max(w - radius, w / 2));
    const double cy = std::clamp(y, std::min(radius, h / 2), std::max(h - radius, h / 2));
    return std::hypot(x - cx, y - cy) <= radius + 1e-9;
}

}  // namespace

Result<PlacedDots> symbol_dots(const ModulesMark& mark, DotScale scale, bool keep_size) {
    if (mark.columns <= 0 || mark.rows <= 0 ||
        mark.modules.size() != std::size_t(mark.columns) * std::size_t(mark.rows)) {
        return Error{ErrorCode::Internal, "a symbol with a wrong count of modules", "symbol", ""};
    }
    const bool linear = mark.rows == 1;
    const bool upright = quarter_turn(mark.turn) % 180 == 0;
    const double along = (upright ? mark.box.w : mark.box.h).value * scale.per_mm;
    const double across = (upright ? mark.box.h : mark.box.w).value * scale.per_mm;
    int module = dots_a_module(along, mark.columns);
    if (!linear) module = std::min(module, dots_a_module(across, mark.rows));
    const int needed = least_module(linear, scale);
    if (module < needed) return too_small(mark, module, needed, scale);

    const auto pitch_of = [&](double extent, int count) {
        return keep_size && !linear ? extent / count : double(module);
    };
    const double across_one = pitch_of(along, mark.columns);
    const double down_one =
        linear ? std::max(1.0, std::round(across)) : pitch_of(across, mark.rows);
    const DotBitmap symbol = spread(mark, across_one, down_one);
    PlacedDots placed{symbol.turned(mark.turn), 0, 0};
    const MmPoint middle = mark.box.center();
    placed.x = DotScale::whole(middle.x.value * scale.per_mm - placed.dots.width() / 2.0);
    placed.y = DotScale::whole(middle.y.value * scale.per_mm - placed.dots.height() / 2.0);
    return placed;
}

bool has_fiducials(const DrawList& page) {
    constexpr Mm kLeast{3}, kMost{8}, kAlike{0.02};
    std::vector<Mm> sides;
    for (const Mark& mark : page.marks) {
        const auto* fill = std::get_if<FillMark>(&mark);
        if (fill == nullptr || fill->ink != kBlack) continue;
        const Mm w = fill->box.w, h = fill->box.h;
        if (w >= kLeast && w <= kMost && w - h < kAlike && h - w < kAlike) sides.push_back(w);
    }
    std::sort(sides.begin(), sides.end());
    for (std::size_t i = 2; i < sides.size(); ++i) {
        if (sides[i] - sides[i - 2] < kAlike) return true;
    }
    return false;
}

PlacedDots slanted_dots(const LineMark& mark, DotScale scale, int width, int height) {
    const double x1 = mark.from.x.value * scale.per_mm, y1 = mark.from.y.value * scale.per_mm;
    const double x2 = mark.to.x.value * scale.per_mm, y2 = mark.to.y.value * scale.per_mm;
    const double half = std::max(mark.width.value * scale.per_mm, 1.0) / 2;
    const double length = std::hypot(x2 - x1, y2 - y1);
    if (!std::isfinite(length) || !std::isfinite(half)) return {};
    const double ux = (x2 - x1) / length, uy = (y2 - y1) / length;
    const double dash = mark.dash.value * scale.per_mm;
    const auto on_page = [](double at, int most) { return int(std::clamp<double>(at, 0, most)); };
    const int left = on_page(std::min(x1, x2) - half, width);
    const int top = on_page(std::min(y1, y2) - half, height);
    const int right = on_page(std::max(x1, x2) + half + 1, width);
    const int bottom = on_page(std::max(y1, y2) + half + 1, height);
    PlacedDots line{{right - left, bottom - top}, left, top};
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            const double dx = x + 0.5 - x1, dy = y + 0.5 - y1;
            const double along = dx * ux + dy * uy, beside = dx * uy - dy * ux;
            if (std::abs(beside) > half || along < 0 || along > length) continue;
            if (dash > 0 && std::fmod(along, dash * 2) >= dash) continue;
            line.dots.set(x - left, y - top);
        }
    }
    return line;
}

Frame Frame::of(const OutlineMark& mark, DotScale scale) {
    Frame frame{scale.box(mark.box.grown(mark.width / 2)), scale.length(mark.width), 0, {}};
    const double half = std::min(frame.outer.w, frame.outer.h) / 2.0;
    if (mark.radius > Mm{0}) {
        const Mm most = std::min(mark.box.w, mark.box.h) / 2;
        const Mm outer = std::min(mark.radius, most) + mark.width / 2;
        frame.radius = std::clamp(outer.value * scale.per_mm, 0.0, half);
    }
    const int step = static_cast<int>(std::lround(frame.radius / half * 8));
    if (std::abs(step / 8.0 * half - frame.radius) <= 1) frame.eighths = step;
    return frame;
}

DotBitmap Frame::dots() const {
    DotBitmap bitmap(outer.w, outer.h);
    const double inner_w = outer.w - 2.0 * thick, inner_h = outer.h - 2.0 * thick;
    const double inner = std::max(radius - thick, 0.0);
    for (int y = 0; y < outer.h; ++y) {
        for (int x = 0; x < outer.w; ++x) {
            const double px = x + 0.5, py = y + 0.5;
            const bool hole = covers(px - thick, py - thick, inner_w, inner_h, inner);
            if (!hole && covers(px, py, outer.w, outer.h, radius)) bitmap.set(x, y);
        }
    }
    return bitmap;
}

}  // namespace verso::generator
