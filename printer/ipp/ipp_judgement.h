// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "printer/ipp/ipp_values.h"

namespace verso::printer {

// What may be concluded from what a printer says: functions of values, one table of
// docs/printing-ipp.md each. Every doubt ends at Unknown.

/// What is known here of the document's way into a job.
enum class Arrived {
    No,      ///< nothing of it can be there: Send-Document never left
    Partly,  ///< the connection broke before all of it had left
    Maybe,   ///< it may have left whole, the printer's answer was not seen
    Yes,     ///< the printer answered that it has it
};

/// Whether job-impressions-completed means something: many printers always say 0.
enum class Counting { NotSeen, Counts, SaysZero };

/// What is known of the document whose job is looked at.
struct Sent {
    Arrived arrived = Arrived::No;
    DocumentFormat format = DocumentFormat::Pdf;
    int pages = 0;            ///< 0: not known
    std::int64_t bytes = -1;  ///< -1: not known
    Counting counting = Counting::NotSeen;
    bool stamps_lie = false;  ///< "never processed" was said of a job that was
};

/// What to conclude of a job.
enum class Finding {
    Follow,    ///< it is on its way
    Absent,    ///< the job waits for a document that will not come: cancel it
    Done,      ///< the printer says that it is printed
    Nothing,   ///< it has ended, and nothing of it is on paper
    Claimed,   ///< it has ended; the printer says that nothing is on paper, but could not know
    Unknown,   ///< it has ended, and something may be on paper
    Nonsense,  ///< the answer has no meaning
};
Finding judge(const IppJob& job, const Sent& sent);

/// What a printer's refusal of a job or document means (RFC 8011, B.1).
enum class Refusal {
    None,      ///< it was taken
    Busy,      ///< not now; the same later
    NotFound,  ///< the thing that was asked for is not there
    Final,     ///< not so: a person changes something
    Broken,    ///< the printer or its server has a fault
};
Refusal refusal_of(int status);

/// The sentence for a refusal, with the printer's own words and a cure.
Error refusal_error(const IppAnswer& answer, std::string_view what);

/// Why a job has ended or stands, in plain words: "document-format-error", "printer-stopped".
std::string job_reasons(const IppJob& job);

/// The printer's own state for people.
DeviceState device_state(const IppPrinter& printer);

/// Whether the printer says of itself what it waits for: a person then, not its fault.
bool is_held_up(const IppPrinter& printer);

/// Whether the printer was started after `since` (s since 1970): its up-time is shorter than what
/// has passed. False where it is not told.
bool has_restarted(std::optional<std::int64_t> up_time, std::int64_t since, std::int64_t now);

}  // namespace verso::printer
