// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/print_wave.h"

namespace verso::app {

/// Prints the places of a wave that wait, file by file, and closes it. `resumed` is told only.
/// Requires: the print's lock is held; the request is the wave's own, with absolute paths.
Result<WaveReport> run_wave(OpenHome& home, const Press& press, const records::WaveRecord& wave,
                            const WaveRequest& request, const PrintTools& tools,
                            const PrintSink& sink, bool resumed);

}  // namespace verso::app
