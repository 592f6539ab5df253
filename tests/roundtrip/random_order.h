// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/domain/order.h"

namespace verso::test {

/// A seeded random paid order: 1 to 9 lines, one parcel or two, in fr, en or de, with names and
/// articles in the letters that Europe uses. The same seed, the same order, on any machine.
Order random_order(int number, std::uint64_t seed);

}  // namespace verso::test
