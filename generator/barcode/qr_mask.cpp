// SPDX-License-Identifier: Apache-2.0
#include "generator/barcode/qr_mask.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdlib>
#include <limits>

namespace verso::generator {
namespace {

using Lines = QrBits::Lines;
using Word = std::uint64_t;

constexpr int kMasks = 8;

// Penalties of ISO/IEC 18004, table 11.
constexpr int kRun = 3, kBlock = 3, kFinder = 40, kBalance = 10;

constexpr bool is_masked(int mask, int x, int y) {
    switch (mask) {
        case 0:
            return (x + y) % 2 == 0;
        case 1:
            return y % 2 == 0;
        case 2:
            return x % 3 == 0;
        case 3:
            return (x + y) % 3 == 0;
        case 4:
            return (y / 2 + x / 3) % 2 == 0;
        case 5:
            return x * y % 2 + x * y % 3 == 0;
        case 6:
            return (x * y % 2 + x * y % 3) % 2 == 0;
        default:
            return (x * y % 3 + (x + y) % 2) % 2 == 0;
    }
}

struct Pattern {
    Lines rows{}, columns{};
};

const std::array<Pattern, kMasks>& patterns() {
    static const std::array<Pattern, kMasks> made = [] {
        std::array<Pattern, kMasks> list{};
        for (int mask = 0; mask < kMasks; ++mask) {
            for (std::size_t y = 0; y < QrBits::kMostModules; ++y) {
                for (std::size_t x = 0; x < QrBits::kMostModules; ++x) {
                    if (!is_masked(mask, static_cast<int>(x), static_cast<int>(y))) continue;
                    list.at(static_cast<std::size_t>(mask)).rows[y] |= Word{1} << x;
                    list.at(static_cast<std::size_t>(mask)).columns[x] |= Word{1} << y;
                }
            }
        }
        return list;
    }();
    return made;
}

Lines transposed(const Lines& lines, std::size_t width) {
    Lines out{};
    for (std::size_t y = 0; y < width; ++y) {
        for (Word left = lines[y]; left != 0; left &= left - 1) {
            out[static_cast<std::size_t>(std::countr_zero(left))] |= Word{1} << y;
        }
    }
    return out;
}

// Five bits of level and mask with their BCH remainder (ISO/IEC 18004, 7.9.1 and annex C).
unsigned format_bits(QrFormatLevel level, int mask) {
    const unsigned data = static_cast<unsigned>(level) << 3 | static_cast<unsigned>(mask);
    unsigned rest = data;
    for (int i = 0; i < 10; ++i) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
    return (data << 10 | rest) ^ 0x5412;
}

struct Symbol64 {
    Lines rows, columns;
    int width;

