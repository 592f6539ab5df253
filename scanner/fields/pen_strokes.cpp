// SPDX-License-Identifier: Apache-2.0
#include "scanner/fields/pen_strokes.h"

#include <algorithm>
#include <cmath>

namespace verso::scanner {

namespace {

constexpr double kSpeckMm2 = 0.12, kSpeckAloneMm = 1.5;  // a lone speck of 0.35 mm
constexpr double kCrumbMm2 = 0.03, kCrumbAloneMm = 0.3;  // one of 0.17 mm even near writing
constexpr double kSmoothMm = 0.08;                       // less than half of any pen's width

/// Averages over 2 * reach + 1 values of a row or column.
void average(const float* in, float* out, int count, std::ptrdiff_t stride, int reach) {
    for (int i = 0; i < count; ++i) {
        float sum = 0;
        const int from = std::max(0, i - reach), to = std::min(count - 1, i + reach);
        for (int k = from; k <= to; ++k) sum += in[k * stride];
        out[i * stride] = sum / float(to - from + 1);
    }
}

/// The darkness with the paper's grain averaged out.
std::vector<float> smooth(const FieldInk& ink, int reach) {
    if (reach == 0) return ink.dark;
    std::vector<float> rows(ink.dark.size()), out(ink.dark.size());
    for (int y = 0; y < ink.height; ++y) {
        average(ink.dark.data() + ink.index(0, y), rows.data() + ink.index(0, y), ink.width, 1,
                reach);
    }
    for (int x = 0; x < ink.width; ++x) {
        average(rows.data() + x, out.data() + x, ink.height, ink.width, reach);
    }
    return out;
}

/// One connected piece of ink.
struct Piece {
    std::vector<std::size_t> pixels;
    int size = 0;         ///< those that are ink without their neighbours' help
    bool clear = false;   ///< some of it is surely no paper
    bool inside = false;  ///< some of it lies in the frame
};

/// Collects connected ink, one piece after another. Owned by one call.
class PieceFinder {
  public:
    PieceFinder(const FieldInk& ink, const PxBox& frame, std::vector<float> dark, float edge)
        : ink_(ink), frame_(frame), dark_(std::move(dark)), edge_(edge), seen_(dark_.size(), 0) {}

    /// The next piece; one without pixels after the last.
    Piece next() {
        Piece piece;
        for (; at_ < dark_.size(); ++at_) {
            if (seen_[at_] != 0 || dark_[at_] <= edge_) continue;
            take(at_, piece);
            for (std::size_t i = 0; i < piece.pixels.size(); ++i) spread(piece.pixels[i], piece);
            break;
        }
        return piece;
    }

  private:
    void take(std::size_t at, Piece& piece) {
        constexpr float kClear = 2;
        seen_[at] = 1;
        piece.pixels.push_back(at);
        if (ink_.dark[at] > ink_.edge()) ++piece.size;
        piece.clear = piece.clear || dark_[at] > kClear * edge_;
        const auto width = std::size_t(ink_.width);
        const PxPoint here{Px{double(at % width)}, Px{double(at / width)}};
        piece.inside = piece.inside || frame_.contains(here);
    }
    void spread(std::size_t from, Piece& piece) {
        const int x = int(from % std::size_t(ink_.width)), y = int(from / std::size_t(ink_.width));
        for (int dy = -1; dy <= 1; ++dy) {
            for (int dx = -1; dx <= 1; ++dx) {
                if (!ink_.holds(x + dx, y + dy)) continue;
                const std::size_t at = ink_.index(x + dx, y + dy);
                if (seen_[at] == 0 && dark_[at] > edge_) take(at, piece);
            }
        }
    }

    const FieldInk& ink_;
    PxBox frame_;
    std::vector<float> dark_;
    float edge_;
    std::vector<std::uint8_t> seen_;
    std::size_t at_ = 0;
};

/// Whether the piece lies in what is near larger ones.
bool is_near(const Piece& piece, const std::vector<std::uint8_t>& near) {
    return std::any_of(piece.pixels.begin(), piece.pixels.end(),
                       [&](std::size_t at) { return near[at] != 0; });
}

}  // namespace

std::vector<std::uint8_t> widened(const std::vector<std::uint8_t>& mask, int width, int height,
                                  int reach) {
    const auto along = [&](const std::vector<std::uint8_t>& in, int count, int lines,
                           std::size_t stride, std::size_t line_stride) {
        std::vector<std::uint8_t> out(in.size(), 0);
        for (int line = 0; line < lines; ++line) {
            int done = 0;  // all before is written
            for (int i = 0; i < count; ++i) {
                if (in[std::size_t(line) * line_stride + std::size_t(i) * stride] == 0) continue;
                const int to = std::min(count - 1, i + reach);
                for (int k = std::max(done, i - reach); k <= to; ++k) {
                    out[std::size_t(line) * line_stride + std::size_t(k) * stride] = 1;
                }
                done = std::max(done, to + 1);
            }
        }
        return out;
    };
    const auto row = std::size_t(width);
    return along(along(mask, width, height, 1, row), height, width, row, 1);
}

std::vector<std::uint8_t> find_pen_strokes(const FieldInk& ink, const PxBox& frame) {
    const int reach = int(std::lround(kSmoothMm * ink.px_per_mm));
    const auto px = [&](double mm) { return std::max(1, int(std::lround(mm * ink.px_per_mm))); };
    const double area = ink.px_per_mm * ink.px_per_mm;
    // averaging over n x n pixels takes the grain down n times, by half of that where it is soft
    const float edge = reach > 0 ? std::max(0.04F, ink.edge() * 0.6F) : ink.edge();
    const PxBox inner = frame.grown(Px{-1.0});
    PieceFinder finder(ink, inner, smooth(ink, reach), edge);
    std::vector<std::uint8_t> out(ink.dark.size(), 0);
    std::vector<Piece> small;
    for (Piece piece = finder.next(); !piece.pixels.empty(); piece = finder.next()) {
        if (!piece.clear || !piece.inside) continue;
        if (piece.size < kSpeckMm2 * area) {
            small.push_back(std::move(piece));
        } else {
            for (const std::size_t at : piece.pixels) out[at] = 1;
        }
    }
    const auto near = widened(out, ink.width, ink.height, px(kSpeckAloneMm));
    const auto touching = widened(out, ink.width, ink.height, px(kCrumbAloneMm));
    for (const auto& piece : small) {
        const bool crumb = piece.size < kCrumbMm2 * area;
        if (!is_near(piece, crumb ? touching : near)) continue;
        for (const std::size_t at : piece.pixels) out[at] = 1;
    }
    return out;
}

}  // namespace verso::scanner
