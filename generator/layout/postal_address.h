// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/domain/order.h"

namespace verso::generator {

/// An address as it is printed, and what of it the post may stumble over.
struct SetAddress {
    std::vector<std::string> lines;     ///< top first, none empty
    std::vector<std::string> warnings;  ///< one sentence each; nothing was cut because of them
};

enum class Lettering {
    AsGiven,   ///< capitals only where the post of the country wants them: the town
    Capitals,  ///< all of it, without commas and full stops: for what machines sort
};

/// The address in the order, the forms and the capitals of its country's post (address_form.cpp).
/// `country_line` comes last, in capitals, when it is not empty: then the mail crosses a border,
/// and the town is in capitals whatever the country. In France a line of more than 38 characters
/// goes on in another while the six lines suffice; whatever cannot be right is told in `warnings`
/// and printed as it is. Whatever bytes an address has, nothing fails.
SetAddress set_address(const Address& address, std::string_view country_line, Lettering lettering);

/// The lines of set_address, as given.
std::vector<std::string> address_lines(const Address& address, const std::string& country_line);

/// The lines of set_address in capitals: for labels and cards that machines sort.
std::vector<std::string> sorting_lines(const Address& address, const std::string& country_line);

/// The last line of mail from one country to another: "ALLEMAGNE" from FR to DE, in the language of
/// the country of posting. Empty inside of one country, and when either is unknown.
std::string country_line(std::string_view from, std::string_view to);

/// "Name · 12 rue de l’Église · 73000 Chambéry": for a sender's line.
std::string address_in_one_line(const Address& address);

/// Upper case of any script (ICU, no language's special rules).
std::string to_upper(const std::string& text);

}  // namespace verso::generator
