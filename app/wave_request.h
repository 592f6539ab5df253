// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "app/print_plan.h"
#include "app/print_request.h"

namespace verso::app {

/// What a wave is asked for. All of it but the name and the threads decides what is printed, so it
/// is kept with the wave: resuming needs the name alone.
struct WaveRequest {
    PrintRequest print;  ///< `file` is not used
    std::filesystem::path folder;
    std::string name;    ///< empty: the day, and a number when it is taken
    int per_file = 500;  ///< places in the wave; default 500
    PrintSequence sequence = PrintSequence::Pick;
    bool separators = false;

    /// "wave-monday-001.pdf" in the folder. `file` counts from 1.
    std::filesystem::path file(int number) const;
};

/// One line of JSON without name and threads; the same request gives the same text.
std::string format_wave_request(const WaveRequest& request);
/// What format_wave_request wrote. HomeInvalid otherwise.
Result<WaveRequest> parse_wave_request(std::string_view text, const std::string& name);

/// A name becomes part of file names: letters, digits, '-', '_' and '.', at most 40, beginning with
/// a letter or digit. Also the folder and the number of inserts in a file. ValueInvalid.
Result<void> check_wave_request(const WaveRequest& request);

}  // namespace verso::app
