// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace verso {

/// Appends `text` as a JSON string with its quotation marks (RFC 8259, section 7), for small
/// documents that are written often. Bytes that are no UTF-8 become U+FFFD, one for each.
void append_json_text(std::string& to, std::string_view text);

}  // namespace verso
