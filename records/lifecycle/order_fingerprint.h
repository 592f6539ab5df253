// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/domain/order.h"

namespace verso::records {

/// SHA-256 in hex over everything in an order but its revision: two orders are equal exactly when
/// their fingerprints are. A field that is empty leaves no trace in it, so that a field added to
/// Order later does not make every stored order look changed. Pure.
std::string order_fingerprint(const Order& order);

}  // namespace verso::records
