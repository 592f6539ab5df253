// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/code_at_place.h"

#include <algorithm>
#include <cmath>

#include "scanner/codes/image_treatment.h"
#include "scanner/registration/image_probe.h"
#include "scanner/registration/patch.h"

namespace verso::scanner {

namespace {

/// How clearly the rim of a symbol of `n` modules is a Data Matrix' (ISO/IEC 16022, 5.1): left and
/// bottom dark, top and right alternating. Gray steps between what must be light and dark.
double rim_contrast(const GrayImage& image, const Homography& map, const MmBox& box, int n,
                    double dx, double dy) {
    const double pitch = box.w.value / n;
    double light = 0, dark = 0;
    int lights = 0, darks = 0;
    const auto look = [&](int x, int y, bool is_dark) {
        const MmPoint at{box.x + Mm{(x + 0.5 + dx) * pitch}, box.y + Mm{(y + 0.5 + dy) * pitch}};
        (is_dark ? dark : light) += probe(image, map.to_image(at));
        ++(is_dark ? darks : lights);
    };
    for (int i = 0; i < n; ++i) {
        look(0, i, true);
        look(i, n - 1, true);
        if (i > 0) look(i, 0, i % 2 == 0);
        if (i + 1 < n && i > 0) look(n - 1, i, (n - 1 - i) % 2 == 0);
    }
    return light / lights - dark / darks;
}

struct Rim {
    int modules = 0;
    double contrast = 0, dx = 0, dy = 0;  ///< in modules
};

/// The size and the shift that show the rim best.
Rim find_rim(const GrayImage& image, const Homography& map, const MmBox& box) {
    constexpr double kClear = 80;  // gray steps: a rim beyond doubt, no need to shift it
    Rim best;
    for (int n = 10; n <= 26; n += 2) {
        const double contrast = rim_contrast(image, map, box, n, 0, 0);
        if (contrast > best.contrast) best = {n, contrast, 0, 0};
    }
    if (best.contrast > kClear) return best;
    for (int n = 10; n <= 26; n += 2) {
        for (double dy : {0.0, -0.5, 0.5}) {
            for (double dx : {0.0, -0.5, 0.5}) {
                const double contrast = rim_contrast(image, map, box, n, dx, dy);
                if (contrast > best.contrast) best = {n, contrast, dx, dy};
            }
        }
    }
    return best;
}

Homography shifted(const Homography& map, double dx_mm, double dy_mm) {
    auto m = map.matrix();
    for (std::size_t row = 0; row < 9; row += 3) m[row + 2] += m[row] * dx_mm + m[row + 1] * dy_mm;
    return Homography(m);
}

/// The map after the page was turned by quarters about the middle of a box: through it the symbol
/// in the box stands upright.
Homography upright(const Homography& map, const CodePlace& place) {
    constexpr std::array<double, 4> kCos{1, 0, -1, 0}, kSin{0, 1, 0, -1};
    const double c = kCos.at(std::size_t(place.turn)), s = kSin.at(std::size_t(place.turn));
    const MmPoint at = place.box.center();
    const double x = at.x.value, y = at.y.value;
    const auto& m = map.matrix();
    std::array<double, 9> out{};
    for (std::size_t row = 0; row < 9; row += 3) {
        out[row] = m[row] * c + m[row + 1] * s;
        out[row + 1] = -m[row] * s + m[row + 1] * c;
        out[row + 2] = m[row + 2] + m[row] * (x - c * x + s * y) + m[row + 1] * (y - s * x - c * y);
    }
    const double last = out[8];
    for (double& value : out) value /= last;
    return Homography(out);
}

std::array<PxPoint, 4> image_corners(const SymbolGrid& grid) {
    std::array<PxPoint, 4> out{};
    for (std::size_t i = 0; i < 4; ++i) out[i] = grid.corners[i].image;
    return out;
}

/// Straight from the modules: only for a map that is right to half a module.
std::optional<PlacedCode> read_modules(const GrayImage& image, const Homography& map,
                                       const CodePlace& place) {
    const auto grid = measure_matrix(image, map, place);
    if (!grid) return std::nullopt;
    const auto text = decode_modules(grid->dark, grid->modules, CodeKind::DataMatrix);
    if (!text) return std::nullopt;
    return PlacedCode{{CodeKind::DataMatrix, *text, image_corners(*grid)}, grid};
}

GrayImage to_image(const Patch& patch) {
    GrayImage out{patch.width, patch.height, 0, {}};
    out.pixels.reserve(patch.pixels.size());
    for (float value : patch.pixels) out.pixels.push_back(std::uint8_t(std::lround(value)));
    return out;
}

enum class Treatment { None, Contrast, Unsharp };

struct Look {
    double px_per_module;
    bool thorough;
    Treatment treatment;
};

std::optional<FoundCode> read_crop(const GrayImage& image, const Homography& map, const MmBox& box,
                                   CodeKind kind, const Look& look) {
    const double module = kind == CodeKind::Qr ? 0.6 : 0.7;  // mm, about
    const Patch patch = sample_patch(image, map, box, look.px_per_module / module);
    GrayImage crop = to_image(patch);
    if (look.treatment == Treatment::Contrast) crop = with_local_contrast(crop);
    if (look.treatment == Treatment::Unsharp) crop = unsharp(crop);
    auto code = read_code(crop, {0, 0, crop.width, crop.height}, kind, look.thorough);
    if (!code) return std::nullopt;
    for (auto& corner : code->corners) {
        corner = map.to_image(patch.to_page(corner.x.value, corner.y.value));
    }
    return code;
}

/// From the decoder's corners to the measured modules.
PlacedCode with_grid(const GrayImage& image, const CodePlace& place, FoundCode code) {
    PlacedCode out{std::move(code), std::nullopt};
    if (place.kind != CodeKind::DataMatrix) return out;
    const auto rough = map_by_corners(place, out.code.corners);
    if (rough) out.grid = measure_matrix(image, *rough, place);
    return out;
}

}  // namespace

std::optional<Homography> map_by_corners(const CodePlace& place,
                                         const std::array<PxPoint, 4>& corners) {
    std::array<PointPair, 4> pairs{};
    const auto page = place.box.corners();
    for (std::size_t i = 0; i < 4; ++i) {
        pairs[i] = {page[(i + std::size_t(place.turn)) % 4], corners[i], 1.0};
    }
    return fit_homography(pairs);
}

std::optional<SymbolGrid> measure_matrix(const GrayImage& image, const Homography& rough,
                                         const CodePlace& place) {
    constexpr double kLeastContrast = 25;  // gray steps
    constexpr double kLeastSeen = 0.5;     // of the edges between modules
    if (image.width < 2 || image.height < 2) return std::nullopt;
    const Homography straight = upright(rough, place);
    const Rim rim = find_rim(image, straight, place.box);
    if (rim.contrast < kLeastContrast) return std::nullopt;
    const double pitch = place.box.w.value / rim.modules;
    const Homography map = shifted(straight, rim.dx * pitch, rim.dy * pitch);
    auto grid = measure_grid(image, map, place.box, rim.modules);
    if (!grid || grid->edges_seen < kLeastSeen) return std::nullopt;
    const auto page = place.box.corners();
    for (std::size_t i = 0; i < 4; ++i) {
        grid->corners[i].page = page[(i + std::size_t(place.turn)) % 4];
    }
    return grid;
}

std::optional<PlacedCode> read_code_at(const GrayImage& image, const Homography& map,
                                       const CodePlace& place, Mm slack, Effort effort) {
    if (place.kind == CodeKind::DataMatrix) {
        if (auto placed = read_modules(image, map, place)) return placed;
    }
    constexpr Look kLooks[] = {{4, false, Treatment::None},
                               {7, true, Treatment::None},
                               {5, true, Treatment::Contrast},
                               {5, true, Treatment::Unsharp}};
    const std::size_t looks = effort == Effort::Thorough ? 4 : 2;
    for (std::size_t i = 0; i < looks; ++i) {
        auto code = read_crop(image, map, place.box.grown(slack), place.kind, kLooks[i]);
        if (code) return with_grid(image, place, std::move(*code));
    }
    return std::nullopt;
}

}  // namespace verso::scanner
