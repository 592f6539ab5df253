// SPDX-License-Identifier: Apache-2.0
#include "scanner/pipeline/read_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <exception>

#include "scanner/codes/qr_search.h"
#include "scanner/pipeline/card_judgement.h"
#include "scanner/pipeline/debug_trace.h"
#include "scanner/registration/fiducial_match.h"

namespace verso::scanner {

namespace {

constexpr int kMostCodes = 24;  // codes looked at on one image: a flatbed holds eight cards

double thread_cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// One card on the way through the stages.
struct CardCase {
    Reading reading;
    CardEvidence evidence;
    bool placed = false;
};

class PageReader {
  public:
    PageReader(const GrayImage& image, const LayoutLookup& layouts, const ReadOptions& options)
        : image_(image), layouts_(layouts), options_(options) {}

    std::vector<Reading> read();

  private:
    void read_by_codes();
    void read_own_code(const CardLink& link, const FoundCode& code, QrSearch& search);
    void read_by_fiducials(const std::vector<const Layout*>& layouts);
    bool read_layout_by_fiducials(const Layout& layout, const std::vector<PxPoint>& candidates);
    void read_keyed(const KeyedCard& keyed);
    void judge(CardCase& card, const Layout& layout, const ReadRegion& region,
               RegistrationOutcome outcome);
    void check_second_code(Reading& reading, const FoundCode& code) const;
    void take_identity(Reading& reading, const FoundCode& code) const;
    void drop_repeated_codes();
    void write_crops(CardCase& card, int number) const;
    std::vector<Reading> finish(double started);
    Reading nothing_found() const;

