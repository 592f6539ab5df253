// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "records/export/export_cursor.h"
#include "records/export/review.h"
#include "records/export/segment.h"
#include "records/store/store.h"

namespace verso::records {

// What exports read from a store; the formats themselves know none.

/// Every question that any rating of the shop answers, the overall one first.
Result<std::vector<std::string>> questions_of(Store& store, ShopId shop);

/// Shows each rating that is new since the cursor, with its order, in the order of recording; gives
/// the cursor behind all of them. Stops with the visitor's error. The visitor may use the store.
Result<ExportCursor> visit_ratings(Store& store, ShopId shop, const ExportCursor& since,
                                   const std::function<Result<void>(const ExportRow&)>& visit);

/// The same for every response, whether it counts or not.
struct ExportedResponse {
    ExportRow row;
    bool counts = false;  ///< it is the order's rating
};
Result<ExportCursor> visit_responses(
    Store& store, ShopId shop, const ExportCursor& since,
    const std::function<Result<void>(const ExportedResponse&)>& visit);

/// Every order with a printed card that is not voided, insiders not.
Result<void> visit_segments(Store& store, ShopId shop,
                            const std::function<Result<void>(const SegmentRow&)>& visit);

/// Shows each return with its order and the moment it was announced, oldest first.
Result<void> visit_returns(
    Store& store, ShopId shop,
    const std::function<Result<void>(const Return&, const Order&, Instant)>& visit);

}  // namespace verso::records
