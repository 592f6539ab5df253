// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
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

/// Records what was on a file: the picture is kept in the home by its SHA-256, the readings become
/// responses, ratings and review items in one transaction. The same file again changes nothing.
/// `also` is part of that transaction. DatabaseFailed, FileUnwritable; FileUnreadable when the file
/// changed since it was read; what `also` says.
Result<ScanIntake> take_in_scan(OpenHome& home, const std::string& file, FileReadings found,
                                const Clock& clock, const std::function<Result<void>()>& also = {});

}  // namespace verso::app
