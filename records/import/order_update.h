// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/import/order_sink.h"

namespace verso::records {

/// The order as the update leaves it: status and payment, nothing else. What was delivered does not
/// become underway again by an export that knows less. Pure.
Order updated(Order order, const OrderUpdate& update);

}  // namespace verso::records
