// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/util/result.h"

namespace verso {

using Instant = std::chrono::sys_seconds;

/// A moment together with the offset of the clock on the wall where it was noted, so that a slip
/// prints the shop's own date. Two are equal when both parts are.
struct ZonedTime {
    Instant utc{};
    std::chrono::minutes offset{0};

    friend bool operator==(const ZonedTime&, const ZonedTime&) = default;

    /// The calendar day on that wall.
    std::chrono::year_month_day local_day() const;
};

/// Reads ISO 8601: "2026-10-01T11:36:43+02:00", also with a space instead of T, "Z", "+0200" and
/// no offset (taken as UTC). ValueInvalid otherwise, or for a day that no calendar has.
Result<ZonedTime> parse_time(std::string_view text);
/// "2026-10-01T11:36:43+02:00", "Z" for offset 0. parse_time gives the same value back.
std::string format_time(const ZonedTime& time);
/// "2026-10-01T09:36:43Z".
std::string format_utc(Instant instant);

/// Reads "2026-10-05". ValueInvalid for anything else.
Result<std::chrono::year_month_day> parse_day(std::string_view text);
/// "2026-10-05".
std::string format_day(std::chrono::year_month_day day);

/// Where the present comes from. Tests give a fixed one. Thread-safe.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

/// The machine's clock. Lives as long as the program.
const Clock& system_clock();

}  // namespace verso
