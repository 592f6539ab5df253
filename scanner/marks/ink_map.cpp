// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/ink_map.h"

#include <algorithm>
#include <cmath>

namespace verso::scanner {

namespace {

/// Share of inked pixels on the line that crosses from side to side, and whether it meets the mask.
/// `across` walks along the longer way; for upright lines x and y change places.
struct LineWalk {
    const InkMap& map;
    const std::vector<std::uint8_t>& mask;
    bool upright;

    int length() const { return upright ? map.height : map.width; }
    int breadth() const { return upright ? map.width : map.height; }
    std::size_t index(int along, int across) const {
        const int x = upright ? across : along, y = upright ? along : across;
        return std::size_t(y) * std::size_t(map.width) + std::size_t(x);
    }
    double share(int from, int to) const {
        int inked = 0;
        bool meets = false;
        const int n = length();
        for (int i = 0; i < n; ++i) {
            const int across = from + (2 * (to - from) * i + n) / (2 * n);
            const std::size_t at = index(i, across);
            inked += map.ink[at] != 0 ? 1 : 0;
            meets = meets || (mask[at] != 0 && map.ink[at] != 0);
        }
        return meets ? double(inked) / n : 0;
    }
};

}  // namespace

double Stroke::diagonal() const { return std::hypot(right - left + 1, bottom - top + 1); }

std::vector<Stroke> find_strokes(const InkMap& map, const std::vector<std::uint8_t>& mask) {
    std::vector<std::uint8_t> open(map.ink.size());
    for (std::size_t i = 0; i < open.size(); ++i) open[i] = map.ink[i] != 0 && mask[i] != 0;
    std::vector<Stroke> out;
    for (int start = 0; start < int(open.size()); ++start) {
        if (open[std::size_t(start)] == 0) continue;
        Stroke stroke;
        stroke.left = stroke.right = start % map.width;
        stroke.top = stroke.bottom = start / map.width;
        stroke.members.push_back(start);
        open[std::size_t(start)] = 0;
        for (std::size_t next = 0; next < stroke.members.size(); ++next) {
            const int x = stroke.members[next] % map.width, y = stroke.members[next] / map.width;
            stroke.left = std::min(stroke.left, x);
            stroke.right = std::max(stroke.right, x);
            stroke.top = std::min(stroke.top, y);
            stroke.bottom = std::max(stroke.bottom, y);
            for (int v = std::max(0, y - 1); v <= std::min(map.height - 1, y + 1); ++v) {
                for (int u = std::max(0, x - 1); u <= std::min(map.width - 1, x + 1); ++u) {
                    const int neighbour = v * map.width + u;
                    if (open[std::size_t(neighbour)] == 0) continue;
                    open[std::size_t(neighbour)] = 0;
                    stroke.members.push_back(neighbour);
                }
            }
        }
        stroke.pixels = int(stroke.members.size());
        out.push_back(std::move(stroke));
    }
    return out;
}

double longest_line(const InkMap& map, const std::vector<std::uint8_t>& mask) {
    double best = 0;
    for (bool upright : {true, false}) {
        const LineWalk walk{map, mask, upright};
        const int lean = int(walk.length() * 0.18);  // tangent of 10 degrees
        for (int from = 0; from < walk.breadth(); ++from) {
            if (!map.ink[walk.index(0, from)]) continue;
            const int last = std::min(walk.breadth() - 1, from + lean);
            for (int to = std::max(0, from - lean); to <= last; ++to) {
                if (!map.ink[walk.index(walk.length() - 1, to)]) continue;
                best = std::max(best, walk.share(from, to));
            }
        }
    }
    return best;
}

std::vector<float> smoothed(const std::vector<float>& values, int width, int height) {
    std::vector<float> rows(values.size()), out(values.size());
    const auto at = [&](int x, int y) {
        return std::size_t(y) * std::size_t(width) + std::size_t(x);
    };
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const int l = std::max(0, x - 1), r = std::min(width - 1, x + 1);
            rows[at(x, y)] = (values[at(l, y)] + 2 * values[at(x, y)] + values[at(r, y)]) / 4;
        }
    }
    for (int y = 0; y < height; ++y) {
        const int u = std::max(0, y - 1), d = std::min(height - 1, y + 1);
        for (int x = 0; x < width; ++x) {
            out[at(x, y)] = (rows[at(x, u)] + 2 * rows[at(x, y)] + rows[at(x, d)]) / 4;
        }
    }
    return out;
}

}  // namespace verso::scanner
