// SPDX-License-Identifier: Apache-2.0
#include "core/domain/piece_match.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace verso {

namespace {

constexpr int kBoxShift = 2, kFieldShift = 1;  // cells: half a mm is what alignment leaves
constexpr float kInk = 0.34F;                  // of full ink: two of six levels and more

/// A raster of 0 to 1; cells of the card's own print are not known.
struct Raster {
    const PieceCells* cells;
    std::vector<float> ink, smooth;

    int width() const { return cells->width; }
    int height() const { return cells->height; }
    std::size_t at(int x, int y) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(width()) +
               static_cast<std::size_t>(x);
    }
    bool inside(int x, int y) const { return x >= 0 && y >= 0 && x < width() && y < height(); }
    bool known(std::size_t i) const { return cells->values[i] != PieceCells::kUnknown; }
    bool inked(std::size_t i) const { return known(i) && ink[i] >= kInk; }
};

/// Binomial 3 x 3 over the known cells: a shift of half a cell then costs little.
float smoothed(const Raster& raster, int x, int y) {
    float sum = 0, weights = 0;
    for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
            if (!raster.inside(x + dx, y + dy)) continue;
            const std::size_t i = raster.at(x + dx, y + dy);
            if (!raster.known(i)) continue;
            const auto weight = static_cast<float>((2 - std::abs(dx)) * (2 - std::abs(dy)));
            sum += weight * raster.ink[i];
            weights += weight;
        }
    }
    return weights > 0 ? sum / weights : 0;
}

std::vector<Raster> rasters_of(const std::vector<PieceCells>& all) {
    std::vector<Raster> out;
    for (const PieceCells& cells : all) {
        Raster raster{&cells, {}, {}};
        raster.ink.reserve(cells.values.size());
        for (const std::uint8_t value : cells.values) {
            const bool known = value != PieceCells::kUnknown;
            raster.ink.push_back(known ? static_cast<float>(value) / float(PieceCells::kDarkest)
                                       : 0.0F);
        }
        raster.smooth.reserve(raster.ink.size());
        for (int y = 0; y < cells.height; ++y) {
            for (int x = 0; x < cells.width; ++x) raster.smooth.push_back(smoothed(raster, x, y));
        }
        out.push_back(std::move(raster));
    }
    return out;
}

/// Calls `visit` with the indices of the cells of `a` and `b` that meet when b is moved.
template <class Visit>
void for_each_pair(const Raster& a, const Raster& b, int dx, int dy, Visit visit) {
    const int from_x = std::max(0, -dx), to_x = std::min(a.width(), b.width() - dx);
    for (int y = std::max(0, -dy); y < std::min(a.height(), b.height() - dy); ++y) {
        for (int x = from_x; x < to_x; ++x) {
            const std::size_t i = a.at(x, y), j = b.at(x + dx, y + dy);
            if (a.known(i) && b.known(j)) visit(i, j, x, y);
        }
    }
}

double correlation(const Raster& a, const Raster& b, int dx, int dy) {
    constexpr double kFewest = 20, kFlat = 1e-6;
    double n = 0, sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
    for_each_pair(a, b, dx, dy, [&](std::size_t i, std::size_t j, int, int) {
        const double p = double(a.smooth[i]), q = double(b.smooth[j]);
        n += 1;
        sa += p;
        sb += q;
        saa += p * p;
        sbb += q * q;
        sab += p * q;
    });
    if (n < kFewest) return 0;
    const double va = saa - sa * sa / n, vb = sbb - sb * sb / n;
    return va > kFlat && vb > kFlat ? (sab - sa * sb / n) / std::sqrt(va * vb) : 0;
}

struct Fit {
    double correlation = -1;
    int dx = 0, dy = 0;
};

Fit best_fit(const Raster& a, const Raster& b, int most) {
    Fit best;
    for (int dy = -most; dy <= most; ++dy) {
        for (int dx = -most; dx <= most; ++dx) {
            const double here = correlation(a, b, dx, dy);
            if (here > best.correlation) best = {here, dx, dy};
        }
    }
    return best;
}

/// Ink of one raster that lies on ink of the other, or beside it by a cell.
struct Cover {
    double ink = 0, on = 0;

