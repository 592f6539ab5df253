// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "printer/device/device.h"

namespace verso::printer {

/// job-state (RFC 8011, 5.3.7), by its numbers. Nonsense: none of them, or none was told.
enum class IppJobState {
    Nonsense = 0,
    Pending = 3,
    Held = 4,
    Processing = 5,
    Stopped = 6,
    Canceled = 7,
    Aborted = 8,
    Completed = 9,
};

/// What a printer tells of a job. Empty: it did not tell.
struct IppJob {
    int id = 0;
    std::string name;
    IppJobState state = IppJobState::Nonsense;
    std::vector<std::string> reasons{};     ///< job-state-reasons
    std::optional<int> impressions{};       ///< job-impressions-completed
    std::optional<int> documents{};         ///< number-of-documents
    std::optional<int> kilobytes{};         ///< job-k-octets: 1,024 bytes, rounded up
    std::optional<bool> was_processed{};    ///< time-at-processing: false for "no-value"
    std::optional<std::int64_t> up_time{};  ///< job-printer-up-time, s
};

/// printer-state (RFC 8011, 5.4.11).
enum class IppPrinterState { Nonsense = 0, Idle = 3, Processing = 4, Stopped = 5 };

/// What a printer tells of itself. A list that is empty was not told.
struct IppPrinter {
    IppPrinterState state = IppPrinterState::Nonsense;
    std::vector<std::string> reasons{};  ///< printer-state-reasons
    bool is_accepting = true;
    int waiting = 0;                        ///< queued-job-count
    std::optional<std::int64_t> up_time{};  ///< printer-up-time, s
    std::vector<int> operations{};          ///< operations-supported
    std::vector<std::string> scalings{};    ///< print-scaling-supported
    Capabilities capabilities{};
};

/// One answer of a printer; which part is filled depends on what was asked.
struct IppAnswer {
    int status = 0;               ///< status-code (RFC 8011, B.1); of HTTP the nearest to it
    std::string message{};        ///< status-message, as the printer words it
    bool has_substitute = false;  ///< media, sides or copies were not taken as asked
    IppJob job{};
    std::vector<IppJob> jobs{};
    IppPrinter printer{};
};

/// Operations (RFC 8011, 5.4.15) that a hand-over needs.
inline constexpr int kIppCreateJob = 0x0005, kIppSendDocument = 0x0006;

}  // namespace verso::printer
