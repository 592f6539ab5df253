// SPDX-License-Identifier: Apache-2.0
#include "core/domain/card_link.h"

#include <fmt/format.h>

#include <cassert>

#include "core/domain/crockford.h"

namespace verso {

namespace {

constexpr std::size_t kLayoutDigits = 2;
constexpr std::size_t kIdDigits = 12;
constexpr std::size_t kSecretDigits = 20;
constexpr std::size_t kPublicDigits = kLayoutDigits + kIdDigits + 1;
constexpr std::size_t kRmaDigits = 8;
constexpr std::string_view kScheme = "HTTPS://";
constexpr std::string_view kPath = "/C/";
constexpr std::size_t kLongestHost = 253;  // RFC 1035, section 2.3.4, less the root dot

Error invalid(std::string_view text, std::string_view why) {
    constexpr std::size_t kShown = 80;
    const bool cut = text.size() > kShown;
    return {ErrorCode::ValueInvalid,
            fmt::format("'{}{}' {}", text.substr(0, kShown), cut ? "…" : "", why), "", ""};
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'a' && c <= 'z') c = char(c - 'a' + 'A');
    }
    return out;
}

/// `count` digits and their check digit, hyphens dropped; the error says what is wrong.
Result<std::string> checked_digits(std::string_view text, std::size_t count) {
    const auto digits = crockford::normalise(text);
    if (!digits) return invalid(text, "has a character that codes do not use");
    if (digits->size() != count + 1) {
        return invalid(text,
                       fmt::format("has {} characters, a code has {}", digits->size(), count + 1));
    }
    if (crockford::check_digit(std::string_view(*digits).substr(0, count)) != digits->back()) {
        return invalid(text,
                       "does not agree with its check character: a character is wrong or swapped");
    }
    return *digits;
}

/// Layout, id and check digit, the 15 digits that both codes begin with.
std::string public_part(LayoutNumber layout, CardId id) {
    assert(layout.get() < 1024);
    return crockford::encode(layout.get(), kLayoutDigits) + format_card(id);
}

struct PublicPart {
    LayoutNumber layout;
    CardId id;
};

Result<PublicPart> parse_public_part(std::string_view digits) {
    const auto layout = crockford::decode(digits.substr(0, kLayoutDigits));
    if (!layout) return invalid(digits, "has a character that codes do not use");
    auto id = parse_card(digits.substr(kLayoutDigits, kIdDigits + 1));
    if (!id) return id.error();
    return PublicPart{LayoutNumber(std::uint16_t(*layout)), *id};
}

}  // namespace

std::string format_card(CardId id) {
    std::string digits = crockford::encode(id.get(), kIdDigits);
    return digits + crockford::check_digit(digits);
}

std::string format_typed_code(CardId id) {
    const std::string code = format_card(id);
    return code.substr(0, 4) + '-' + code.substr(4, 4) + '-' + code.substr(8);
}

Result<CardId> parse_card(std::string_view text) {
    return checked_digits(text, kIdDigits).transform([](const std::string& digits) {
        return CardId(*crockford::decode(std::string_view(digits).substr(0, kIdDigits)));
    });
}

std::string format_link(std::string_view host, const CardIdentity& card) {
    assert(card.secret.get().size() == kSecretDigits);
    return fmt::format("{}{}{}{}{}", kScheme, upper(host), kPath, public_part(card.layout, card.id),
                       card.secret.get());
}

Result<CardLink> parse_link(std::string_view text) {
    const std::string link = upper(text);
    const std::string_view view = link;
    const auto path = view.find(kPath, kScheme.size());
    if (!view.starts_with(kScheme) || path == std::string_view::npos || path == kScheme.size() ||
        path - kScheme.size() > kLongestHost) {
        return invalid(text, "is not a card link");
    }
    const std::string_view digits = view.substr(path + kPath.size());
    if (digits.size() != kPublicDigits + kSecretDigits ||
        digits.find('-') != std::string_view::npos) {
        return invalid(text, "is not a card link: its code has the wrong length");
    }
    auto part = parse_public_part(digits.substr(0, kPublicDigits));
    if (!part) return part.error();
    const auto secret = crockford::normalise(digits.substr(kPublicDigits));
    if (!secret || secret->size() != kSecretDigits) {
        return invalid(text, "has a character that codes do not use");
    }
    CardLink out;
    for (char c : view.substr(kScheme.size(), path - kScheme.size())) {
        out.host += c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    }
    out.card = {part->layout, part->id, CardSecret(*secret)};
    return out;
}

std::string format_side_mark(const SideMark& mark) {
    std::string out = public_part(mark.layout, mark.id);
    if (mark.side == SideMark::Side::Return) out += fmt::format("R{}", mark.sheet);
    return out;
}

Result<SideMark> parse_side_mark(std::string_view text) {
    if (text.size() != kPublicDigits && text.size() != kPublicDigits + 2) {
        return invalid(text, "is not the mark of a card or a return sheet");
    }
    auto part = parse_public_part(text.substr(0, kPublicDigits));
    if (!part) return part.error();
    SideMark mark{part->layout, part->id, SideMark::Side::Card, 1};
    if (text.size() > kPublicDigits) {
        const char side = text[kPublicDigits], sheet = text[kPublicDigits + 1];
        if (side != 'R' || sheet < '1' || sheet > '9') {
            return invalid(text, "names a side that no layout has");
        }
        mark.side = SideMark::Side::Return;
        mark.sheet = unsigned(sheet - '0');
    }
    return mark;
}

Rma make_rma(std::uint64_t random_bits) {
    std::string digits =
        crockford::encode(random_bits & ((1ull << (5 * kRmaDigits)) - 1), kRmaDigits);
    return Rma(digits + crockford::check_digit(digits));
}

std::string format_rma(const Rma& rma) {
    const std::string& d = rma.get();
    return d.substr(0, 4) + '-' + d.substr(4, 4) + '-' + d.substr(8);
}

Result<Rma> parse_rma(std::string_view text) {
    return checked_digits(text, kRmaDigits).transform([](std::string digits) {
        return Rma(std::move(digits));
    });
}

}  // namespace verso
