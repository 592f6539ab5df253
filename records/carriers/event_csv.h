// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/carriers/event_sink.h"
#include "records/import/csv_stream.h"

namespace verso::records {

/// Reads a neutral CSV of events (docs/formats/carrier-events.md): one event a row, columns by
/// name. FormatInvalid: not such a file; the message names the columns missed and those found.
/// FileUnreadable.
Result<void> read_event_csv(CsvStream& rows, EventSink& sink);

}  // namespace verso::records
