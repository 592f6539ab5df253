// SPDX-License-Identifier: Apache-2.0
#include "scanner/fields/field_ink.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace verso::scanner {

namespace {

constexpr double kTileMm = 1;
constexpr double kWindowMm = 5;         // writing leaves a quarter of such a window white
constexpr double kPaperShare = 0.75;    // of its pixels, by gray, are no lighter than its paper
constexpr double kDarkestPaper = 0.55;  // of the usual level: beyond that it is ink, not shadow

/// The paper level on a grid of tiles.
struct PaperLevels {
    int columns = 0, rows = 0;
    double tile = 1;  ///< px
    std::vector<float> level;

    float at(int column, int row) const {
        return level[std::size_t(std::clamp(row, 0, rows - 1)) * std::size_t(columns) +
                     std::size_t(std::clamp(column, 0, columns - 1))];
    }
    /// Between the middles of the tiles.
    float between(int x, int y) const {
        const double u = (x + 0.5) / tile - 0.5, v = (y + 0.5) / tile - 0.5;
        const int column = int(std::floor(u)), row = int(std::floor(v));
        const float fx = float(u - column), fy = float(v - row);
        const float above = at(column, row) * (1 - fx) + at(column + 1, row) * fx;
        const float below = at(column, row + 1) * (1 - fx) + at(column + 1, row + 1) * fx;
        return above + fy * (below - above);
    }
};

/// The gray below which `kPaperShare` of the window's pixels lie.
float window_level(const GrayImage& picture, int middle_x, int middle_y, int half) {
    constexpr int kSamples = 20;
    const int stride = std::max(1, 2 * half / kSamples);
    std::array<int, 256> counts{};
    int all = 0;
    const int bottom = std::min(picture.height - 1, middle_y + half);
    const int right = std::min(picture.width - 1, middle_x + half);
    for (int y = std::max(0, middle_y - half); y <= bottom; y += stride) {
        const std::uint8_t* row = picture.row(y);
        for (int x = std::max(0, middle_x - half); x <= right; x += stride, ++all) ++counts[row[x]];
    }
    int gray = 0;
    for (int sum = counts[0]; gray < 255 && sum < kPaperShare * all;) {
        sum += counts[std::size_t(++gray)];
    }
    return float(std::max(1, gray));
}

PaperLevels measure_paper(const GrayImage& picture, double px_per_mm) {
    PaperLevels out;
    out.tile = std::max(2.0, kTileMm * px_per_mm);
    out.columns = std::max(1, int(std::ceil(picture.width / out.tile)));
    out.rows = std::max(1, int(std::ceil(picture.height / out.tile)));
    const int half = std::max(2, int(kWindowMm / 2 * px_per_mm));
    for (int row = 0; row < out.rows; ++row) {
        for (int column = 0; column < out.columns; ++column) {
            const int x = std::min(picture.width - 1, int((column + 0.5) * out.tile));
            const int y = std::min(picture.height - 1, int((row + 0.5) * out.tile));
            out.level.push_back(window_level(picture, x, y, half));
        }
    }
    std::vector<float> sorted = out.level;
    const auto middle = sorted.begin() + std::ptrdiff_t(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    const float least = float(kDarkestPaper) * *middle;
    for (auto& level : out.level) level = std::max(level, least);
    return out;
}

/// The value below which `share` of a sample of the values lies.
float quantile_of(const std::vector<float>& values, double share) {
    constexpr std::size_t kEnough = 20000;
    std::vector<float> some;
    const std::size_t step = std::max<std::size_t>(1, values.size() / kEnough);
    for (std::size_t i = 0; i < values.size(); i += step) some.push_back(values[i]);
    const auto at = some.begin() + std::ptrdiff_t(share * double(some.size() - 1));
    std::nth_element(some.begin(), at, some.end());
    return *at;
}

}  // namespace

float FieldInk::edge() const {
    constexpr double kLeast = 0.05, kMost = 0.2, kDeviations = 2.5;
    return float(std::clamp(kDeviations * noise, kLeast, kMost));
}

FieldInk measure_ink(const GrayImage& picture, double px_per_mm) {
    FieldInk out{picture.width, picture.height, px_per_mm, 0, {}};
    const PaperLevels paper = measure_paper(picture, px_per_mm);
    out.dark.reserve(picture.pixels.size());
    for (int y = 0; y < picture.height; ++y) {
        const std::uint8_t* row = picture.row(y);
        for (int x = 0; x < picture.width; ++x) {
            out.dark.push_back(1 - float(row[x]) / paper.between(x, y));
        }
    }
    // Ink covers less than half of any field: the lighter half is paper, one side of its bell.
    constexpr double kBellLow = 0.16, kBellMiddle = 0.5;  // one standard deviation apart
    const float usual = quantile_of(out.dark, kBellMiddle);
    out.noise = double(usual - quantile_of(out.dark, kBellLow));
    for (auto& dark : out.dark) dark = std::clamp(dark - usual, 0.0F, 1.0F);
    return out;
}

}  // namespace verso::scanner
