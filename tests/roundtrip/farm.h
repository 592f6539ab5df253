// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "tests/roundtrip/roundtrip.h"

namespace verso::test {

/// Is told when a piece of a setup is done: which setup, and its result so far. False: enough,
/// begin no further piece.
using FarmProgress = std::function<bool(std::size_t setup, const RoundTripResult& so_far)>;

/// Runs setups in child processes, `jobs` at a time, in pieces of some pages that take turns
/// over all setups: a child that dies costs its piece, which is counted as a fault. Gives one
/// result for each setup. To be called while the process has no other children and no other
/// threads.
std::vector<RoundTripResult> run_farm(const std::vector<RoundTripSetup>& setups, int jobs,
                                      const FarmProgress& progress = {});

}  // namespace verso::test
