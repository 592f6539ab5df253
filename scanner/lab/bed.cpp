// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/bed.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace verso::scanner::lab {

namespace {
constexpr double kTurn = 6.283185307179586;
}

BedTexture::BedTexture(Bed bed, double px_per_mm, Rng& rng) : bed_(bed) {
    const std::array<Range, 5> kBeds{{{245, 254}, {165, 215}, {10, 45}, {70, 170}, {60, 200}}};
    base_ = rng.in(kBeds.at(static_cast<std::size_t>(bed)));
    thread_ = rng.in(4, 9);
    stripe_ = rng.in(30, 120);
    slant_ = rng.in(-0.4, 0.4);
    depth_ = rng.in(8, 22);
    print_ = rng.in(0, 35);
    check_ = rng.in(4, 14) * px_per_mm;
}

double BedTexture::at(int x, int y) const {
    if (bed_ != Bed::Cloth && bed_ != Bed::Print) return base_;
    const double u = x + slant_ * y, v = y - slant_ * x;
    if (bed_ == Bed::Print) {  // squares in two tones with a dark dot in each
        const double cu = u / check_ - std::floor(u / check_) - 0.5,
                     cv = v / check_ - std::floor(v / check_) - 0.5;
        const bool odd =
            (static_cast<int>(std::floor(u / check_)) + static_cast<int>(std::floor(v / check_))) %
                2 !=
            0;
        const double dot = std::hypot(cu, cv) < 0.22 ? -90 : 0;
        return std::clamp(base_ + (odd ? 2.0 * print_ : 0) + dot, 0.0, 255.0);
    }
    // Warp, weft and wide stripes.
    const double weave = std::sin(u * kTurn / thread_) * std::sin(v * kTurn / thread_);
    const double bands = std::sin(u * kTurn / stripe_) > 0.3 ? print_ : 0;
    return std::clamp(base_ + depth_ * weave + bands, 0.0, 255.0);
}

}  // namespace verso::scanner::lab
