// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace verso::records {

// Words that people write over columns and into status columns. Pure look-ups.

/// The field of the neutral CSV that a column's name means; empty when none is known. Case, blanks
/// and marks do not count.
std::string_view field_of_column(std::string_view name);
/// Whether the name is that of a first or a last name, which together are the field "name".
bool is_first_name_column(std::string_view name);
bool is_last_name_column(std::string_view name);

/// "open", "shipped" …; empty when the word is not known.
std::string_view status_of_word(std::string_view word);
/// "paid", "unpaid" …; empty when the word is not known.
std::string_view payment_of_word(std::string_view word);

}  // namespace verso::records
