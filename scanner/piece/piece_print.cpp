// SPDX-License-Identifier: Apache-2.0
#include "scanner/piece/piece_print.h"

#include <algorithm>
#include <cmath>

#include "core/domain/piece_cells.h"
#include "scanner/marks/box_shape.h"
#include "scanner/registration/patch.h"

namespace verso::scanner {

namespace {

constexpr double kBoxMargin = 1.25;    // mm: how far strokes overshoot, short of the next box
constexpr double kOutlineHalf = 0.32;  // mm: the printed line and what blur adds to it
constexpr double kFullDarkness = 0.6;  // of solid print: ballpoint, and all that is bilevel
constexpr double kFieldInset = 1.2;    // mm: the field's own outline
constexpr double kFieldInk = 0.3;      // darkness of handwriting

/// The gray of bare paper in a patch: most of it is.
double paper_of(std::vector<float> pixels) {
    const auto light = pixels.begin() + std::ptrdiff_t(pixels.size() * 3 / 4);
    std::nth_element(pixels.begin(), light, pixels.end());
    return double(*light);
}

/// Darkness against the paper here; light falls on paper and ink alike.
class Ink {
  public:
    Ink(const Patch& patch, const Tones& tones) : paper_(paper_of(patch.pixels)) {
        contrast_ = std::max(1.0, tones.contrast() * paper_ / std::max(1.0, tones.paper));
    }
    double operator()(double gray) const { return (paper_ - gray) / contrast_; }

  private:
    double paper_, contrast_ = 1;
};

bool has_ink(const MarkMeasures& m) {
    return m.ink_share > 0.01 || m.ring_share > 0.02 || m.faint_span > 0.3;
}

/// Mean of the four patch pixels round a page position.
double mean_at(const AlignedBox& box, MmPoint at) {
    const PxPoint px = box.to_pixel(at);
    const int x = std::clamp(int(std::floor(px.x.value)), 0, box.patch.width - 2);
    const int y = std::clamp(int(std::floor(px.y.value)), 0, box.patch.height - 2);
    return (double(box.patch.at(x, y)) + double(box.patch.at(x + 1, y)) +
            double(box.patch.at(x, y + 1)) + double(box.patch.at(x + 1, y + 1))) /
           4;
}

PieceCells cells_of(const AlignedBox& box, int index, const Tones& tones) {
    const MmBox area = box.option->box.grown(Mm{kBoxMargin});
    const Ink ink(box.patch, tones);
    PieceCells cells;
    cells.index = index;
    cells.width = int(std::lround(area.w.value * PieceCells::kBoxCellsPerMm));
    cells.height = int(std::lround(area.h.value * PieceCells::kBoxCellsPerMm));
    cells.values.reserve(std::size_t(cells.width) * std::size_t(cells.height));
    for (int y = 0; y < cells.height; ++y) {
        for (int x = 0; x < cells.width; ++x) {
            const MmPoint at{area.x + Mm{(x + 0.5) / PieceCells::kBoxCellsPerMm},
                             area.y + Mm{(y + 0.5) / PieceCells::kBoxCellsPerMm}};
            if (std::abs(outline_distance(*box.option, at)) < kOutlineHalf) {
                cells.values.push_back(PieceCells::kUnknown);
                continue;
            }
            const double share = std::clamp(ink(mean_at(box, at)) / kFullDarkness, 0.0, 1.0);
            cells.values.push_back(std::uint8_t(std::lround(share * PieceCells::kDarkest)));
        }
    }
    return cells;
}

PieceCells cells_of(const PieceEvidence& evidence, std::size_t field) {
    const MmBox area = evidence.region.fields.at(field).box.grown(Mm{-kFieldInset});
    const Patch patch = sample_patch(evidence.image, evidence.registration.map, area,
                                     PieceCells::kFieldCellsPerMm, 3);
    const Ink ink(patch, evidence.registration.tones);
    PieceCells cells;
    cells.index = int(field);
    cells.field = true;
    cells.width = patch.width;
    cells.height = patch.height;
    for (float gray : patch.pixels)
        cells.values.push_back(ink(double(gray)) > kFieldInk ? PieceCells::kDarkest : 0);
    return cells;
}

}  // namespace

std::string piece_print(const PieceEvidence& evidence) {
    std::vector<PieceCells> all;
    for (std::size_t i = 0; i < evidence.boxes.size() && i < evidence.measures.size(); ++i) {
        if (!has_ink(evidence.measures[i])) continue;
        all.push_back(cells_of(evidence.boxes[i], int(i), evidence.registration.tones));
    }
    for (std::size_t i = 0; i < evidence.fields.size(); ++i) {
        if (evidence.fields[i].inked) all.push_back(cells_of(evidence, i));
    }
    return format_piece(all);
}

}  // namespace verso::scanner
