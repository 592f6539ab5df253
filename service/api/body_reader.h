// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"

namespace verso::service {

using Json = nlohmann::ordered_json;

/// The one JSON object of a body. Usage, with the byte where it ends to be one: not UTF-8, not
/// JSON, no object, nested more than 16 deep, a name twice in one object.
Result<Json> parse_body(std::string_view body);

/// Reads an object member by member and remembers the first thing that is wrong. Every member must
/// be asked for: what was not is unknown, and refused with its name.
class BodyReader {
  public:
    /// Requires: the object outlives it.
    explicit BodyReader(const Json& object);

    /// A text of at most `most` bytes, without control characters but line ends and tabs.
    std::string text(std::string_view name, std::size_t most = 500);
    std::optional<std::string> text_if_any(std::string_view name, std::size_t most = 500);
    int whole(std::string_view name, int least, int most);
    int whole_or(std::string_view name, int least, int most, int fallback);
    bool flag_or(std::string_view name, bool fallback);
    std::vector<std::string> texts(std::string_view name, std::size_t most_items);
    /// The objects of a list with 1 to `most_items`.
    std::vector<BodyReader> objects(std::string_view name, std::size_t most_items);
    /// One of an enumeration's names; `fallback` when it is not there.
    template <class Value>
    Value named_or(std::string_view name, Result<Value> (*parse)(std::string_view),
                   Value fallback) {
        const auto said = text_if_any(name);
        if (!said) return fallback;
        auto value = parse(*said);
        if (value) return *value;
        refuse(name, value.error().message, value.error().cure);
        return fallback;
    }
    /// For a value that is wrong by the caller's own rules.
    void refuse(std::string_view name, const std::string& what, const std::string& cure = "");

    /// ValueInvalid with the JSON pointer of the first fault; to be called on the outermost reader
    /// when all was asked for.
    Result<void> end();

  private:
    struct Shared;
    BodyReader(const Json& object, std::string pointer, std::shared_ptr<Shared> shared);
    const Json* member(std::string_view name);
    const Json* required(std::string_view name);

    const Json* object_;
    std::string pointer_;
    std::shared_ptr<Shared> shared_;
    std::size_t self_;  ///< its place among the readers of `shared_`
};

}  // namespace verso::service
