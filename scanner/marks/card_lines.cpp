// SPDX-License-Identifier: Apache-2.0
#include "scanner/marks/card_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace verso::scanner {

namespace {

constexpr double kRasterPxPerMm = 4;
constexpr int kSide = 5;            // px to the paper beside a line: 1.25 mm
constexpr double kMostLean = 0.16;  // tangent of 9 degrees: a card fed askew
constexpr int kRowStep = 3;         // rows looked at: one in three
// A row speaks for the line when it is darker there than on both sides by that much of the
// contrast, in 1/256; half of those must whose sides are bare paper, and half of all rows must be
// such. That a line is there is then shown by its profile.
constexpr int kDarker = 9;
constexpr double kLeastRows = 0.5, kLeastBare = 0.5;
constexpr std::int16_t kPrint = -1000;
constexpr double kFaintestLine = 0.04;

/// Ridge of the raster: by how much each pixel is darker than both its sides, in 1/256 of the
/// card's contrast; transposed for level lines, so that the search walks down columns.
struct Ridge {
    int width = 0, height = 0;
    std::vector<std::int16_t> values;
    int at(int x, int y) const {
        return values[std::size_t(y) * std::size_t(width) + std::size_t(x)];
    }
};

Ridge ridge_of(const Patch& raster, const Tones& tones, bool upright) {
    Ridge out;
    out.width = upright ? raster.width : raster.height;
    out.height = upright ? raster.height : raster.width;
    out.values.resize(std::size_t(out.width) * std::size_t(out.height));
    const double scale = 256 / tones.contrast();
    const float bare = float(tones.paper - 0.3 * tones.contrast());
    const auto gray = [&](int x, int y) { return upright ? raster.at(x, y) : raster.at(y, x); };
    for (int y = 0; y < out.height; y += kRowStep) {
        for (int x = kSide; x < out.width - kSide; ++x) {
            const float here = gray(x, y);
            const float side = std::min(gray(x - kSide, y), gray(x + kSide, y));
            out.values[std::size_t(y) * std::size_t(out.width) + std::size_t(x)] =
                side < bare ? kPrint
                            : std::int16_t(std::clamp(double(side - here) * scale, -256.0, 256.0));
        }
    }
    return out;
}

struct Track {
    int top = 0, bottom = 0;  ///< across at the first and the last row
    double rows = 0;          ///< share that speaks for it
};

Track rate(const Ridge& ridge, int top, int bottom) {
    int speaking = 0, bare = 0, all = 0;
    const int last = ridge.height - 1;
    const int step = ((bottom - top) * 65536) / last;
    int place = top * 65536 + 32768;
    for (int y = 0; y < ridge.height; y += kRowStep, place += step * kRowStep, ++all) {
        const int value = ridge.at(std::clamp(place >> 16, 0, ridge.width - 1), y);
        bare += value != kPrint ? 1 : 0;
        speaking += value > kDarker ? 1 : 0;
    }
    return {top, bottom, bare < kLeastBare * all ? 0 : double(speaking) / bare};
}

std::vector<Track> find_tracks(const Ridge& ridge) {
    constexpr int kLeanStep = 2;
    const int lean = int(ridge.height * kMostLean);
    std::vector<Track> found;
    for (int top = 0; top < ridge.width; ++top) {
        for (int bottom = top - lean; bottom <= top + lean; bottom += kLeanStep) {
            if (bottom < 0 || bottom >= ridge.width) continue;
            const Track track = rate(ridge, top, bottom);
            if (track.rows >= kLeastRows) found.push_back(track);
        }
    }
    std::sort(found.begin(), found.end(),
              [](const Track& a, const Track& b) { return a.rows > b.rows; });
    std::vector<Track> kept;
    constexpr int kApart = 6;  // px: the same line found again
    constexpr std::size_t kMost = 12;
    for (const auto& track : found) {
        const bool known = std::any_of(kept.begin(), kept.end(), [&](const Track& other) {
            return std::abs(other.top - track.top) < kApart ||
                   std::abs(other.bottom - track.bottom) < kApart;
        });
        if (!known && kept.size() < kMost) kept.push_back(track);
    }
    return kept;
}

double median(std::vector<double>& values) {
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// What the line adds, by the median over all of its length of the darkness against the paper on
/// both its sides: print and marks that it crosses are a minority everywhere.
std::vector<double> profile_of(const GrayImage& image, const Homography& map, const CardLine& line,
                               const MmBox& region, const Tones& tones) {
    constexpr double kPxPerMm = 1 / CardLine::kProfileStep, kAlong = 1.5;  // mm between rows
    constexpr double kReach = CardLine::kProfileReach + 1;
    const double from = line.upright ? region.y.value : region.x.value;
    const double length = line.upright ? region.h.value : region.w.value;
    const int across = int(2 * CardLine::kProfileReach * kPxPerMm) + 1;
    std::vector<std::vector<double>> columns(static_cast<std::size_t>(across));
    for (double along = from + 2; along < from + length - 2; along += kAlong) {
        const double at = line.start + line.lean * along;
        const Mm reach{kReach}, thick{CardLine::kProfileStep};
        const MmBox strip = line.upright ? MmBox{Mm{at} - reach, Mm{along}, reach * 2, thick}
                                         : MmBox{Mm{along}, Mm{at} - reach, thick, reach * 2};
        const Patch cut = sample_patch(image, map, strip, kPxPerMm);
        const std::size_t n = cut.pixels.size();
        const std::size_t margin = std::size_t(kPxPerMm) - 1;
        if (n < 2 * margin + 2) continue;
        const double paper = double(std::max(cut.pixels[0], cut.pixels[n - 1]));
        if (paper < tones.paper * 0.5) continue;
        for (int i = 0; i < across; ++i) {
            const std::size_t pixel = std::min(n - 1, std::size_t(i) + margin);
            columns[std::size_t(i)].push_back((paper - double(cut.pixels[pixel])) /
                                              tones.contrast());
        }
    }
    std::vector<double> out;
    for (auto& column : columns) out.push_back(column.empty() ? 0 : median(column));
    return out;
}

/// The straight line through the darkest pixels near the track, to a fraction of a pixel; `start`
/// at the first row. Rows that lie far off a first fit (print, marks) are left out of the second.
struct FineTrack {
    double start, lean;
};

FineTrack refine(const Ridge& ridge, const Track& track) {
    constexpr int kNear = 3;
    constexpr double kFarOff = 0.8;
    FineTrack fine{double(track.top), double(track.bottom - track.top) / (ridge.height - 1)};
    for (int round = 0; round < 3; ++round) {
        double n = 0, sy = 0, sx = 0, syy = 0, sxy = 0;
        for (int y = 0; y < ridge.height; y += kRowStep) {
            const double expected = fine.start + fine.lean * y;
            const int middle = int(std::lround(expected));
            double weight = 0, moment = 0;
            for (int x = std::max(0, middle - kNear);
                 x <= std::min(ridge.width - 1, middle + kNear); ++x) {
                const int value = ridge.at(x, y);
                if (value <= kDarker) continue;
                weight += value;
                moment += double(value) * x;
            }
            if (weight <= 0) continue;
            const double x = moment / weight;
            if (round > 0 && std::abs(x - expected) > kFarOff) continue;
            n += 1, sy += y, sx += x, syy += double(y) * y, sxy += x * y;
        }
        const double spread = n * syy - sy * sy;
        if (n < 10 || spread <= 0) return fine;
        fine.lean = (n * sxy - sx * sy) / spread;
        fine.start = (sx - fine.lean * sy) / n;
    }
    return fine;
}

CardLine to_line(const FineTrack& track, bool upright, const MmBox& region) {
    CardLine line;
    line.upright = upright;
    const double across = upright ? region.x.value : region.y.value;
    const double along = upright ? region.y.value : region.x.value;
    line.lean = track.lean;  // both axes have the raster's scale
    line.start = across + (track.start + 0.5) / kRasterPxPerMm - line.lean * along;
    return line;
}

}  // namespace

double CardLine::darkness(double offset) const {
    const double at = (offset + kProfileReach) / kProfileStep;
    const int i = int(std::floor(at));
    if (i < 0 || i + 1 >= int(profile.size())) return 0;
    const double k = at - i;
    return profile[std::size_t(i)] * (1 - k) + profile[std::size_t(i) + 1] * k;
}

bool CardLine::is_thin() const {
    constexpr double kThin = 1.0;  // mm: dust on the glass; a fold's shade is wider
    const double half = *std::max_element(profile.begin(), profile.end()) / 2;
    const auto dark =
        std::count_if(profile.begin(), profile.end(), [&](double d) { return d > half; });
    return double(dark) * kProfileStep <= kThin;
}

std::vector<CardLine> find_card_lines(const GrayImage& image, const Homography& map,
                                      const MmBox& region, const Tones& tones) {
    const Patch raster = sample_patch(image, map, region, kRasterPxPerMm, 3);
    std::vector<CardLine> out;
    for (bool upright : {true, false}) {
        const Ridge ridge = ridge_of(raster, tones, upright);
        for (const auto& track : find_tracks(ridge)) {
            CardLine line = to_line(refine(ridge, track), upright, region);
            line.profile = profile_of(image, map, line, region, tones);
            const double darkest = *std::max_element(line.profile.begin(), line.profile.end());
            if (darkest >= kFaintestLine) out.push_back(std::move(line));
        }
    }
    return out;
}

namespace {

bool is_near(const CardLine& line, const Patch& patch) {
    const double half = std::hypot(patch.box.w.value, patch.box.h.value) / 2;
    return std::abs(line.offset(patch.box.center())) < half + CardLine::kProfileReach;
}

void take_away(Patch& patch, std::vector<std::uint8_t>& hidden, const CardLine& line,
               const Tones& tones, double paper) {
    // Darkness under which a pen cannot be told: a streak hides what is there, a shade dims it.
    const double opaque = line.is_thin() ? 0.25 : 0.45;
    constexpr double kBlur = 0.2;  // mm that an edge is spread
    for (int y = 0; y < patch.height; ++y) {
        for (int x = 0; x < patch.width; ++x) {
            const double from = line.offset(patch.to_page(x, y));
            if (std::abs(from) > CardLine::kProfileReach) continue;
            const double here = line.darkness(from);
            const double most =
                std::max({here, line.darkness(from - kBlur), line.darkness(from + kBlur)});
            const std::size_t i = std::size_t(y) * std::size_t(patch.width) + std::size_t(x);
            if (most >= opaque) {
                patch.pixels[i] = float(paper);
                hidden[i] = 1;
            } else {
                patch.pixels[i] += float(here * tones.contrast());
            }
        }
    }
}

/// The upper part of what a patch shows.
double paper_of(const Patch& patch) {
    std::vector<float> values = patch.pixels;
    const auto at = values.begin() + std::ptrdiff_t(values.size() * 7 / 10);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

}  // namespace

std::vector<std::uint8_t> take_lines_away(Patch& patch, const std::vector<CardLine>& lines,
                                          const Tones& tones) {
    std::vector<std::uint8_t> hidden;
    double paper = 0;
    for (const auto& line : lines) {
        if (!is_near(line, patch)) continue;
        if (hidden.empty()) {
            hidden.resize(patch.pixels.size());
            paper = paper_of(patch);
        }
        take_away(patch, hidden, line, tones, paper);
    }
    return hidden;
}

}  // namespace verso::scanner
