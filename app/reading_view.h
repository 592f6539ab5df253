// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/exit_code.h"
#include "app/output.h"
#include "core/domain/reading.h"

namespace verso::app {

/// How a run over many images went.
struct ReadingTally {
    std::size_t files = 0, files_failed = 0;  ///< failed: not one page could be decoded
    std::size_t pages_failed = 0;
    std::size_t accepted = 0, review = 0, unreadable = 0;
    std::size_t empty_sides = 0;  ///< blank and address sides: neither read nor a failure
    std::size_t returns = 0;      ///< return sheets among the accepted
    ErrorCode first_fault = ErrorCode::Internal;  ///< of the first file that failed

    void count(const Reading& reading);
    void fail(const Error& error);
    /// Ok when a card was found on every image that is no empty side. The fault's own code when
    /// every file failed; NotFound when no card was found at all; else Partly.
    ExitCode exit_code() const;
};

/// Headings and cells of the table that shows readings.
std::vector<std::string> reading_headings();
std::vector<std::string> reading_cells(const Reading& reading);

/// "two-marks (delivery), no-overall".
std::string reasons_text(const std::vector<Rejection>& reasons);

}  // namespace verso::app
