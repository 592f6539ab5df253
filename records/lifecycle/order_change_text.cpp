// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>

#include "records/lifecycle/order_changes.h"

namespace verso::records {

namespace {

using K = ChangeKind;

/// What is known of each kind.
struct KindFacts {
    ChangeKind kind;
    std::string_view name;
    bool on_paper, personal;
};

constexpr std::array<KindFacts, 25> kKinds{{{K::Address, "address", true, true},
                                            {K::Contact, "contact", false, true},
                                            {K::Language, "language", true, false},
                                            {K::Placed, "placed", true, false},
                                            {K::Promised, "promised", true, false},
                                            {K::Status, "status", false, false},
                                            {K::Payment, "payment", false, false},
                                            {K::LineAdded, "line-added", true, false},
                                            {K::LineRemoved, "line-removed", true, false},
                                            {K::LineReplaced, "line-replaced", true, false},
                                            {K::Quantity, "quantity", true, false},
                                            {K::Price, "price", true, false},
                                            {K::LineText, "line-text", true, false},
                                            {K::LineNumber, "line-number", true, false},
                                            {K::LineMoved, "line-moved", true, false},
                                            {K::Stock, "stock", false, false},
                                            {K::PickPlace, "pick-place", false, false},
                                            {K::ParcelAdded, "parcel-added", true, false},
                                            {K::ParcelRemoved, "parcel-removed", true, false},
                                            {K::Delivery, "delivery", true, false},
                                            {K::Tracking, "tracking", false, false},
                                            {K::Amount, "amount", true, false},
                                            {K::Note, "note", false, true},
                                            {K::Key, "key", false, false},
                                            {K::Insider, "insider", false, false}}};

constexpr std::array<ChangeKind, kKinds.size()> kEveryKind = [] {
    std::array<ChangeKind, kKinds.size()> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out.at(i) = kKinds.at(i).kind;
    return out;
}();

const KindFacts& facts_of(ChangeKind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }

std::string told(const std::string& value) { return value.empty() ? "none" : value; }

/// A text from outside, short enough for a list; never cut inside a character of UTF-8.
std::string shortened(const std::string& text) {
    constexpr std::size_t kLongest = 120;
    if (text.size() <= kLongest) return text;
    std::size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end) + "…";
}

}  // namespace

std::span<const ChangeKind> all_change_kinds() { return kEveryKind; }
std::string_view to_string(ChangeKind kind) { return facts_of(kind).name; }
bool is_on_paper(ChangeKind kind) { return facts_of(kind).on_paper; }
bool is_personal(ChangeKind kind) { return facts_of(kind).personal; }

std::string to_sentence(const OrderChange& change) {
    switch (change.kind) {
        case K::LineAdded:
            return fmt::format("{} added", change.after);
        case K::LineRemoved:
            return fmt::format("{} taken out", change.before);
        case K::LineReplaced:
            return fmt::format("{} instead of {}", change.after, change.before);
        case K::Quantity:
            return fmt::format("{} × {} instead of {}", change.after, change.subject,
                               change.before);
        case K::LineMoved:
            return fmt::format("{} in parcel {} instead of {}", change.subject, change.after,
                               change.before);
        case K::ParcelAdded:
            return fmt::format("{} added", change.subject);
        case K::ParcelRemoved:
            return fmt::format("{} taken out", change.subject);
        default:
            return fmt::format("{} {} instead of {}", change.subject, told(change.after),
                               told(change.before));
    }
}

std::string to_reason(std::span<const OrderChange> changes) {
    constexpr int kTold = 3;
    std::string parts, text;
    int told_now = 0, more = 0;
    const auto tell = [&](const std::string& sentence) {
        if (told_now == kTold) {
            ++more;
            return;
        }
        text += (text.empty() ? "" : "; ") + shortened(sentence);
        ++told_now;
    };
    for (const OrderChange& change : changes) {
        if (change.kind == K::Address) parts += (parts.empty() ? "" : ", ") + change.subject;
    }
    if (!parts.empty()) tell(fmt::format("another address ({})", parts));
    for (const OrderChange& change : changes) {
        if (!is_personal(change.kind)) tell(to_sentence(change));
    }
    for (const OrderChange& change : changes) {
        if (is_personal(change.kind) && change.kind != K::Address)
            tell("another " + change.subject);
    }
    return more > 0 ? fmt::format("{}; and {} more", text, more) : text;
}

}  // namespace verso::records
