// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace verso::records {

// Where a shop asks for two looks at what was doubtful ([review] double): two people must say the
// same, else a supervisor decides. Pure.

/// What one person made of a thing in review.
struct Look {
    std::string who;
    std::string said;  ///< the answers in one fixed spelling, or "discard"
    friend bool operator==(const Look&, const Look&) = default;
};

enum class SecondLook {
    Enough,         ///< it may be recorded
    AnotherPerson,  ///< somebody else must look
    Supervisor,     ///< two people differ: a supervisor decides
};
/// "enough", "another-person", "supervisor".
std::string_view to_string(SecondLook look);

/// What comes of a look after the `earlier` ones, of which the last of each person counts: enough
/// when another person said the same, or when people differ and this one is a supervisor.
SecondLook judge_look(std::span<const Look> earlier, const Look& now, bool is_supervisor);

/// Whether this person is one to look at it now: not who looked already, and only a supervisor
/// where two differ.
bool may_look(std::span<const Look> earlier, std::string_view who, bool is_supervisor);

}  // namespace verso::records
