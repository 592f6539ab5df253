// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/import/json_fields.h"

namespace verso::records {

/// WooCommerce's order of the REST API v3, which is also the body of its webhooks order.*.
/// What is wrong is refused at the fields; the order is not to be used then.
Order read_woocommerce_order(JsonFields& fields);

}  // namespace verso::records
