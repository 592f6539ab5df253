// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/domain/order.h"

namespace verso::generator {

/// The lines of an address as the post of its country wants them, top first, empty ones left out.
/// `country_line` is added last when not empty (for mail that crosses a border).
std::vector<std::string> address_lines(const Address& address, const std::string& country_line);

/// The same all in capitals, without commas and full stops: for labels and cards that machines
/// sort.
std::vector<std::string> sorting_lines(const Address& address, const std::string& country_line);

/// "Name · 12 rue de l’Église · 73000 Chambéry": for a sender's line.
std::string address_in_one_line(const Address& address);

/// Upper case of any script (ICU, no language's special rules).
std::string to_upper(const std::string& text);

}  // namespace verso::generator
