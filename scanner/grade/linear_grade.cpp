// SPDX-License-Identifier: Apache-2.0
// ISO/IEC 15416: a linear code by ten scan lines.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "scanner/grade/code_grade.h"
#include "scanner/grade/grade_table.h"
#include "scanner/grade/reflectance.h"

namespace verso::scanner {

namespace {

constexpr int kScanLines = 10;
// Around the bars; what else is printed must stay ten modules away.
constexpr double kQuietModules = 4;
constexpr int kSamplesPerModule = 24;

/// Light along one line over the symbol, at even steps.
using ScanLine = std::vector<double>;

/// A bar or a space; the first and the last are the quiet zones.
struct Element {
    std::size_t begin = 0, end = 0;  ///< samples
    bool is_bar = false;
    double light = 0;  ///< a space's lightest, a bar's darkest
    double left = 0;   ///< its left edge, in samples
};

ScanLine scan(const Reflectance& page, const SymbolPlace& place, double v) {
    const int samples = int((place.columns + 2 * kQuietModules) * kSamplesPerModule);
    ScanLine line;
    line.reserve(std::size_t(samples));
    for (int i = 0; i < samples; ++i) {
        const double modules = (i + 0.5) / kSamplesPerModule - kQuietModules;
        line.push_back(page.at(in_turned_box(place.box, place.turn, modules / place.columns, v)));
    }
    return line;
}

std::vector<Element> elements_of(const ScanLine& line, double threshold) {
    std::vector<Element> elements;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool is_bar = line[i] < threshold;
        if (elements.empty() || elements.back().is_bar != is_bar) {
            elements.push_back({i, i, is_bar, line[i], 0});
        }
        Element& last = elements.back();
        last.end = i + 1;
        last.light = is_bar ? std::min(last.light, line[i]) : std::max(last.light, line[i]);
    }
    return elements;
}

/// An edge is where the line crosses the middle between its two elements (5.4.2).
void place_edges(const ScanLine& line, std::vector<Element>& elements) {
    for (std::size_t i = 1; i < elements.size(); ++i) {
        const Element& before = elements[i - 1];
        const double middle = (before.light + elements[i].light) / 2;
        const bool falls = elements[i].is_bar;
        const double rough = double(elements[i].begin);
        double edge = rough, nearest = kSamplesPerModule;
        for (std::size_t at = before.begin; at + 1 < elements[i].end; ++at) {
            const double here = line[at], next = line[at + 1];
            const bool crosses =
                falls ? here > middle && next <= middle : here < middle && next >= middle;
            if (!crosses) continue;
            const double exact = double(at) + (here - middle) / (here - next) + 0.5;
            if (std::abs(exact - rough) >= nearest) continue;
            nearest = std::abs(exact - rough);
            edge = exact;
        }
        elements[i].left = edge;
    }
}

/// How far light varies inside one element: a spot in a bar, a void in a space (5.4.6).
double reflectance_variation(const ScanLine& line, const Element& element) {
    double worst = 0;
    const double sign = element.is_bar ? -1 : 1;  // as if all were spaces with dark spots
    double peak_before = sign * line[element.begin];
    std::vector<double> peak_after(element.end - element.begin + 1, -2);
    for (std::size_t i = element.end; i-- > element.begin;) {
        peak_after[i - element.begin] = std::max(peak_after[i - element.begin + 1], sign * line[i]);
    }
    for (std::size_t i = element.begin; i < element.end; ++i) {
        const double here = sign * line[i];
        peak_before = std::max(peak_before, here);
        const double lower_peak = std::min(peak_before, peak_after[i - element.begin]);
        if (here < lower_peak) worst = std::max(worst, sign * element.light - here);
    }
    return worst;
}

/// How near the widths come to being read as another character (ISO/IEC 15417, annex on
/// decodability): edge to similar edge, and the sum of the bars. 0 when these are no characters of
/// Code 128: six elements each, and seven for the stop.
double decodability(const std::vector<Element>& elements) {
    const std::size_t bars_and_spaces = elements.size() - 2;  // without the quiet zones
    if (elements.size() < 21 || (bars_and_spaces - 7) % 6 != 0) return 0;
    const auto left = [&](std::size_t i) { return elements[i + 1].left; };
    double worst = 1;
    for (std::size_t first = 0; first + 7 <= bars_and_spaces; first += 6) {
        const double module = (left(first + 6) - left(first)) / 11;
        if (module <= 0) return 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const double modules = (left(first + i + 2) - left(first + i)) / module;
            const double from_half = std::abs(modules - std::floor(modules) - 0.5);
            worst = std::min(worst, from_half / 0.5);
        }
        double bars = 0;
        for (std::size_t i = 0; i < 6; i += 2) bars += left(first + i + 1) - left(first + i);
        // The sum of bars is even in every character; 1.75 modules is the room it has.
        const double sum = bars / module;
        const double off = std::abs(sum - 2 * std::round(sum / 2));
        worst = std::min(worst, (1.75 - off) / 1.75);
    }
    return std::max(worst, 0.0);
}

/// The parameters of one line, in the order of kNames.
using LineValues = std::array<GradedValue, 6>;

LineValues measure(const ScanLine& line) {
    const auto [low, high] = std::minmax_element(line.begin(), line.end());
    const double least = *low, most = *high, contrast = most - least;
    auto elements = elements_of(line, (most + least) / 2);
    place_edges(line, elements);
    double edge = contrast;
    double variation = 0;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (i > 0) edge = std::min(edge, std::abs(elements[i].light - elements[i - 1].light));
        variation = std::max(variation, reflectance_variation(line, elements[i]));
    }
    const double modulation = contrast > 0 ? edge / contrast : 0;
    const double defects = contrast > 0 ? variation / contrast : 1;
    const double margin = decodability(elements);
    return {{{"contrast", contrast, grade_at_least(contrast, kLinearContrast)},
             {"least reflectance", least, least <= 0.5 * most ? 4.0 : 0.0},
             {"edge contrast", edge, edge >= kLeastEdgeContrast ? 4.0 : 0.0},
             {"modulation", modulation, grade_at_least(modulation, kLinearModulation)},
             {"defects", defects, grade_at_most(defects, kLinearDefects)},
             {"decodability", margin, grade_at_least(margin, kDecodability)}}};
}

}  // namespace

CodeGrade grade_linear(const GrayImage& image, const Homography& map, const SymbolPlace& place) {
    CodeGrade result;
    if (image.empty() || place.columns <= 0) return result;
    const Reflectance page(image, map);
    double sum = 0;
    for (int i = 0; i < kScanLines; ++i) {
        const double v = 0.1 + 0.8 * (i + 0.5) / kScanLines;
        const LineValues values = measure(scan(page, place, v));
        const auto least = [](const auto& a, const auto& b) { return a.grade < b.grade; };
        sum += std::min_element(values.begin(), values.end(), least)->grade;
        if (result.values.empty()) result.values.assign(values.begin(), values.end());
        for (std::size_t k = 0; k < values.size(); ++k) {
            if (values[k].grade < result.values[k].grade) result.values[k] = values[k];
        }
    }
    result.grade = sum / kScanLines;
    return result;
}

}  // namespace verso::scanner
