// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace verso::generator {

/// How the post of one country wants an address. A row of the table in address_form.cpp.
struct AddressForm {
    std::string_view country;  ///< ISO 3166-1 alpha-2; empty: every country without a row
    /// Lines from the top, between slashes. N name, O company, 1 and 2 the street's lines, Z
    /// postcode, C town, S region; ^ before one: in capitals. b: line 2 when it begins with one of
    /// `inner`, a: line 2 when it does not. What is empty is left out with the blanks before it.
    std::string_view format;
    /// Forms of the postcode between bars: 9 a digit, A a letter, * either; the rest stands.
    std::string_view postcode;
    /// Words that a complement inside of a building begins with, in capitals, between blanks.
    std::string_view inner;
    std::size_t longest_line = 0;  ///< characters; 0: any
    std::size_t most_lines = 0;    ///< without the country's; 0: any
    bool bare_street = false;      ///< no punctuation in the street's lines and the town's
};

/// The rule of a country, else that of every other.
const AddressForm& address_form(std::string_view country);
/// All rows.
std::span<const AddressForm> address_forms();

/// The language that a post writes other countries' names in, ISO 639-1; English when we do not
/// know better: the UPU asks for French, English or the language of the country of posting.
std::string_view posting_language(std::string_view country);

}  // namespace verso::generator
