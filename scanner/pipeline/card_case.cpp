// SPDX-License-Identifier: Apache-2.0
#include "scanner/pipeline/card_case.h"

#include <fmt/format.h>

#include "scanner/sides/return_sheet.h"

namespace verso::scanner {

namespace {

bool is_return(const Reading& reading) { return reading.side == SheetSide::Return; }

void check_second_code(Reading& reading, const SideMark& mark) {
    if (is_return(reading) != (mark.side == SideMark::Side::Return)) {
        reading.reasons.push_back({RejectionCode::WrongSide, "",
                                   is_return(reading)
                                       ? "this is an answer card, a return sheet was expected"
                                       : "this is a return sheet, an answer card was expected"});
    } else if (reading.card && mark.id != *reading.card) {
        reading.reasons.push_back(
            {RejectionCode::CodesDisagree, "",
             fmt::format("the QR names {}, the second code {}", format_typed_code(*reading.card),
                         format_typed_code(mark.id))});
    }
}

void take_identity(Reading& reading, const SideMark& mark) {
    if (is_return(reading) != (mark.side == SideMark::Side::Return)) return;
    reading.card = mark.id;
    reading.layout = mark.layout;
    reading.identified_by = IdentifiedBy::SecondCode;
}

/// The QR was read only where the other points say that it must be. A keyed card keeps what was
/// keyed, and the QR must agree with it.
void take_link(Reading& reading, const FoundCode& code) {
    const auto link = parse_link(code.text);
    if (!link || is_return(reading)) return;
    if (reading.card && link->card.id != *reading.card) {
        reading.reasons.push_back(
            {RejectionCode::CodesDisagree, "",
             fmt::format("the card keyed is {}, the QR names {}", format_typed_code(*reading.card),
                         format_typed_code(link->card.id))});
        return;
    }
    if (reading.identified_by == IdentifiedBy::Nothing) {
        reading.identified_by = IdentifiedBy::Qr;
        reading.card = link->card.id;
        reading.layout = link->card.layout;
    }
    reading.secret = link->card.secret;
    reading.host = link->host;
}

/// What is known of a card once it is placed, whether or not well enough to be judged.
void take_place(CardCase& card, const ReadRegion& region, const Registration& registration) {
    Reading& reading = card.reading;
    reading.corners = card_corners(region, registration.map);
    reading.dpi = registration.px_per_mm * kMmPerInch;
    card.evidence.region = &region;
    card.evidence.registration = registration;
    if (registration.first_code) take_link(reading, *registration.first_code);
    if (!registration.second_code) return;
    const auto mark = parse_side_mark(registration.second_code->text);
    if (!mark) return;
    if (reading.identified_by == IdentifiedBy::Nothing) take_identity(reading, *mark);
    if (is_return(reading)) reading.sheet = int(mark->sheet);
    check_second_code(reading, *mark);
}

}  // namespace

void judge_case(const PageContext& page, CardCase& card, const Layout& layout,
                const ReadRegion& region, const RegistrationOutcome& outcome) {
    Reading& reading = card.reading;
    reading.verdict = Verdict::Review;
    reading.template_name = layout.template_name;
    reading.region = region.id;
    const bool returned = !layout.returns.empty() && &region >= &layout.returns.front() &&
                          &region <= &layout.returns.back();
    reading.side = returned ? SheetSide::Return : SheetSide::Answer;
    if (outcome.registration) take_place(card, region, *outcome.registration);
    if (outcome.fault) {
        reading.reasons.push_back(*outcome.fault);
        return;
    }
    if (!outcome.registration) return;
    card.placed = true;
    if (!reading.card) {
        reading.reasons.push_back(
            {RejectionCode::NoCode, "",
             returned ? "its code cannot be read" : "neither of its codes can be read"});
    }
    const Registration& registration = *outcome.registration;
    if (!returned) {
        card.evidence = judge_card(page.image, region, registration, reading);
        return;
    }
    card.printed = std::make_shared<const PrintedBoxes>(
        find_printed_boxes(page.image, registration.map, region, registration.tones));
    card.evidence = judge_return_sheet(page.image, region, *card.printed, registration, reading);
}

CardCase case_without_layout(Reading reading, LayoutNumber layout) {
    CardCase card;
    card.reading = std::move(reading);
    card.reading.verdict = Verdict::Review;
    card.reading.reasons.push_back({RejectionCode::UnknownLayout, "",
                                    fmt::format("layout {} was never printed here", layout.get())});
    return card;
}

}  // namespace verso::scanner
