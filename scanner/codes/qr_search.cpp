// SPDX-License-Identifier: Apache-2.0
#include "scanner/codes/qr_search.h"

#include <algorithm>
#include <cmath>
#include <ctime>

#include "scanner/codes/image_treatment.h"

namespace verso::scanner {

namespace {

// A QR module of a card is about 0.6 mm (22 mm, 33 to 37 modules). ZXing needs 2 to 3 pixels a
// module; with 3.3 none of 400 clean synthetic cards from 150 to 600 dpi was lost by reducing.
constexpr double kModuleMm = 0.6;
constexpr double kPixelsPerModule = 3.3;
// Decoders find some damaged codes only in another turn (measured: 41 to 45 of 56 by quarters).
constexpr double kTurn = 37;  // degrees
constexpr double kCardLongSideMm = 148.5;
constexpr double kA4LongSideMm = 297.0;

double thread_cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

int factor_for(double px_per_mm) {
    return std::max(1, int(px_per_mm * kModuleMm / kPixelsPerModule));
}

double area(const std::array<PxPoint, 4>& c) {
    double twice = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto& a = c[i];
        const auto& b = c[(i + 1) % 4];
        twice += a.x.value * b.y.value - b.x.value * a.y.value;
    }
    return std::abs(twice) / 2;
}

std::array<PxPoint, 4> all_reduced(const std::array<PxPoint, 4>& corners, int factor) {
    std::array<PxPoint, 4> out{};
    for (std::size_t i = 0; i < 4; ++i) out[i] = to_reduced(corners[i], factor);
    return out;
}

}  // namespace

QrSearch::QrSearch(const GrayImage& image, std::vector<PxRect> likely, Ladder ladder)
    : image_(image), likely_(std::move(likely)) {
    make_ladder(ladder);
}

void QrSearch::limit_time(double cpu_ms) { ends_at_ = thread_cpu_ms() + cpu_ms; }

bool QrSearch::time_is_up() {
    if (ends_at_ > 0 && thread_cpu_ms() > ends_at_) out_of_time_ = true;
    return out_of_time_;
}

/// The scale is unknown: an image is most often one card, else a page with cards on it; what the
/// file says about its dpi is one guess more.
void QrSearch::make_ladder(Ladder ladder) {
    constexpr double kLargestGuess = 1300;  // dpi; beyond it the file's own word is nonsense
    const double longest = std::max(image_.width, image_.height);
    std::vector<int> factors{factor_for(longest / kCardLongSideMm)};
    if (image_.dpi > 0 && image_.dpi < kLargestGuess) {
        factors.push_back(factor_for(image_.dpi / kMmPerInch));
    }
    factors.push_back(factor_for(longest / kA4LongSideMm));
    std::sort(factors.rbegin(), factors.rend());
    factors.erase(std::unique(factors.begin(), factors.end()), factors.end());
    if (ladder != Ladder::Hard) {
        ladder_.push_back({factors.front(), Treatment::None, false, true});
        for (int factor : factors) ladder_.push_back({factor, Treatment::None, false});
        ladder_.push_back({factors.front(), Treatment::None, true});
    }
    if (ladder == Ladder::Quick) return;
    for (std::size_t i = 1; i < factors.size(); ++i) {
        ladder_.push_back({factors[i], Treatment::None, true});
    }
    for (Treatment treatment : {Treatment::Contrast, Treatment::Unsharp, Treatment::Binarised,
                                Treatment::Softened, Treatment::Turned}) {
        ladder_.push_back({factors.front(), treatment, true});
    }
    if (factors.back() > 1) ladder_.push_back({1, Treatment::None, true});
}

void QrSearch::step_on(const Rung& rung) {
    if (factor_ != rung.factor || rung.treatment != Treatment::None || turned_ || treated_) {
        working_ = reduced(image_, rung.factor);
        factor_ = rung.factor;
        if (rung.treatment == Treatment::Contrast) working_ = with_local_contrast(working_);
        if (rung.treatment == Treatment::Unsharp) working_ = unsharp(working_);
        if (rung.treatment == Treatment::Binarised) working_ = locally_binarised(working_);
        if (rung.treatment == Treatment::Softened) working_ = softened(working_);
        for (const auto& corners : excluded_) cover(working_, all_reduced(corners, factor_));
        turned_ = rung.treatment == Treatment::Turned;
        treated_ = rung.treatment != Treatment::None;
        if (turned_) working_ = turned(working_, kTurn);
    }
    thorough_ = rung.thorough;
    plain_ = rung.plain;
}

std::optional<FoundCode> QrSearch::try_here() {
    auto code = read_code(working_, {0, 0, working_.width, working_.height}, CodeKind::Qr,
                          thorough_, plain_);
    if (!code) return std::nullopt;
    const int width = image_.width / factor_, height = image_.height / factor_;
    for (auto& corner : code->corners) {
        if (turned_) corner = from_turned(corner, width, height, kTurn);
        corner = from_reduced(corner, factor_);
    }
    exclude(code->corners);
    return code;
}

/// One look at each likely place, at the reduction of the first rung.
std::optional<FoundCode> QrSearch::try_likely() {
    const int factor = ladder_.front().factor;
    for (const auto& part : likely_) {
        if (part.w < factor || part.h < factor) continue;
        const GrayImage small = reduced(image_, part, factor);
        auto code = read_code(small, {0, 0, small.width, small.height}, CodeKind::Qr, false);
        if (!code) continue;
        for (auto& corner : code->corners) {
            const PxPoint offset{Px{double(part.x)}, Px{double(part.y)}};
            corner = from_reduced(corner, factor) + offset;
        }
        exclude(code->corners);
        return code;
    }
    return std::nullopt;
}

std::optional<FoundCode> QrSearch::next() {
    if (!likely_.empty()) {
        auto code = try_likely();
        likely_.clear();
        if (code) return code;
    }
    if (time_is_up()) return std::nullopt;
    if (found_any_) return try_here();
    for (; rung_ < ladder_.size(); ++rung_) {
        if (time_is_up()) return std::nullopt;
        step_on(ladder_[rung_]);
        if (auto code = try_here()) {
            found_any_ = !turned_ && !plain_;
            if (turned_) ++rung_;
            return code;
        }
        // the ladder is for a code that is hard to read, not for one more that need not be there
        if (!excluded_.empty() && !plain_) return std::nullopt;
    }
    return std::nullopt;
}

void QrSearch::exclude(const std::array<PxPoint, 4>& corners) {
    excluded_area_ += area(corners);
    excluded_.push_back(corners);
    if (factor_ > 0 && !turned_) cover(working_, all_reduced(corners, factor_));
}

double QrSearch::area_left() const {
    return std::max(0.0, double(image_.width) * double(image_.height) - excluded_area_);
}

}  // namespace verso::scanner
