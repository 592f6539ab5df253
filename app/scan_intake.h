// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/image_reader.h"
#include "app/wiring.h"
#include "core/util/time.h"
#include "records/lifecycle/intake.h"

namespace verso::app {

/// What became of one file of scans.
struct ScanIntake {
    std::vector<records::Intake> cards;
    std::vector<Error> faults;  ///< pages that could not be decoded
};

/// Reads a file and records what was on it: the picture is kept in the home by its SHA-256, the
/// readings become responses, ratings and review items in one transaction. The same file again
/// changes nothing. Errors as read_image_file, and DatabaseFailed, FileUnwritable.
Result<ScanIntake> take_in_scan(OpenHome& home, const LayoutBook& book, const std::string& file,
                                const ReadingRequest& request, const Clock& clock);

}  // namespace verso::app
