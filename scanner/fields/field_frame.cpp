// SPDX-License-Identifier: Apache-2.0
#include "scanner/fields/field_frame.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace verso::scanner {

namespace {

constexpr double kReachMm = 0.9;   // registration and a stretched print put the line elsewhere
constexpr double kChunkMm = 3;     // of the line, in which it is straight
constexpr double kSlackMm = 0.12;  // by which a line may be thicker in one place
constexpr double kWidestCornerMm = 3;
constexpr double kStep = 0.5;  // px along and across the line

/// A place on the frame's centre line and the way out of the frame.
struct OutlinePoint {
    double x, y, out_x, out_y;
};
using Outline = std::vector<OutlinePoint>;

/// Where the line is and how far it reaches to either side of there, in px along the way out.
struct LinePlace {
    double offset = 0, half = 0;
    bool seen = false;
};

float dark_at(const FieldInk& ink, const OutlinePoint& point, double along) {
    const int x = int(std::lround(point.x + along * point.out_x));
    const int y = int(std::lround(point.y + along * point.out_y));
    return ink.holds(x, y) ? ink.at(x, y) : 0;
}

void add_side(Outline& outline, double from_x, double from_y, double to_x, double to_y) {
    const double length = std::hypot(to_x - from_x, to_y - from_y);
    if (length <= 0) return;
    const double dx = (to_x - from_x) / length, dy = (to_y - from_y) / length;
    for (double at = 0; at < length; at += kStep) {
        outline.push_back({from_x + at * dx, from_y + at * dy, dy, -dx});
    }
}

void add_corner(Outline& outline, double x, double y, double radius, int quarter) {
    const double start = (quarter - 1) * std::numbers::pi / 2;
    const double step = kStep / std::max(radius, kStep);
    for (double turn = 0; turn < std::numbers::pi / 2; turn += step) {
        const double c = std::cos(start + turn), s = std::sin(start + turn);
        outline.push_back({x + radius * c, y + radius * s, c, s});
    }
}

/// Clockwise from the top left.
Outline outline_of(const PxBox& box, double radius) {
    const double left = box.x.value, top = box.y.value;
    const double right = box.right().value, bottom = box.bottom().value;
    Outline out;
    add_side(out, left + radius, top, right - radius, top);
    add_corner(out, right - radius, top + radius, radius, 0);
    add_side(out, right, top + radius, right, bottom - radius);
    add_corner(out, right - radius, bottom - radius, radius, 1);
    add_side(out, right - radius, bottom, left + radius, bottom);
    add_corner(out, left + radius, bottom - radius, radius, 2);
    add_side(out, left, bottom - radius, left, top + radius);
    add_corner(out, left + radius, top + radius, radius, 3);
    return out;
}

/// The darkness across the line in the middle of a chunk, as most of its points show it: what
/// crosses the line here and there does not count.
std::vector<float> usual_profile(const FieldInk& ink, const Outline& outline, std::size_t from,
                                 std::size_t to) {
    const double reach = kReachMm * ink.px_per_mm;
    std::vector<float> profile, column;
    for (double along = -reach; along <= reach; along += kStep) {
        column.clear();
        for (std::size_t i = from; i < to; ++i) column.push_back(dark_at(ink, outline[i], along));
        const auto middle = column.begin() + std::ptrdiff_t(column.size() / 2);
        std::nth_element(column.begin(), middle, column.end());
        profile.push_back(*middle);
    }
    return profile;
}

LinePlace place_in(const std::vector<float>& profile, const FieldInk& ink) {
    const float edge = ink.edge();
    const auto peak = std::max_element(profile.begin(), profile.end());
    if (*peak < edge * 1.2F) return {};
    auto first = peak, last = peak;
    while (first != profile.begin() && *(first - 1) > edge) --first;
    while (last + 1 != profile.end() && *(last + 1) > edge) ++last;
    const double reach = kReachMm * ink.px_per_mm;
    const double low = double(first - profile.begin()) * kStep - reach;
    const double high = double(last - profile.begin()) * kStep - reach;
    return {(low + high) / 2, (high - low) / 2 + kStep, true};
}

/// The places of all chunks; one that is far from what its neighbours say is not believed, nor is
/// one that is thicker than a line.
std::vector<LinePlace> find_line(const FieldInk& ink, const Outline& outline, std::size_t chunk) {
    constexpr double kThickestMm = 0.45, kApartMm = 0.25;
    constexpr std::ptrdiff_t kNeighbours = 3;
    std::vector<LinePlace> raw;
    for (std::size_t from = 0; from < outline.size(); from += chunk) {
        const std::size_t to = std::min(from + chunk, outline.size());
        raw.push_back(place_in(usual_profile(ink, outline, from, to), ink));
        if (raw.back().half > kThickestMm * ink.px_per_mm) raw.back().seen = false;
    }
    std::vector<LinePlace> out = raw;
    const auto count = std::ptrdiff_t(raw.size());
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        std::vector<double> near;
        for (auto k = i - kNeighbours; k <= i + kNeighbours; ++k) {
            const auto& other = raw[std::size_t((k + count) % count)];
            if (other.seen) near.push_back(other.offset);
        }
        if (near.size() < 2) {
            out[std::size_t(i)].seen = false;
            continue;
        }
        const auto middle = near.begin() + std::ptrdiff_t(near.size() / 2);
        std::nth_element(near.begin(), middle, near.end());
        auto& place = out[std::size_t(i)];
        // a corner of its own radius may turn away from its neighbours, not by much
        if (std::abs(place.offset - *middle) > kApartMm * ink.px_per_mm) place.seen = false;
    }
    return out;
}

