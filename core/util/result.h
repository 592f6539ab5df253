// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cassert>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/util/error.h"

namespace verso {

/// A value or the Error that stands in its place. Member names follow std::expected, so that C++23
/// can replace it. Ignoring one is a compiler warning; reading the wrong side is an assertion.
template <class T>
class [[nodiscard]] Result {
  public:
    using value_type = T;

    Result(T value)
        : state_(std::in_place_index<0>, std::move(value)) {
    }  // NOLINT(google-explicit-constructor)
    Result(Error error)
        : state_(std::in_place_index<1>, std::move(error)) {
    }  // NOLINT(google-explicit-constructor)

    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & {
        assert(has_value());
        return *std::get_if<0>(&state_);
    }
    const T& value() const& {
        assert(has_value());
        return *std::get_if<0>(&state_);
    }
    /// By value, not by reference: `for (auto& x : f().value())` then walks something that lives.
    T value() && {
        assert(has_value());
        return std::move(*std::get_if<0>(&state_));
    }
    const Error& error() const {
        assert(!has_value());
        return *std::get_if<1>(&state_);
    }

    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    T value_or(T fallback) const& { return has_value() ? value() : std::move(fallback); }

    /// Calls `next(value)`, which itself gives a Result, or passes the error on.
    template <class F>
    auto and_then(F&& next) && -> std::invoke_result_t<F, T&&> {
        if (!has_value()) return error();
        return std::invoke(std::forward<F>(next), std::move(*this).value());
    }

    /// Calls `change(value)` and wraps what it gives, or passes the error on.
    template <class F>
    auto transform(F&& change) && -> Result<std::invoke_result_t<F, T&&>> {
        if (!has_value()) return error();
        return std::invoke(std::forward<F>(change), std::move(*this).value());
    }

  private:
    std::variant<T, Error> state_;
};

/// Success without a value, or the Error.
template <>
class [[nodiscard]] Result<void> {
  public:
    using value_type = void;

    Result() = default;
    Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

    bool has_value() const { return !error_.has_value(); }
    explicit operator bool() const { return has_value(); }
    const Error& error() const {
        assert(error_.has_value());
        return *error_;
    }

  private:
    std::optional<Error> error_;
};

}  // namespace verso
