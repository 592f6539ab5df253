// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/import/json_fields.h"

namespace verso::records {

/// Verso's own form, docs/formats/neutral-json.md.
/// What is wrong is refused at the fields; the order is not to be used then.
Order read_neutral_order(JsonFields& fields);

}  // namespace verso::records
