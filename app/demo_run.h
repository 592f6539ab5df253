// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "app/demo_page.h"

namespace verso::app {

/// Where the demo's own files are: a folder inside of its home.
DemoFolder demo_folder(const Home& home);

/// The whole round trip in a home of its own, made anew: import, print, marked cards, reading,
/// ratings, and the page that shows it. AlreadyExists when the home is not one that the demo made.
Result<DemoSummary> run_demo(const Home& home, std::uint64_t seed, Output& out);

/// True when a reading that was accepted says anything else than was marked.
bool is_wrong(const Reading& reading, const scanner::lab::FilledCard& truth);

}  // namespace verso::app
