// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "records/lifecycle/transition.h"

namespace verso::records::testing {

/// One cell as a test writes it: the state it leads to, "." for nothing, "x" for refused.
template <class State>
std::string cell_text(const Transition<State>& step) {
    using Kind = typename Transition<State>::Kind;
    if (step.kind == Kind::Refused) return "x";
    return step.kind == Kind::Stays ? "." : std::string(to_string(step.to));
}

/// The words of a line.
inline std::vector<std::string> words(const std::string& line) {
    std::istringstream in(line);
    std::vector<std::string> out;
    for (std::string word; in >> word;) out.push_back(word);
    return out;
}

/// A whole table as text, one line a state, to be compared with one that a person wrote.
template <class States, class Events, class Step>
std::string table_text(const States& states, const Events& events, Step step) {
    std::string out;
    for (const auto state : states) {
        out += std::string(to_string(state));
        for (const auto event : events) out += " " + cell_text(step(state, event));
        out += "\n";
    }
    return out;
}

/// Blanks that only align columns, taken out.
inline std::string squeezed(const std::string& table) {
    std::istringstream in(table);
    std::string out;
    for (std::string line; std::getline(in, line);) {
        std::string row;
        for (const auto& word : words(line)) row += (row.empty() ? "" : " ") + word;
        if (!row.empty()) out += row + "\n";
    }
    return out;
}

}  // namespace verso::records::testing
