// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace verso::service {

// The small texts of HTTP and HTML, as pure functions.

/// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);
/// Equal but for the case of ASCII letters.
bool same_word(std::string_view one, std::string_view other);

/// Percent-decodes a path segment (RFC 3986 section 2.1); nothing when a % is not followed by two
/// hex digits, or a zero byte or a slash would come out.
std::optional<std::string> decode_segment(std::string_view text);
/// For a path segment or a query value: all but unreserved characters as %XX.
std::string encode_segment(std::string_view text);

using FormField = std::pair<std::string, std::string>;
/// The pairs of a query or an application/x-www-form-urlencoded body (WHATWG URL, section 5.1), in
/// their order, at most 1000. A broken % stands for itself, as browsers do it.
std::vector<FormField> parse_form(std::string_view text);

/// The text with & < > " ' as character references: safe between tags and inside quoted attributes.
std::string escape_html(std::string_view text);

}  // namespace verso::service
