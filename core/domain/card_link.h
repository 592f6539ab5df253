// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/domain/ids.h"
#include "core/util/result.h"

namespace verso {

/// The 100 random bits that only the printed card holds, as 20 Crockford digits.
using CardSecret = StrongType<struct CardSecretTag, std::string>;

/// What a card carries: docs/formats/card-link.md.
struct CardIdentity {
    LayoutNumber layout;
    CardId id;
    CardSecret secret;
    friend bool operator==(const CardIdentity&, const CardIdentity&) = default;
};

/// What the second code (Data Matrix) of a card or a return sheet carries: no secret.
struct SideMark {
    enum class Side { Card, Return };
    LayoutNumber layout;
    CardId id;
    Side side = Side::Card;
    unsigned sheet = 1;  ///< 1 to 9: which of the return sheets of one insert; 1 for a card
    friend bool operator==(const SideMark&, const SideMark&) = default;
};

/// A link taken apart. `host` is in lower case.
struct CardLink {
    std::string host;
    CardIdentity card;
};

/// The id and its check digit, 13 characters: "4K7M2Q9XW3HTB". This is the text form of a card.
std::string format_card(CardId id);
/// The same for people: "4K7M-2Q9X-W3HTB".
std::string format_typed_code(CardId id);
/// Reads 13 digits, with or without hyphens, in any case. ValueInvalid when the length, a
/// character or the check digit is wrong: the message says which.
Result<CardId> parse_card(std::string_view text);

/// "HTTPS://<HOST>/C/<35 digits>", all upper case. Requires: secret of 20 digits, layout < 1024.
std::string format_link(std::string_view host, const CardIdentity& card);
/// Reads a link in any case. ValueInvalid when it is not one of ours; the host is not judged.
Result<CardLink> parse_link(std::string_view text);

/// "LLIIIIIIIIIIIIK" for a card, the same with "R" and the sheet number for a return sheet.
std::string format_side_mark(const SideMark& mark);
Result<SideMark> parse_side_mark(std::string_view text);

/// "7QF2M4KD9" from 40 random bits: 8 digits and their check digit.
Rma make_rma(std::uint64_t random_bits);
/// "7QF2-M4KD-9" for people.
std::string format_rma(const Rma& rma);
/// Reads an RMA with or without hyphens, in any case; ValueInvalid as parse_card.
Result<Rma> parse_rma(std::string_view text);

}  // namespace verso
