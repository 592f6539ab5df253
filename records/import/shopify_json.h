// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/import/json_fields.h"

namespace verso::records {

/// Shopify's order of the REST Admin API, which is also the body of its webhooks orders/*.
/// What is wrong is refused at the fields; the order is not to be used then.
Order read_shopify_order(JsonFields& fields);

}  // namespace verso::records
