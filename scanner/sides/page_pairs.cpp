// SPDX-License-Identifier: Apache-2.0
#include "scanner/sides/page_pairs.h"

#include <algorithm>

namespace verso::scanner {

namespace {

/// What is known of one page for pairing.
struct Page {
    Reading* reading = nullptr;  ///< of a page with exactly one
    bool several = false;

    bool is_empty() const { return reading != nullptr && reading->is_empty_side(); }
    bool is_read() const {
        return reading != nullptr && reading->card && reading->verdict != Verdict::Unreadable;
    }
};

enum class Fit { Pair, Unknown, Never };

Fit fit(const Page& a, const Page& b) {
    if (a.several || b.several) return Fit::Never;  // a flatbed, not a feeder
    if (a.is_read() && b.is_read()) {
        return a.reading->card == b.reading->card ? Fit::Pair : Fit::Never;
    }
    if (a.is_empty() && b.is_empty()) return Fit::Never;
    if ((a.is_read() && b.is_empty()) || (a.is_empty() && b.is_read())) return Fit::Pair;
    return Fit::Unknown;
}

std::vector<Page> pages_of(std::vector<Reading>& readings, int count) {
    std::vector<Page> pages(std::size_t(std::max(0, count)));
    for (auto& reading : readings) {
        if (reading.page < 1 || reading.page > count) continue;
        Page& page = pages[std::size_t(reading.page - 1)];
        page.several = page.several || page.reading != nullptr;
        page.reading = &reading;
    }
    return pages;
}

}  // namespace

void pair_sides(std::vector<Reading>& readings, int pages) {
    if (pages % 2 != 0) return;
    const auto sides = pages_of(readings, pages);
    for (std::size_t i = 0; i + 1 < sides.size(); i += 2) {
        if (fit(sides[i], sides[i + 1]) == Fit::Never) return;
    }
    for (std::size_t i = 0; i + 1 < sides.size(); i += 2) {
        if (fit(sides[i], sides[i + 1]) != Fit::Pair) continue;
        sides[i].reading->other_page = sides[i + 1].reading->page;
        sides[i + 1].reading->other_page = sides[i].reading->page;
    }
}

}  // namespace verso::scanner
