// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/image_reader.h"

namespace CLI {
class App;
}

namespace verso::app {

/// The options that `read` and `scan` share.
struct ReadingOptions {
    std::vector<std::string> names;
    std::string debug_dir, crop_dir, card;
    int workers = 0;          ///< 0: as the home says
    bool transcribe = false;  ///< a machine guesses at the handwriting
    std::string transcribe_languages;
};
void declare_reading_options(CLI::App& command, ReadingOptions& options);

/// Makes the folders, looks the keyed card up. ValueInvalid for a mistyped code, NotFound for a
/// card that this home never printed, Usage when several files share one keyed card,
/// FileUnwritable.
Result<ReadingRequest> reading_request(const ReadingOptions& options, std::size_t files,
                                       const OpenHome& home);

}  // namespace verso::app
