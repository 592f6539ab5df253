// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>

namespace verso::records::testing {

/// The names of all virtual calls that the headers of the Store and its books declare.
std::set<std::string> declared_calls();

/// Those of them that are the home's and no shop's, with the reason.
const std::map<std::string, std::string>& calls_of_the_home();

}  // namespace verso::records::testing
