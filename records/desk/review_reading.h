// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/domain/reading.h"
#include "records/store/store_types.h"

namespace verso::records {

/// What was read of a thing in review, from the JSON that was kept: side, corners, written fields
/// and what people decide about. `card`, when known, is the card's record: answers that were read
/// with another layout than it was printed with mean nothing and are left out. Whatever is not
/// plain is doubtful.
Reading review_reading(const ReviewItem& item, const CardRecord* card);

}  // namespace verso::records
