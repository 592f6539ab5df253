// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <utility>

namespace verso {

/// A value that only mixes with its own kind: `using CardId = StrongType<struct CardIdTag, ...>`.
/// Comparable and hashable; no arithmetic, because ids have none.
template <class Tag, class Value>
class StrongType {
  public:
    using value_type = Value;

    StrongType() = default;
    explicit StrongType(Value value) : value_(std::move(value)) {}

    const Value& get() const { return value_; }

    friend auto operator<=>(const StrongType&, const StrongType&) = default;
    friend bool operator==(const StrongType&, const StrongType&) = default;

  private:
    Value value_{};
};

}  // namespace verso

template <class Tag, class Value>
struct std::hash<verso::StrongType<Tag, Value>> {
    std::size_t operator()(const verso::StrongType<Tag, Value>& id) const {
        return std::hash<Value>{}(id.get());
    }
};
