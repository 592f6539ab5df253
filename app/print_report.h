// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "app/exit_code.h"
#include "app/print_once.h"
#include "app/print_wave.h"

namespace verso::app {

/// Tells what became of each parcel as it happens, and in the end what that means for the exit
/// code. One thread; `out` must outlive it.
class PrintReport {
  public:
    /// `all`: no parcel was asked for by name, so one that was printed before is the normal case.
    PrintReport(Output& out, bool all) : out_(out), all_(all) {}

    void printed(const FinishedInsert& insert);
    void skipped(const SkippedParcel& parcel);
    /// The three of a wave. Must not outlive the report.
    PrintSink sink();

    /// How many were printed before, with --all.
    void finish();
    /// What the caller asked for by name and did not get decides; with --all a forbidden parcel is
    /// as it should be.
    ExitCode verdict() const;

  private:
    Output& out_;
    bool all_;
    std::size_t inserts_ = 0, before_ = 0;
    std::optional<ErrorCode> missed_;
};

/// "Printed 3 inserts on 6 pages (layout 1): wave.pdf" and all that was left out.
ExitCode report_sheets(const PrintedSheets& sheets, const std::string& file, PrintReport& report,
                       Output& out);
/// The same for a wave.
ExitCode report_wave(const WaveReport& wave, const std::string& folder, PrintReport& report,
                     Output& out);

}  // namespace verso::app
