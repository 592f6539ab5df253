// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/import/json_fields.h"

namespace verso::records {

/// Magento's and Adobe Commerce's order of the REST API (GET /rest/V1/orders).
/// What is wrong is refused at the fields; the order is not to be used then.
Order read_magento_order(JsonFields& fields);

}  // namespace verso::records
