// SPDX-License-Identifier: Apache-2.0
#include "scanner/pipeline/read_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <exception>

#include "scanner/codes/image_treatment.h"
#include "scanner/fields/field_crop.h"
#include "scanner/pipeline/code_route.h"
#include "scanner/pipeline/debug_trace.h"
#include "scanner/pipeline/fiducial_route.h"
#include "scanner/pipeline/matrix_route.h"
#include "scanner/sides/empty_side.h"

namespace verso::scanner {

namespace {

double thread_cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// The decoder wants some pixels to look at; no card is smaller.
bool too_small(const GrayImage& image) {
    constexpr int kLeastSide = 100;
    return image.empty() || std::min(image.width, image.height) < kLeastSide;
}

PageFindings find_cards(const PageContext& page) {
    PageFindings found;
    if (too_small(page.image)) return found;
    if (page.options.keyed) {
        read_keyed(page, *page.options.keyed, found);
        return found;
    }
    read_by_codes(page, found);
    read_by_second_codes(page, found);
    read_by_hard_codes(page, found);
    read_by_fiducials(page, found);
    return found;
}

void write_crops(const PageContext& page, CardCase& card, int number) {
    const ReadOptions& options = page.options;
    if (options.crop_dir.empty()) return;
    const ReadRegion& region = *card.evidence.region;
    for (std::size_t i = 0; i < card.reading.fields.size(); ++i) {
        auto& field = card.reading.fields[i];
        if (!field.inked) continue;
        const std::string stem =
            fmt::format("{}/{}-card{}-{}", options.crop_dir, options.name, number, field.field);
        const FieldCrop crop = crop_field(page.image, card.evidence.registration.map,
                                          region.fields.at(i).box, region.rotation);
        if (options.pictures.gray(stem + ".png", crop.clean)) field.crop = stem + ".png";
        const std::string original = stem + "-original.png";
        if (options.pictures.gray(original, crop.original)) field.original = original;
    }
}

/// A page on which no card was found: an empty side when it surely is one.
Reading nothing_found(const PageContext& page, const PageFindings& found) {
    Reading reading;
    reading.verdict = Verdict::Unreadable;
    const bool look = found.codes.empty() && found.stopped.empty() && !page.options.keyed &&
                      !too_small(page.image);
    const auto side = look ? classify_side(measure_side(page.image)) : std::nullopt;
    if (side == SheetSide::Blank) {
        reading.side = *side;
        reading.reasons.push_back({RejectionCode::BlankSide, "", "nothing is on this side"});
    } else if (side == SheetSide::Address) {
        reading.side = *side;
        reading.reasons.push_back(
            {RejectionCode::AddressSide, "", "this is the side with the postal address"});
    } else if (found.foreign.empty()) {
        reading.reasons.push_back(
            {RejectionCode::NoCard, "", "no code and no fiducials of a card are on this image"});
    } else {
        constexpr std::size_t kShown = 60;
        reading.reasons.push_back(
            {RejectionCode::ForeignLink, "",
             fmt::format("the code on it is no card link: '{}'", found.foreign.substr(0, kShown))});
    }
    if (!found.stopped.empty()) {
        reading.reasons.back().detail += fmt::format("; the search ended {}", found.stopped);
    }
    return reading;
}

/// Beside what was read, something may not have been looked at: that must not pass unseen.
Reading unsearched(const PageFindings& found) {
    Reading reading;
    reading.verdict = Verdict::Unreadable;
    reading.index = int(found.cards.size());
    reading.reasons.push_back(
        {RejectionCode::NoCard, "",
         fmt::format("the search for codes ended {}: other cards on this image may not have been "
                     "read; scan fewer at a time or raise the limit",
                     found.stopped)});
    return reading;
}

/// Whether paper may be black and print white: a negative.
bool is_mostly_dark(const GrayImage& image) {
    constexpr std::size_t kStep = 97;
    constexpr double kDark = 110;
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < image.pixels.size(); i += kStep, ++count) sum += image.pixels[i];
    return count > 0 && sum / double(count) < kDark;
}

std::vector<Reading> report(const PageContext& page, PageFindings& found, double started) {
    const DebugTrace trace(page.image, page.options);
    trace.page(found.codes);
    std::vector<Reading> out;
    for (auto& card : found.cards) {
        const int number = int(out.size()) + 1;
        card.reading.index = number - 1;
        write_crops(page, card, number);
        out.push_back(card.reading);
    }
    if (!out.empty() && !found.stopped.empty()) out.push_back(unsearched(found));
    if (out.empty()) out.push_back(nothing_found(page, found));
    const double each = (thread_cpu_ms() - started) / double(out.size());
    for (auto& reading : out) reading.ms = each;
    for (std::size_t i = 0; i < found.cards.size(); ++i) {
        trace.card(found.cards[i].evidence, out[i], int(i) + 1);
    }
    return out;
}

std::vector<Reading> read(const PageContext& page) {
    const double started = thread_cpu_ms();
    PageFindings found = find_cards(page);
    if (found.cards.empty() && is_mostly_dark(page.image)) {
        const GrayImage positive = negative(page.image);
        const PageContext other{positive, page.layouts, page.options};
        PageFindings again = find_cards(other);
        if (!again.cards.empty()) return report(other, again, started);
    }
    return report(page, found, started);
}

Reading broken(const std::string& why) {
    Reading reading;
    reading.verdict = Verdict::Unreadable;
    reading.reasons.push_back({RejectionCode::ReaderFailed, "", why});
    return reading;
}

}  // namespace

std::vector<Reading> read_page(const GrayImage& image, const LayoutLookup& layouts,
                               const ReadOptions& options) {
    try {
        return read({image, layouts, options});
    } catch (const std::exception& error) {
        return {broken(error.what())};
    }
}

}  // namespace verso::scanner
