// SPDX-License-Identifier: Apache-2.0
#include "core/domain/piece_cells.h"

#include <array>

namespace verso {

namespace {

// "1", then for each raster "B" or "F", index, width and height in two digits each, and the cells:
// two to a digit for a box, six for a field. A digit has six bits.
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char kVersion = '1';
constexpr int kLargestSide = 1000;
constexpr std::size_t kMostRasters = 500;

int bits_of(const PieceCells& cells) { return cells.field ? 1 : 3; }

void append_number(std::string& out, int value) {
    out += kDigits[static_cast<std::size_t>(value >> 6 & 63)];
    out += kDigits[static_cast<std::size_t>(value & 63)];
}

void append_cells(std::string& out, const PieceCells& cells) {
    const int bits = bits_of(cells);
    unsigned digit = 0;
    int filled = 0;
    const auto flush = [&] {
        out += kDigits[digit];
        digit = 0;
        filled = 0;
    };
    for (const std::uint8_t value : cells.values) {
        const unsigned stored = cells.field ? (value != 0 ? 1u : 0u) : value & 7u;
        digit |= stored << filled;
        filled += bits;
        if (filled == 6) flush();
    }
    if (filled > 0) flush();
}

/// Takes digits off the front.
class Digits {
  public:
    explicit Digits(std::string_view text) : text_(text) {}

    bool done() const { return at_ >= text_.size(); }
    char letter() { return done() ? '\0' : text_[at_++]; }
    std::optional<int> digit() {
        static const auto kValues = [] {
            std::array<std::int8_t, 256> values{};
            values.fill(-1);
            for (std::size_t i = 0; i < kDigits.size(); ++i)
                values.at(static_cast<unsigned char>(kDigits[i])) = static_cast<std::int8_t>(i);
            return values;
        }();
        if (done()) return std::nullopt;
        const int value = kValues.at(static_cast<unsigned char>(text_[at_++]));
        return value < 0 ? std::nullopt : std::optional<int>(value);
    }
    std::optional<int> number() {
        const auto high = digit(), low = digit();
        if (!high || !low) return std::nullopt;
        return *high << 6 | *low;
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

bool read_cells(Digits& digits, PieceCells& cells) {
    const int bits = bits_of(cells), mask = (1 << bits) - 1;
    const std::size_t count =
        static_cast<std::size_t>(cells.width) * static_cast<std::size_t>(cells.height);
    while (cells.values.size() < count) {
        const auto digit = digits.digit();
        if (!digit) return false;
        for (int at = 0; at < 6 && cells.values.size() < count; at += bits) {
            const int value = *digit >> at & mask;
            cells.values.push_back(
                static_cast<std::uint8_t>(cells.field ? value * PieceCells::kDarkest : value));
        }
    }
    return true;
}

}  // namespace

std::string format_piece(const std::vector<PieceCells>& cells) {
    if (cells.empty()) return "";
    std::string out(1, kVersion);
    constexpr std::size_t kTypical = 4096;
    out.reserve(kTypical);
    for (const PieceCells& one : cells) {
        out += one.field ? 'F' : 'B';
        append_number(out, one.index);
        append_number(out, one.width);
        append_number(out, one.height);
        append_cells(out, one);
    }
    return out;
}

std::optional<std::vector<PieceCells>> parse_piece(std::string_view text) {
    Digits digits(text);
    if (digits.letter() != kVersion) return std::nullopt;
    std::vector<PieceCells> all;
    while (!digits.done()) {
        PieceCells cells;
        const char kind = digits.letter();
        const auto index = digits.number(), width = digits.number(), height = digits.number();
        if ((kind != 'B' && kind != 'F') || !index || !width || !height) return std::nullopt;
        if (*width > kLargestSide || *height > kLargestSide || all.size() >= kMostRasters)
            return std::nullopt;
        cells.field = kind == 'F';
        cells.index = *index;
        cells.width = *width;
        cells.height = *height;
        if (!read_cells(digits, cells)) return std::nullopt;
        all.push_back(std::move(cells));
    }
    return all;
}

}  // namespace verso
