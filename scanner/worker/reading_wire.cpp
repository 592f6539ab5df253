// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/reading_wire.h"

namespace verso::scanner {

// Each structure is taken apart by a structured binding that names every member: a new member does
// not compile until it travels too.

namespace {

void put(WireWriter& out, const Rejection& rejection) {
    const auto& [code, question, detail] = rejection;
    out.number(static_cast<std::int64_t>(code));
    out.text(question);
    out.text(detail);
}

Rejection get_rejection(WireReader& in) {
    Rejection out{};
    out.code = in.one_of(RejectionCode::ReaderFailed);
    out.question = in.text();
    out.detail = in.text();
    return out;
}

void put(WireWriter& out, const AnswerReading& answer) {
    const auto& [question, value, state, confidence, scores] = answer;
    out.text(question);
    out.flag(value.has_value());
    out.number(value.value_or(0));
    out.number(static_cast<std::int64_t>(state));
    out.real(confidence);
    out.number(static_cast<std::int64_t>(scores.size()));
    for (const double score : scores) out.real(score);
}

AnswerReading get_answer(WireReader& in) {
    AnswerReading out;
    out.question = in.text();
    const bool has_value = in.flag();
    const auto value = static_cast<int>(in.number(INT32_MIN, INT32_MAX));
    if (has_value) out.value = value;
    out.state = in.one_of(AnswerState::Ambiguous);
    out.confidence = in.real();
    for (std::size_t left = in.count(); left > 0 && in.sound(); --left) {
        out.scores.push_back(in.real());
    }
    return out;
}

void put(WireWriter& out, const FieldReading& reading) {
    const auto& [field, inked, crop, original, guess] = reading;
    out.text(field);
    out.flag(inked);
    out.text(crop);
    out.text(original);
    out.text(guess);
}

FieldReading get_field(WireReader& in) {
    FieldReading out;
    out.field = in.text();
    out.inked = in.flag();
    out.crop = in.text();
    out.original = in.text();
    out.guess = in.text();
    return out;
}

template <class Element>
void put_all(WireWriter& out, const std::vector<Element>& elements) {
    out.number(static_cast<std::int64_t>(elements.size()));
    for (const auto& element : elements) put(out, element);
}

template <class Element, class Get>
void get_all(WireReader& in, std::vector<Element>& into, Get get) {
    for (std::size_t left = in.count(); left > 0 && in.sound(); --left) into.push_back(get(in));
}

void put_identity(WireWriter& out, const std::optional<CardId>& card,
                  const std::optional<LayoutNumber>& layout,
                  const std::optional<CardSecret>& secret) {
    out.flag(card.has_value());
    if (card) out.number(static_cast<std::int64_t>(card->get()));
    out.flag(layout.has_value());
    if (layout) out.number(layout->get());
    out.flag(secret.has_value());
    if (secret) out.text(secret->get());
}

void get_identity(WireReader& in, Reading& reading) {
    constexpr std::int64_t kLastCard = (std::int64_t{1} << 60) - 1, kLastLayout = 1023;
    if (in.flag()) reading.card = CardId{static_cast<std::uint64_t>(in.number(0, kLastCard))};
    if (in.flag())
        reading.layout = LayoutNumber{static_cast<std::uint16_t>(in.number(0, kLastLayout))};
    if (in.flag()) reading.secret = CardSecret{in.text()};
}

}  // namespace

void put(WireWriter& out, const Reading& reading) {
    const auto& [source, page, index, verdict, reasons, identified_by, card, layout, secret, host,
                 order, template_name, region, side, sheet, other_page, piece, corners, dpi,
                 answers, fields, ms] = reading;
    out.text(source);
    out.number(page);
    out.number(index);
    out.number(static_cast<std::int64_t>(verdict));
    put_all(out, reasons);
    out.number(static_cast<std::int64_t>(identified_by));
    put_identity(out, card, layout, secret);
    for (const auto* text : {&host, &order, &template_name, &region}) out.text(*text);
    out.number(static_cast<std::int64_t>(side));
    out.number(sheet);
    out.number(other_page);
    out.text(piece);
    for (const auto& corner : corners) {
        out.real(corner.x.value);
        out.real(corner.y.value);
    }
    out.real(dpi);
    put_all(out, answers);
    put_all(out, fields);
    out.real(ms);
}

Reading get_reading(WireReader& in) {
    Reading out;
    out.source = in.text();
    out.page = static_cast<int>(in.number(0, INT32_MAX));
    out.index = static_cast<int>(in.number(0, INT32_MAX));
    out.verdict = in.one_of(Verdict::Unreadable);
    get_all(in, out.reasons, get_rejection);
    out.identified_by = in.one_of(IdentifiedBy::Keyed);
    get_identity(in, out);
    for (auto* text : {&out.host, &out.order, &out.template_name, &out.region}) *text = in.text();
    out.side = in.one_of(SheetSide::Blank);
    out.sheet = static_cast<int>(in.number(0, INT32_MAX));
    out.other_page = static_cast<int>(in.number(0, INT32_MAX));
    out.piece = in.text();
    for (auto& corner : out.corners) {
        corner.x = Px{in.real()};
        corner.y = Px{in.real()};
    }
    out.dpi = in.real();
    get_all(in, out.answers, get_answer);
    get_all(in, out.fields, get_field);
    out.ms = in.real();
    return out;
}

void put(WireWriter& out, const Error& error) {
    const auto& [code, message, where, cure] = error;
    out.number(static_cast<std::int64_t>(code));
    out.text(message);
    out.text(where);
    out.text(cure);
}

Error get_error(WireReader& in) {
    Error out;
    out.code = in.one_of(ErrorCode::Internal);
    out.message = in.text();
    out.where = in.text();
    out.cure = in.text();
    return out;
}

}  // namespace verso::scanner
