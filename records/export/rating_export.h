// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/answer.h"
#include "core/util/result.h"
#include "records/store/store.h"

namespace verso::records {

/// A value for a CSV cell: quoted when it must be, and with ' before a first = + - @, tab or
/// carriage return, so that no spreadsheet runs what a buyer wrote.
std::string csv_cell(std::string_view value);

/// Writes the ratings of a shop as CSV (UTF-8, comma, CRLF): order, card, channel, one column per
/// question that any rating answers (overall first, the others by name), comment, publish,
/// recorded_at. Gives the number of ratings. FileUnwritable when the stream fails.
Result<std::size_t> export_ratings_csv(Store& store, ShopId shop, std::ostream& out);

/// One line of JSON per rating: docs/formats/rating.md. Errors as above.
Result<std::size_t> export_ratings_json_lines(Store& store, ShopId shop, std::ostream& out);

}  // namespace verso::records
