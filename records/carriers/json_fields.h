// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "records/carriers/carrier_event.h"

namespace verso::records {

using EventJson = nlohmann::ordered_json;

/// One JSON value with nothing behind it. FormatInvalid (with the byte) for what is not JSON or is
/// nested deeper than any tracker's answer: nothing here recurses further than that.
Result<EventJson> parse_event_json(std::string_view text);

/// A member of an object; null when it is not there or `json` is no object.
const EventJson& member(const EventJson& json, std::string_view key);
/// The text of a member; a number in its own digits, empty for everything else.
std::string text_of(const EventJson& json, std::string_view key);
bool has_object(const EventJson& json, std::string_view key);
bool has_text(const EventJson& json, std::string_view key);

/// A moment; nothing when the member is absent, empty or a zero date. A text that is no time is
/// told in `fault`, when it is still empty.
std::optional<ZonedTime> time_of(const EventJson& json, std::string_view key, std::string& fault);
/// The day of a moment or a day; nothing when absent or not one.
std::optional<std::chrono::year_month_day> day_of(const EventJson& json, std::string_view key);

/// The text of an object without some of its members.
std::string dump_without(const EventJson& json, std::initializer_list<std::string_view> left_out);

}  // namespace verso::records
