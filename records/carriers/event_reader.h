// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/carriers/event_sink.h"
#include "records/import/byte_source.h"

namespace verso::records {

/// Reads the events of a file of any size: a CSV; a JSON document; or JSON lines, one document a
/// line, such as the bodies of webhooks as they came in, whatever their sources. What a form is,
/// each document says by itself; `only` demands one source. The good ones are in the sink, each bad
/// one is told there with its line. FormatInvalid: nothing in the file is of any known form.
/// LimitExceeded: one document beyond 32 MiB. FileUnreadable. What the sink's taker said: reading
/// stopped there.
Result<void> read_carrier_events(ByteSource& source, std::optional<EventSource> only,
                                 EventSink& sink);

}  // namespace verso::records