    const GrayImage& image_;
    const LayoutLookup& layouts_;
    const ReadOptions& options_;
    std::vector<CardCase> cards_;
    std::vector<FoundCode> codes_;
    std::string foreign_;
};

/// The decoder wants some pixels to look at; no card is smaller.
bool too_small(const GrayImage& image) {
    constexpr int kLeastSide = 100;
    return image.empty() || std::min(image.width, image.height) < kLeastSide;
}

/// Where the QR is when the image is one card and nothing else, in any of its four orientations.
void add_likely_places(const ReadRegion& region, const GrayImage& image, std::vector<PxRect>& out) {
    constexpr double kSameShape = 0.1;  // of the aspect ratio: more is another kind of image
    constexpr double kSlack = 7;        // mm: a skewed or not quite tight crop
    const CodeRegion* code = region.find_code(CodeKind::Qr);
    if (code == nullptr) return;
    const double w = region.box.w.value, h = region.box.h.value;
    const MmBox box = code->box.grown(Mm{kSlack});
    const double left = (box.x - region.box.x).value / w, top = (box.y - region.box.y).value / h;
    const double wide = box.w.value / w, high = box.h.value / h;
    const auto add = [&](double x, double y, double across, double down) {
        const auto px = [](double share, int side) {
            return std::clamp(int(share * side), 0, side);
        };
        const int x0 = px(x, image.width), y0 = px(y, image.height);
        out.push_back({x0, y0, px(x + across, image.width) - x0, px(y + down, image.height) - y0});
    };
    const double aspect = double(image.width) / double(image.height);
    if (std::abs(aspect * h / w - 1) < kSameShape) {
        add(left, top, wide, high);
        add(1 - left - wide, 1 - top - high, wide, high);
    }
    if (std::abs(aspect * w / h - 1) < kSameShape) {
        add(1 - top - high, left, high, wide);
        add(top, 1 - left - wide, high, wide);
    }
}

std::vector<PxRect> likely_places(const std::vector<const Layout*>& layouts,
                                  const GrayImage& image) {
    constexpr std::size_t kMost = 8;  // beyond that a search of everything costs less
    std::vector<PxRect> out;
    for (const Layout* layout : layouts) {
        for (const auto& region : layout->cards) {
            if (out.size() < kMost) add_likely_places(region, image, out);
        }
    }
    return out;
}

void PageReader::check_second_code(Reading& reading, const FoundCode& code) const {
    const auto mark = parse_side_mark(code.text);
    if (!mark) return;
    if (mark->side == SideMark::Side::Return) {
        reading.reasons.push_back(
            {RejectionCode::WrongSide, "", "this is a return sheet, an answer card was expected"});
    } else if (reading.card && mark->id != *reading.card) {
        reading.reasons.push_back(
            {RejectionCode::CodesDisagree, "",
             fmt::format("the QR names {}, the second code {}", format_typed_code(*reading.card),
                         format_typed_code(mark->id))});
    }
}

void PageReader::take_identity(Reading& reading, const FoundCode& code) const {
    const auto mark = parse_side_mark(code.text);
    if (!mark || mark->side != SideMark::Side::Card) return;
    reading.card = mark->id;
    reading.layout = mark->layout;
    reading.identified_by = IdentifiedBy::SecondCode;
}

void PageReader::judge(CardCase& card, const Layout& layout, const ReadRegion& region,
                       RegistrationOutcome outcome) {
    Reading& reading = card.reading;
    reading.verdict = Verdict::Review;
    reading.template_name = layout.template_name;
    reading.region = region.id;
    if (outcome.registration) {
        const Registration& registration = *outcome.registration;
        reading.corners = card_corners(region, registration.map);
        reading.dpi = registration.px_per_mm * kMmPerInch;
        card.evidence.region = &region;
        card.evidence.registration = registration;
        if (registration.second_code) {
            if (reading.identified_by == IdentifiedBy::Nothing) {
                take_identity(reading, *registration.second_code);
            }
            check_second_code(reading, *registration.second_code);
        }
    }
    if (outcome.fault) {
        reading.reasons.push_back(*outcome.fault);
        return;
    }
    if (!outcome.registration) return;
    card.placed = true;
    if (!reading.card) {
        reading.reasons.push_back({RejectionCode::NoCode, "", "neither of its codes can be read"});
    }
    card.evidence = judge_card(image_, region, *outcome.registration, reading);
}

void PageReader::read_own_code(const CardLink& link, const FoundCode& code, QrSearch& search) {
    CardCase card;
    card.reading.card = link.card.id;
    card.reading.layout = link.card.layout;
    card.reading.secret = link.card.secret;
    card.reading.host = link.host;
    card.reading.identified_by = IdentifiedBy::Qr;
    card.reading.verdict = Verdict::Review;
    const Layout* layout = layouts_(link.card.layout);
    if (layout == nullptr || layout->cards.empty()) {
        card.reading.reasons.push_back(
            {RejectionCode::UnknownLayout, "",
             fmt::format("layout {} was never printed here", link.card.layout.get())});
        cards_.push_back(std::move(card));
        return;
    }
    const ReadRegion* best_region = &layout->cards.front();
    RegistrationOutcome best;
    for (const auto& region : layout->cards) {
        auto outcome = register_by_qr(image_, region, code);
        const bool better = !best.registration || (!outcome.fault && best.fault);
        if (!better) continue;
        best = std::move(outcome);
        best_region = &region;
    }
    judge(card, *layout, *best_region, std::move(best));
    if (card.placed) search.exclude(card.reading.corners);
    cards_.push_back(std::move(card));
}

void PageReader::read_by_codes() {
    QrSearch search(image_, likely_places(options_.known, image_));
    for (int i = 0; i < kMostCodes; ++i) {
        const auto code = search.next();
        if (!code) return;
        codes_.push_back(*code);
        const auto link = parse_link(code->text);
        if (!link) {
            foreign_ = code->text;
            continue;
        }
        read_own_code(*link, *code, search);
        // What is left round a card that fills the image cannot hold another one.
        constexpr double kRoomForAnother = 0.4;
        const CardCase& card = cards_.back();
        const double own = double(image_.width) * double(image_.height) - search.area_left();
        if (card.placed && search.area_left() < kRoomForAnother * own) return;
    }
}

bool PageReader::read_layout_by_fiducials(const Layout& layout,
                                          const std::vector<PxPoint>& candidates) {
    for (const auto& region : layout.cards) {
        auto outcome = register_by_fiducials(image_, region, candidates);
        if (!outcome.registration) continue;
        CardCase card;
        if (options_.keyed) {
            card.reading.card = options_.keyed->card;
            card.reading.layout = options_.keyed->layout;
            card.reading.identified_by = IdentifiedBy::Keyed;
        }
        judge(card, layout, region, std::move(outcome));
        cards_.push_back(std::move(card));
        return true;
    }
    return false;
}

/// Without a QR any layout of the home may be it. One whose second code names another layout is
/// read again by that one.
void PageReader::read_by_fiducials(const std::vector<const Layout*>& layouts) {
    const auto candidates = fiducial_candidates(image_);
    for (const Layout* layout : layouts) {
        if (layout == nullptr || !read_layout_by_fiducials(*layout, candidates)) continue;
        const auto named = cards_.back().reading.layout;
        if (!named || *named == layout->number) return;
        const Layout* right = layouts_(*named);
        if (right != nullptr) {
            cards_.pop_back();
            if (read_layout_by_fiducials(*right, candidates)) return;
        }
        cards_.back().reading.reject(RejectionCode::UnknownLayout, "",
                                     fmt::format("layout {} was never printed here", named->get()));
        return;
    }
}

void PageReader::read_keyed(const KeyedCard& keyed) {
    const Layout* layout = layouts_(keyed.layout);
    if (layout != nullptr) {
        read_by_fiducials({layout});
        return;
    }
    CardCase card;
    card.reading.card = keyed.card;
    card.reading.layout = keyed.layout;
    card.reading.identified_by = IdentifiedBy::Keyed;
    card.reading.verdict = Verdict::Review;
    card.reading.reasons.push_back(
        {RejectionCode::UnknownLayout, "",
         fmt::format("layout {} was never printed here", keyed.layout.get())});
    cards_.push_back(std::move(card));
}

/// The stub repeats the card's QR and has no fiducials: it is no card of its own.
void PageReader::drop_repeated_codes() {
    const auto placed_elsewhere = [&](const CardCase& card) {
        return std::any_of(cards_.begin(), cards_.end(), [&](const CardCase& other) {
            return other.placed && other.reading.card == card.reading.card;
        });
    };
    std::vector<CardCase> kept;
    for (auto& card : cards_) {
        if (card.placed || !placed_elsewhere(card)) kept.push_back(card);
    }
    cards_ = std::move(kept);
}

void PageReader::write_crops(CardCase& card, int number) const {
    if (options_.crop_dir.empty()) return;
    for (std::size_t i = 0; i < card.reading.fields.size(); ++i) {
        auto& field = card.reading.fields[i];
        if (!field.inked) continue;
        const auto& box = card.evidence.region->fields.at(i).box;
        const std::string path = fmt::format("{}/{}-card{}-{}.png", options_.crop_dir,
                                             options_.name, number, field.field);
        const GrayImage crop = crop_field(image_, card.evidence.registration.map, box);
        if (options_.pictures.gray(path, crop)) field.crop = path;
    }
}

Reading PageReader::nothing_found() const {
    Reading reading;
    reading.verdict = Verdict::Unreadable;
    if (foreign_.empty()) {
        reading.reasons.push_back(
            {RejectionCode::NoCard, "", "no code and no fiducials of a card are on this image"});
    } else {
        constexpr std::size_t kShown = 60;
        reading.reasons.push_back(
            {RejectionCode::ForeignLink, "",
             fmt::format("the code on it is no card link: '{}'", foreign_.substr(0, kShown))});
    }
    return reading;
}

std::vector<Reading> PageReader::finish(double started) {
    drop_repeated_codes();
    const DebugTrace trace(image_, options_);
    trace.page(codes_);
    std::vector<Reading> out;
    for (auto& card : cards_) {
        const int number = int(out.size()) + 1;
        card.reading.index = number - 1;
        write_crops(card, number);
        out.push_back(card.reading);
    }
    if (out.empty()) out.push_back(nothing_found());
    const double each = (thread_cpu_ms() - started) / double(out.size());
    for (auto& reading : out) reading.ms = each;
    for (std::size_t i = 0; i < cards_.size(); ++i) {
        trace.card(cards_[i].evidence, out[i], int(i) + 1);
    }
    return out;
}

std::vector<Reading> PageReader::read() {
    const double started = thread_cpu_ms();
    if (too_small(image_)) return finish(started);
    if (options_.keyed) {
        read_keyed(*options_.keyed);
    } else {
        read_by_codes();
        if (cards_.empty()) read_by_fiducials(options_.known);
    }
    return finish(started);
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
        return PageReader(image, layouts, options).read();
    } catch (const std::exception& error) {
        return {broken(error.what())};
    }
}

}  // namespace verso::scanner
