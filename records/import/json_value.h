// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/util/result.h"

namespace verso::records {

/// A JSON value that keeps numbers as they are written, so that money never passes through double.
struct JsonValue {
    enum class Kind { Null, Boolean, Number, Text, Array, Object };

    Kind kind = Kind::Null;
    std::string text = {};  ///< of a Text or a Number; "true" or "false" of a Boolean
    std::vector<JsonValue> items = {};
    std::vector<std::pair<std::string, JsonValue>> members = {};

    bool is_object() const { return kind == Kind::Object; }
    bool is_array() const { return kind == Kind::Array; }
    /// A member of an object; a Null for what is not there.
    const JsonValue& at(std::string_view key) const;
    /// Whether there is such a member that is not null.
    bool has(std::string_view key) const { return at(key).kind != Kind::Null; }
};

/// The depth beyond which no order goes.
inline constexpr std::size_t kDeepestJson = 64;

/// FormatInvalid with the place; also beyond kDeepestJson, and for text that is not UTF-8. Never
/// throws.
Result<JsonValue> parse_json(std::string_view text);

}  // namespace verso::records