    void add(const Raster& a, const Raster& b, int dx, int dy) {
        for_each_pair(a, b, dx, dy, [&](std::size_t i, std::size_t, int x, int y) {
            if (!a.inked(i)) return;
            ink += 1;
            for (int v = -1; v <= 1; ++v) {
                for (int u = -1; u <= 1; ++u) {
                    const int bx = x + dx + u, by = y + dy + v;
                    if (!b.inside(bx, by) || !b.inked(b.at(bx, by))) continue;
                    on += 1;
                    return;
                }
            }
        });
    }
    double share() const { return ink > 0 ? on / ink : 0; }
};

int inked_cells(const Raster& raster) {
    int count = 0;
    for (std::size_t i = 0; i < raster.ink.size(); ++i) count += raster.inked(i) ? 1 : 0;
    return count;
}

double fisher_z(double correlation) {
    constexpr double kMost = 0.9995;  // seven levels of ink cannot show more
    return std::atanh(std::clamp(correlation, -kMost, kMost));
}

bool comparable(const Raster& a, const Raster& b) {
    return a.cells->field == b.cells->field && a.width() == b.width() && a.height() == b.height();
}

/// How alike each box of one piece is to each of the other.
class LikenessTable {
  public:
    LikenessTable(std::size_t rows, std::size_t columns)
        : rows_(rows), columns_(columns), z_(rows * columns) {}

    void set(std::size_t i, std::size_t j, double z, bool same_place) {
        z_[i * columns_ + j] = z;
        if (same_place) pairs_.emplace_back(i, j);
    }
    void sum_up(PieceMeasures& out) const {
        double margins = 0;
        int count = 0;
        for (const auto& [i, j] : pairs_) {
            const double own = *z_[i * columns_ + j];
            out.likeness += own / double(pairs_.size());
            const auto others = mean_of_others(i, j);
            if (!others) continue;
            const double margin = own - *others;
            out.least_margin = count == 0 ? margin : std::min(out.least_margin, margin);
            margins += margin;
            ++count;
        }
        out.boxes = static_cast<int>(pairs_.size());
        out.margin = count > 0 ? margins / count : 0;
    }

  private:
    std::optional<double> mean_of_others(std::size_t i, std::size_t j) const {
        double sum = 0;
        int count = 0;
        const auto add = [&](std::size_t row, std::size_t column) {
            const auto& z = z_[row * columns_ + column];
            if (!z || (row == i && column == j)) return;
            sum += *z;
            ++count;
        };
        for (std::size_t column = 0; column < columns_; ++column) add(i, column);
        for (std::size_t row = 0; row < rows_; ++row) add(row, j);
        return count > 0 ? std::optional<double>(sum / count) : std::nullopt;
    }

    std::size_t rows_, columns_;
    std::vector<std::optional<double>> z_;  ///< nothing where shapes differ
    std::vector<std::pair<std::size_t, std::size_t>> pairs_;
};

}  // namespace

PieceMeasures measure_pieces(const std::vector<PieceCells>& a, const std::vector<PieceCells>& b) {
    PieceMeasures out;
    int ink_a = 0, ink_b = 0;
    Cover a_on_b, b_on_a;
    const std::vector<Raster> first = rasters_of(a), second = rasters_of(b);
    LikenessTable table(first.size(), second.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        for (std::size_t j = 0; j < second.size(); ++j) {
            const Raster &x = first[i], &y = second[j];
            if (!comparable(x, y)) continue;
            const bool same_place = x.cells->index == y.cells->index;
            if (x.cells->field) {
                if (same_place) out.field = best_fit(x, y, kFieldShift).correlation;
                continue;
            }
            const Fit fit = best_fit(x, y, kBoxShift);
            table.set(i, j, fisher_z(fit.correlation), same_place);
            if (!same_place) continue;
            ink_a += inked_cells(x);
            ink_b += inked_cells(y);
            a_on_b.add(x, y, fit.dx, fit.dy);
            b_on_a.add(y, x, -fit.dx, -fit.dy);
        }
    }
    table.sum_up(out);
    out.containment = std::max(a_on_b.share(), b_on_a.share());
    out.ink_cells = std::min(ink_a, ink_b);
    out.ink_ratio = double(out.ink_cells) / std::max({ink_a, ink_b, 1});
    return out;
}

}  // namespace verso
