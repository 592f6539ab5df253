// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/second_look.h"

#include <algorithm>
#include <map>

namespace verso::records {

namespace {

using ByPerson = std::map<std::string, std::string, std::less<>>;

/// The last look of each.
ByPerson by_person(std::span<const Look> looks) {
    ByPerson out;
    for (const Look& look : looks) out[look.who] = look.said;
    return out;
}

bool differ(const ByPerson& looks) {
    return std::any_of(looks.begin(), looks.end(),
                       [&](const auto& one) { return one.second != looks.begin()->second; });
}

}  // namespace

std::string_view to_string(SecondLook look) {
    switch (look) {
        case SecondLook::Enough:
            return "enough";
        case SecondLook::AnotherPerson:
            return "another-person";
        case SecondLook::Supervisor:
            return "supervisor";
    }
    return "";
}

SecondLook judge_look(std::span<const Look> earlier, const Look& now, bool is_supervisor) {
    auto others = by_person(earlier);
    others.erase(now.who);
    if (others.empty()) return SecondLook::AnotherPerson;
    const bool is_seconded = std::any_of(others.begin(), others.end(),
                                         [&](const auto& one) { return one.second == now.said; });
    if (is_seconded || is_supervisor) return SecondLook::Enough;
    return SecondLook::Supervisor;
}

bool may_look(std::span<const Look> earlier, std::string_view who, bool is_supervisor) {
    const auto looks = by_person(earlier);
    if (differ(looks)) return is_supervisor;
    return looks.find(who) == looks.end();
}

}  // namespace verso::records
