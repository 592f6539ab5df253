// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "core/util/result.h"

namespace verso::records {

// What the state machines of this folder share: names of enumerators, and tables with one cell for
// each state and event. docs/lifecycle.md shows the tables; a test compares.

/// An enumerator and how it is written, in the order of the enumerators.
template <class Enum, std::size_t N>
using EnumNames = std::array<std::pair<Enum, std::string_view>, N>;

/// The name of an enumerator; empty for a value that is none.
template <class Enum, std::size_t N>
constexpr std::string_view name_in(const EnumNames<Enum, N>& names, Enum value) {
    for (const auto& [candidate, name] : names) {
        if (candidate == value) return name;
    }
    return "";
}

/// The enumerator of a name; ValueInvalid: "'x' is not `what`", with all names as the cure.
template <class Enum, std::size_t N>
Result<Enum> value_in(const EnumNames<Enum, N>& names, std::string_view text,
                      std::string_view what) {
    std::string known;
    for (const auto& [value, name] : names) {
        if (name == text) return value;
        known += (known.empty() ? "" : ", ") + std::string(name);
    }
    return Error{ErrorCode::ValueInvalid,
                 "'" + std::string(text.substr(0, 40)) + "' is not " + std::string(what), "",
                 "use one of " + known};
}

/// The enumerators alone.
template <class Enum, std::size_t N>
constexpr std::array<Enum, N> enumerators(const EnumNames<Enum, N>& names) {
    std::array<Enum, N> out{};
    for (std::size_t i = 0; i < N; ++i) out.at(i) = names.at(i).first;
    return out;
}
/// What an event does in a state.
template <class State>
struct Transition {
    enum class Kind {
        Moves,    ///< the state becomes `to`
        Stays,    ///< nothing changes: seen before, or late
        Refused,  ///< it must not happen; `why` is a sentence for the one who asked
    };
    Kind kind = Kind::Stays;
    State to{};            ///< the state afterwards, whatever the kind
    std::string_view why;  ///< empty unless refused

    bool is_refused() const { return kind == Kind::Refused; }
    friend bool operator==(const Transition&, const Transition&) = default;
};

/// One cell of a table: where it leads, or that it stays or is refused.
template <class State>
struct Cell {
    typename Transition<State>::Kind kind = Transition<State>::Kind::Stays;
    State to{};
    std::string_view why{};

    static constexpr Cell stays() { return {}; }
    static constexpr Cell moves(State to) { return {Transition<State>::Kind::Moves, to, {}}; }
    static constexpr Cell refused(std::string_view why) {
        return {Transition<State>::Kind::Refused, State{}, why};
    }
};

template <class State, std::size_t States, std::size_t Events>
using TransitionTable = std::array<std::array<Cell<State>, Events>, States>;

/// The cell of a table as a transition.
template <class State, class Event, std::size_t States, std::size_t Events>
constexpr Transition<State> step_of(const TransitionTable<State, States, Events>& table,
                                    State state, Event event) {
    const auto& cell =
        table.at(static_cast<std::size_t>(state)).at(static_cast<std::size_t>(event));
    const bool moves = cell.kind == Transition<State>::Kind::Moves;
    return {cell.kind, moves ? cell.to : state, cell.why};
}

}  // namespace verso::records
