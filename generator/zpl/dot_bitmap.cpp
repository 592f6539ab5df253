// SPDX-License-Identifier: Apache-2.0
#include "generator/zpl/dot_bitmap.h"

#include <algorithm>

namespace verso::generator {

DotBitmap::DotBitmap(int width, int height)
    : width_(width),
      height_(height),
      stride_((std::size_t(width) + 7) / 8),
      bits_(stride_ * std::size_t(height), 0) {}

void DotBitmap::set(int x, int y, bool ink) {
    std::uint8_t& byte = bits_[std::size_t(y) * stride_ + std::size_t(x >> 3)];
    const auto bit = static_cast<std::uint8_t>(0x80 >> (x & 7));
    byte = static_cast<std::uint8_t>(ink ? byte | bit : byte & ~bit);
}

void DotBitmap::fill(DotBox box, bool ink) {
    const int right = std::min(box.right(), width_), bottom = std::min(box.bottom(), height_);
    for (int y = std::max(box.y, 0); y < bottom; ++y) {
        for (int x = std::max(box.x, 0); x < right; ++x) set(x, y, ink);
    }
}

DotBitmap DotBitmap::turned(int turn) const {
    const int quarter = quarter_turn(turn);
    if (quarter == 0) return *this;
    const bool upright = quarter == 180;
    DotBitmap out(upright ? width_ : height_, upright ? height_ : width_);
    for (int y = 0; y < height_; ++y) {
        for (int x = 0; x < width_; ++x) {
            if (!at(x, y)) continue;
            if (quarter == 90) out.set(height_ - 1 - y, x);
            if (quarter == 180) out.set(width_ - 1 - x, height_ - 1 - y);
            if (quarter == 270) out.set(y, width_ - 1 - x);
        }
    }
    return out;
}

DotBox DotBitmap::ink_box() const {
    int left = width_, right = -1, top = height_, bottom = -1;
    for (int y = 0; y < height_; ++y) {
        const std::uint8_t* bytes = row(y);
        if (std::all_of(bytes, bytes + stride_, [](std::uint8_t byte) { return byte == 0; })) {
            continue;
        }
        top = std::min(top, y);
        bottom = y;
        for (int x = 0; x < left; ++x) {
            if (at(x, y)) left = x;
        }
        for (int x = width_ - 1; x > right; --x) {
            if (at(x, y)) right = x;
        }
    }
    if (right < 0) return {};
    return {left, top, right - left + 1, bottom - top + 1};
}

DotBitmap DotBitmap::part(DotBox box) const {
    DotBitmap out(box.w, box.h);
    for (int y = 0; y < box.h; ++y) {
        for (int x = 0; x < box.w; ++x) {
            if (at(box.x + x, box.y + y)) out.set(x, y);
        }
    }
    return out;
}

}  // namespace verso::generator
