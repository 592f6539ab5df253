// SPDX-License-Identifier: Apache-2.0
// ISO/IEC 15415: a matrix code by its modules.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "scanner/grade/code_grade.h"
#include "scanner/grade/grade_table.h"
#include "scanner/grade/reflectance.h"

namespace verso::scanner {

namespace {

/// Looks at the symbol in its own modules: (0, 0) is its top left corner.
class ModuleView {
  public:
    ModuleView(const GrayImage& image, const Homography& map, const SymbolPlace& place)
        : page_(image, map), place_(place) {}

    double at(double column, double row) const {
        return page_.at(
            in_turned_box(place_.box, place_.turn, column / place_.columns, row / place_.rows));
    }
    /// Mean over the middle half of a module.
    double module(int column, int row) const {
        double sum = 0;
        for (int i = 0; i < 9; ++i) {
            sum += at(column + 0.5 + (i % 3 - 1) * 0.2, row + 0.5 + (i / 3 - 1) * 0.2);
        }
        return sum / 9;
    }

  private:
    Reflectance page_;
    const SymbolPlace& place_;
};

/// The modules' own light and how much of it is on the right side of the threshold.
struct ModuleLights {
    double contrast = 0, threshold = 0, modulation = 0;
};

ModuleLights measure_modules(const ModuleView& view, const SymbolPlace& place,
                             std::string_view modules) {
    std::vector<double> lights;
    for (int row = 0; row < place.rows; ++row) {
        for (int column = 0; column < place.columns; ++column) {
            lights.push_back(view.module(column, row));
        }
    }
    const auto [low, high] = std::minmax_element(lights.begin(), lights.end());
    ModuleLights found{*high - *low, (*high + *low) / 2, 0};
    if (found.contrast <= 0) return found;
    std::vector<double> modulations;
    for (std::size_t i = 0; i < lights.size(); ++i) {
        const double side =
            modules[i] == '1' ? found.threshold - lights[i] : lights[i] - found.threshold;
        modulations.push_back(std::max(0.0, 2 * side / found.contrast));
    }
    // The standard weighs bad modules by the error correction left, which the decoder does not
    // tell: the worst hundredth is left to it.
    const auto spared = std::ptrdiff_t(modulations.size() / 100);
    std::nth_element(modulations.begin(), modulations.begin() + spared, modulations.end());
    found.modulation = modulations[std::size_t(spared)];
    return found;
}

/// Where light crosses the threshold nearest to an edge that should be at `at`, in modules;
/// nothing within half a module.
template <class Light>
std::optional<double> edge_near(const Light& light, double at, double threshold, bool falls) {
    constexpr double kStep = 1.0 / 24;
    std::optional<double> best;
    double before = light(at - 0.5);
    for (int i = 1; i <= 24; ++i) {
        const double here = light(at - 0.5 + i * kStep);
        const bool crosses = falls ? before > threshold && here <= threshold
                                   : before < threshold && here >= threshold;
        if (crosses) {
            const double exact =
                at - 0.5 + (i - 1 + (before - threshold) / (before - here)) * kStep;
            if (!best || std::abs(exact - at) < std::abs(*best - at)) best = exact;
        }
        before = here;
    }
    return best;
}

/// How far the middle of a dark run stands from its place, at most, in modules: spread of ink moves
/// both of its edges and not its middle.
double grid_fault(const ModuleView& view, const SymbolPlace& place, std::string_view modules,
                  double threshold) {
    double worst = 0;
    const auto look = [&](int lines, int length, const auto& is_dark, const auto& light) {
        for (int line = 0; line < lines; ++line) {
            const auto along = [&](double at) { return light(line, at); };
            for (int begin = 0; begin < length; ++begin) {
                if (!is_dark(line, begin)) continue;
                int end = begin;
                while (end < length && is_dark(line, end)) ++end;
                const auto left = edge_near(along, begin, threshold, true);
                const auto right = edge_near(along, end, threshold, false);
                const double off =
                    left && right ? std::abs((*left + *right) / 2 - (begin + end) / 2.0) : 1;
                worst = std::max(worst, off);
                begin = end;
            }
        }
    };
    const auto dark = [&](int row, int column) {
        return modules[std::size_t(row) * std::size_t(place.columns) + std::size_t(column)] == '1';
    };
    look(place.rows, place.columns, dark,
         [&](int row, double column) { return view.at(column, row + 0.5); });
    look(
        place.columns, place.rows, [&](int column, int row) { return dark(row, column); },
        [&](int column, double row) { return view.at(column + 0.5, row); });
    return worst;
}

}  // namespace

CodeGrade grade_matrix(const GrayImage& image, const Homography& map, const SymbolPlace& place,
                       std::string_view modules) {
    CodeGrade result;
    if (image.empty() || place.columns <= 0 || place.rows <= 0 ||
        modules.size() != std::size_t(place.columns) * std::size_t(place.rows)) {
        return result;
    }
    const ModuleView view(image, map, place);
    const ModuleLights lights = measure_modules(view, place, modules);
    const bool upright = ((place.turn % 180) + 180) % 180 == 0;
    const double x = (upright ? place.box.w : place.box.h).value / place.columns;
    const double y = (upright ? place.box.h : place.box.w).value / place.rows;
    const double axial = x + y > 0 ? std::abs(x - y) / ((x + y) / 2) : 1;
    const double grid = grid_fault(view, place, modules, lights.threshold);
    result.values = {
        {"contrast", lights.contrast, grade_at_least(lights.contrast, kMatrixContrast)},
        {"modulation", lights.modulation, grade_at_least(lights.modulation, kMatrixModulation)},
        {"axial non-uniformity", axial, grade_at_most(axial, kAxialNonUniformity)},
        {"grid non-uniformity", grid, grade_at_most(grid, kGridNonUniformity)}};
    result.grade = 4;
    for (const auto& value : result.values) result.grade = std::min(result.grade, value.grade);
    return result;
}

}  // namespace verso::scanner
