// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/wiring.h"

namespace verso::app {

/// What a run of the retention took, and what it could not.
struct RetentionRun {
    records::RetentionCounts counts;
    long long files = 0;          ///< deleted
    long long files_stuck = 0;    ///< still there: each was told
    long long files_outside = 0;  ///< outside of the home, left to their owner: each was told
    bool scrubbed = true;         ///< false: the journal of the database may still hold old pages
};

/// Takes away what verso.toml [privacy] says was kept long enough, and finishes erasures that were
/// cut short. May be stopped and run again at any point. DatabaseFailed.
Result<RetentionRun> run_retention(OpenHome& home, Instant now, Output& out);

/// Deletes the files that erasures put on the list, and empties the database's journal; a part of
/// the above.
Result<void> finish_erasures(OpenHome& home, RetentionRun& run, Output& out);

}  // namespace verso::app