/// How far the line of one side lies outside of where the layout has it, in px; 0 if unseen.
double usual_offset(const FieldInk& ink, const Outline& side, std::size_t chunk) {
    std::vector<double> offsets;
    for (const auto& place : find_line(ink, side, chunk)) {
        if (place.seen) offsets.push_back(place.offset);
    }
    if (offsets.empty()) return 0;
    const auto middle = offsets.begin() + std::ptrdiff_t(offsets.size() / 2);
    std::nth_element(offsets.begin(), middle, offsets.end());
    return *middle;
}

/// The box whose sides lie on the printed lines, by their straight parts.
PxBox moved_to_line(const FieldInk& ink, const PxBox& box, std::size_t chunk) {
    const double corner =
        std::min({kWidestCornerMm * ink.px_per_mm, box.w.value / 4, box.h.value / 4});
    const double left = box.x.value, top = box.y.value;
    const double right = box.right().value, bottom = box.bottom().value;
    const auto offset = [&](double from_x, double from_y, double to_x, double to_y) {
        Outline side;
        add_side(side, from_x, from_y, to_x, to_y);
        return usual_offset(ink, side, chunk);
    };
    const double up = offset(left + corner, top, right - corner, top);
    const double outer = offset(right, top + corner, right, bottom - corner);
    const double down = offset(right - corner, bottom, left + corner, bottom);
    const double inner = offset(left, bottom - corner, left, top + corner);
    return {Px{left - inner}, Px{top - up}, Px{right - left + inner + outer},
            Px{bottom - top + up + down}};
}

/// How much of the line a radius explains: the darkness along its corners.
double corner_darkness(const FieldInk& ink, const PxBox& box, double radius) {
    const double size = kWidestCornerMm * ink.px_per_mm;
    double sum = 0;
    int count = 0;
    for (const auto& point : outline_of(box, radius)) {
        const bool near_x =
            std::min(std::abs(point.x - box.x.value), std::abs(point.x - box.right().value)) < size;
        const bool near_y = std::min(std::abs(point.y - box.y.value),
                                     std::abs(point.y - box.bottom().value)) < size;
        if (!near_x || !near_y) continue;
        float most = 0;
        for (double along = -1; along <= 1; along += 1) {
            most = std::max(most, dark_at(ink, point, along));
        }
        sum += std::min(0.3, double(most));
        ++count;
    }
    return count > 0 ? sum / count : 0;
}

double best_radius(const FieldInk& ink, const PxBox& box) {
    constexpr std::array kRadiiMm{0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0};
    double best = 0, most = -1;
    for (const double mm : kRadiiMm) {
        const double radius = mm * ink.px_per_mm;
        if (2 * radius >= std::min(box.w.value, box.h.value)) break;
        const double darkness = corner_darkness(ink, box, radius);
        if (darkness > most + 1e-6) {
            most = darkness;
            best = radius;
        }
    }
    return best;
}

/// How far ink goes on from `start` in one direction, in px, up to `most`.
double run(const FieldInk& ink, const OutlinePoint& point, double start, double step, double most) {
    double length = 0;
    while (length < most && dark_at(ink, point, start + (step > 0 ? length : -length)) > ink.edge())
        length += kStep;
    return length;
}

/// The pixels to take off at one point of the line.
void collect(const FieldInk& ink, const OutlinePoint& point, const LinePlace& place,
             std::vector<std::size_t>& off) {
    const double allowed = place.half + std::max(1.0, kSlackMm * ink.px_per_mm);
    const double outwards = run(ink, point, place.offset, 1, allowed + 1);
    const double inwards = run(ink, point, place.offset, -1, allowed + 1);
    if (outwards > allowed || inwards > allowed) return;  // something is written across it
    const double rim = 1;                                 // the soft edge below ink.edge()
    for (double along = place.offset - inwards - rim; along <= place.offset + outwards + rim;
         along += kStep) {
        const int x = int(std::lround(point.x + along * point.out_x));
        const int y = int(std::lround(point.y + along * point.out_y));
        if (ink.holds(x, y)) off.push_back(ink.index(x, y));
    }
}

}  // namespace

void remove_frame(FieldInk& ink, const PxBox& frame) {
    const auto chunk = std::size_t(std::max(4.0, kChunkMm * ink.px_per_mm / kStep));
    const PxBox box = moved_to_line(ink, frame, chunk);
    const Outline outline = outline_of(box, best_radius(ink, box));
    const auto places = find_line(ink, outline, chunk);
    std::vector<std::size_t> off;
    for (std::size_t i = 0; i < outline.size(); ++i) {
        const LinePlace& place = places[i / chunk];
        if (place.seen) collect(ink, outline[i], place, off);
    }
    for (const std::size_t at : off) ink.dark[at] = 0;
}

}  // namespace verso::scanner
