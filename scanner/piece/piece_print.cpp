// SPDX-License-Identifier: Apache-2.0
#include "scanner/piece/piece_print.h"

#include <algorithm>
#include <cmath>
#include <deque>

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

/// The gray of bare paper in a patch: most of it is. Every seventh pixel tells enough.
double paper_of(const std::vector<float>& pixels) {
    constexpr std::size_t kStep = 7;
    std::vector<float> some;
    some.reserve(pixels.size() / kStep + 1);
    for (std::size_t i = 0; i < pixels.size(); i += kStep) some.push_back(pixels[i]);
    const auto light = some.begin() + std::ptrdiff_t(some.size() * 3 / 4);
    std::nth_element(some.begin(), light, some.end());
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

/// Mean of the four patch pixels right of and below (x, y).
double mean_of_four(const Patch& patch, int x, int y) {
    const std::size_t i = std::size_t(y) * std::size_t(patch.width) + std::size_t(x);
    const std::size_t below = i + std::size_t(patch.width);
    return double(patch.pixels[i] + patch.pixels[i + 1] + patch.pixels[below] +
                  patch.pixels[below + 1]) /
           4;
}

/// The patch pixel left of or above each of `count` cells, of which the first lies at `first`.
std::vector<int> pixels_of(double first, int count, const Patch& patch, int side) {
    const double step = patch.px_per_mm / PieceCells::kBoxCellsPerMm;
    std::vector<int> out;
    for (int i = 0; i < count; ++i)
        out.push_back(std::clamp(int(std::floor(first + step * i)), 0, side - 2));
    return out;
}

/// The raster round one size of box, in mm from the box's corner: where the printed outline is not.
struct Frame {
    MarkShape shape;
    Mm w, h;
    int width, height;
    std::vector<bool> printed;

    explicit Frame(const MarkOption& option)
        : shape(option.shape), w(option.box.w), h(option.box.h) {
        const MmBox area = option.box.grown(Mm{kBoxMargin});
        width = int(std::lround(area.w.value * PieceCells::kBoxCellsPerMm));
        height = int(std::lround(area.h.value * PieceCells::kBoxCellsPerMm));
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                const double distance = outline_distance(option, at(option.box, x, y));
                printed.push_back(std::abs(distance) < kOutlineHalf);
            }
        }
    }
    bool fits(const MarkOption& option) const {
        return option.shape == shape && option.box.w == w && option.box.h == h;
    }
    static MmPoint at(const MmBox& box, int x, int y) {
        return {box.x + Mm{(x + 0.5) / PieceCells::kBoxCellsPerMm - kBoxMargin},
                box.y + Mm{(y + 0.5) / PieceCells::kBoxCellsPerMm - kBoxMargin}};
    }
};

/// Frames of one card: it has boxes of two or three sizes.
class Frames {
  public:
    const Frame& of(const MarkOption& option) {
        for (const Frame& frame : frames_) {
            if (frame.fits(option)) return frame;
        }
        return frames_.emplace_back(option);
    }

  private:
    std::deque<Frame> frames_;
};

PieceCells cells_of(const AlignedBox& box, int index, const Frame& frame, const Tones& tones) {
    const Ink ink(box.patch, tones);
    PieceCells cells;
    cells.index = index;
    cells.width = frame.width;
    cells.height = frame.height;
    cells.values.reserve(frame.printed.size());
    const PxPoint first = box.to_pixel(Frame::at(box.option->box, 0, 0));
    const auto columns = pixels_of(first.x.value, cells.width, box.patch, box.patch.width);
    const auto rows = pixels_of(first.y.value, cells.height, box.patch, box.patch.height);
    for (int y : rows) {
        for (int x : columns) {
            if (frame.printed[cells.values.size()]) {
                cells.values.push_back(PieceCells::kUnknown);
                continue;
            }
            const double gray = mean_of_four(box.patch, x, y);
            const double share = std::clamp(ink(gray) / kFullDarkness, 0.0, 1.0);
            cells.values.push_back(std::uint8_t(share * PieceCells::kDarkest + 0.5));
        }
    }
    return cells;
}

PieceCells cells_of(const PieceEvidence& evidence, std::size_t field) {
    const MmBox area = evidence.region.fields.at(field).box.grown(Mm{-kFieldInset});
    const Patch patch = sample_patch(evidence.image, evidence.registration.map, area,
                                     PieceCells::kFieldCellsPerMm, 2);
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
    Frames frames;
    for (std::size_t i = 0; i < evidence.boxes.size() && i < evidence.measures.size(); ++i) {
        if (!has_ink(evidence.measures[i])) continue;
        const AlignedBox& box = evidence.boxes[i];
        all.push_back(cells_of(box, int(i), frames.of(*box.option), evidence.registration.tones));
    }
    for (std::size_t i = 0; i < evidence.fields.size(); ++i) {
        if (evidence.fields[i].inked) all.push_back(cells_of(evidence, i));
    }
    return format_piece(all);
}

}  // namespace verso::scanner
