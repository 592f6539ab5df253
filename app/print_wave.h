// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/print_once.h"
#include "app/wave_request.h"

namespace verso::app {

// Waves: thousands of parcels in pick order, in files of a chosen size. The plan (which parcel at
// which place) is kept in the store before the first file; each file is then made and recorded as
// print_intent.h says, its places marked in the same transaction. Whatever ends the program, the
// next run goes on with the first place that waits: nothing twice, nothing left out.

/// What one run of a wave did.
struct WaveReport {
    std::string name;  ///< empty: there was nothing to print, and no wave was made
    bool resumed = false;
    LayoutNumber layout;
    int positions = 0;                      ///< of the whole wave
    int inserts = 0, pages = 0, files = 0;  ///< printed by this run
    int left_out = 0;                       ///< places without a sheet, of the whole wave
};

/// Plans a wave and prints it; or goes on with the open wave that was asked for in the same words.
/// AlreadyExists when the name or a file is taken; NotFound for an order or template; what a file's
/// print says (print_once.h). After an error the finished files stay and the wave stays open.
Result<WaveReport> print_wave(OpenHome& home, const WaveRequest& request, const PrintTools& tools,
                              const PrintSink& sink);

/// Goes on with a wave by its name; one that is complete is left as it is. NotFound.
Result<WaveReport> resume_wave(OpenHome& home, const std::string& name, int threads,
                               const PrintTools& tools, const PrintSink& sink);

/// Prints the places `first` to `last` of a wave again, into `request.file`, by the wave's template
/// unless the request names one. The old cards are voided for the reason of the request. NotFound;
/// ValueInvalid when there are no such places; NotAllowed while one of them waits.
Result<PrintedSheets> reprint_range(OpenHome& home, const std::string& name, int first, int last,
                                    PrintRequest request, const PrintTools& tools);

/// What was left of a wave when it was cancelled.
struct CancelledWave {
    int places = 0;     ///< that had no sheet yet
    int documents = 0;  ///< that waited for a printer; their cards are void
};

/// What is left of a wave is not printed: its places get no sheet, what waits for a printer is
/// taken out, and the wave is closed. Its parcels may be printed otherwise. NotFound; NotAllowed
/// for one that is closed and waits for no printer. Requires: no run of it goes on.
Result<CancelledWave> cancel_wave(OpenHome& home, const std::string& name,
                                  const std::string& reason, const PrintTools& tools);

}  // namespace verso::app
