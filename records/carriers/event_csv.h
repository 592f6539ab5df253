// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "records/carriers/event_sink.h"

namespace verso::records {

/// Reads a neutral CSV of events (docs/formats/carrier-events.md): one event a row, columns by
/// name. FormatInvalid: not such a file; the message names the columns missed and those found.
Result<void> read_event_csv(std::string_view text, EventSink& sink);

}  // namespace verso::records