    void dark(int x, int y) {
        rows[static_cast<std::size_t>(y)] |= Word{1} << x;
        columns[static_cast<std::size_t>(x)] |= Word{1} << y;
    }
};

// Both copies (ISO/IEC 18004, figure 25), least significant bit first; the places are light before.
void write_format(Symbol64& symbol, unsigned bits) {
    const int last = symbol.width - 1;
    for (int i = 0; i < 15; ++i) {
        if ((bits >> i & 1) == 0) continue;
        if (i < 8) {
            symbol.dark(last - i, 8);
            symbol.dark(8, i < 6 ? i : i + 1);
        } else {
            symbol.dark(8, last - 14 + i);
            symbol.dark(i == 8 ? 7 : 14 - i, 8);
        }
    }
}

// Runs of five and more alike count their length less two: one for each place where five begin,
// and two for each run.
int run_penalty(Word line, Word places) {
    const Word alike = ~(line ^ line >> 1) & places >> 1;
    const Word five = alike & alike >> 1 & alike >> 2 & alike >> 3;
    if (five == 0) return 0;
    return std::popcount(five) + (kRun - 1) * std::popcount(five & ~(five << 1));
}

// Patterns like a finder: dark, light, dark, light, dark as 1:1:3:1:1 of any unit, with four units
// of light, or the edge, on a side. These are the patterns with units of two modules and more, run
// by run: long runs are rare.
int large_finders(Word line, int width) {
    std::array<int, QrBits::kMostModules + 2> runs{};  // light and dark by turns, light first
    std::size_t last = 0;
    for (int x = 0; x < width; ++x) {
        if ((line >> x & 1) != last % 2) ++last;
        ++runs[last];
    }
    int found = 0;
    for (std::size_t i = 3; i + 2 <= last; i += 2) {
        const int unit = runs[i] / 3;
        if (unit < 2 || runs[i] % 3 != 0 || runs[i - 2] != unit || runs[i - 1] != unit ||
            runs[i + 1] != unit || runs[i + 2] != unit) {
            continue;
        }
        if (i == 3 || runs[i - 3] >= 4 * unit || i + 3 >= last || runs[i + 3] >= 4 * unit) ++found;
    }
    return found;
}

// Beyond the edges a word is light, as the rule wants it. Bits stand where a pattern begins.
int finder_penalty(Word line, int width) {
    const Word pattern = line & ~(line >> 1) & line >> 2 & line >> 3 & line >> 4 & ~(line >> 5) &
                         line >> 6 & ~(line << 1) & ~(line >> 7);
    const Word light_before = ~(line << 2 | line << 3 | line << 4);
    const Word light_behind = ~(line >> 8 | line >> 9 | line >> 10);
    int found = std::popcount(pattern & (light_before | light_behind));
    const Word six = line & line >> 1 & line >> 2 & line >> 3 & line >> 4 & line >> 5;
    const Word unit_of_two = six & ~(line << 1 | line << 2) & ~(line >> 6 | line >> 7);
    const Word larger = six & six >> 3 & ~(line << 1 | line << 2 | line << 3);
    if (((unit_of_two & line << 3) | larger) != 0) found += large_finders(line, width);
    return kFinder * found;
}

int block_penalty(Word line, Word next, Word places) {
    const Word alike = ~(line ^ next);
    return kBlock * std::popcount(alike & alike >> 1 & ~(line ^ line >> 1) & places >> 1);
}

int penalty(const Symbol64& symbol) {
    const Word places = (Word{1} << symbol.width) - 1;
    const auto width = static_cast<std::size_t>(symbol.width);
    int sum = 0, dark = 0;
    for (std::size_t i = 0; i < width; ++i) {
        sum += run_penalty(symbol.rows[i], places) + run_penalty(symbol.columns[i], places);
        sum += finder_penalty(symbol.rows[i], symbol.width) +
               finder_penalty(symbol.columns[i], symbol.width);
        if (i + 1 < width) sum += block_penalty(symbol.rows[i], symbol.rows[i + 1], places);
        dark += std::popcount(symbol.rows[i]);
    }
    const int modules = symbol.width * symbol.width;
    const int per_cent = (200 * dark + modules) / modules / 2;  // rounded
    return sum + std::abs(per_cent - 50) / 5 * kBalance;
}

}  // namespace

void mask_symbol(QrBits& symbol, QrFormatLevel level) {
    const auto width = static_cast<std::size_t>(symbol.width);
    const Word places = (Word{1} << symbol.width) - 1;
    const Lines columns = transposed(symbol.ink, width);
    const Lines fixed_columns = transposed(symbol.fixed, width);
    Lines best{};
    int least = std::numeric_limits<int>::max();
    for (int mask = 0; mask < kMasks; ++mask) {
        const Pattern& pattern = patterns()[static_cast<std::size_t>(mask)];
        Symbol64 masked{{}, {}, symbol.width};
        for (std::size_t i = 0; i < width; ++i) {
            masked.rows[i] = symbol.ink[i] ^ (pattern.rows[i] & ~symbol.fixed[i] & places);
            masked.columns[i] = columns[i] ^ (pattern.columns[i] & ~fixed_columns[i] & places);
        }
        write_format(masked, format_bits(level, mask));
        const int score = penalty(masked);
        if (score >= least) continue;
        least = score;
        best = masked.rows;
    }
    symbol.ink = best;
}

}  // namespace verso::generator
