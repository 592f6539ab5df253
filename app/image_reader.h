// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/wiring.h"
#include "core/domain/reading.h"
#include "core/util/result.h"
#include "scanner/pipeline/read_card.h"

namespace verso::app {

/// What one file of images gave.
struct FileReadings {
    std::string sha256;             ///< of its bytes
    int pages = 0;                  ///< that could be decoded
    std::vector<Reading> readings;  ///< in the order of pages and cards
    std::vector<Error> faults;      ///< one for each page that could not be decoded
};

/// What to make besides the readings, and what is known before.
struct ReadingRequest {
    std::string debug_dir;              ///< numbered stage pictures; default none
    bool verdict_picture_only = false;  ///< of those, only the last one; default all
    std::string crop_dir;               ///< handwriting crops; default none
    std::optional<scanner::KeyedCard> keyed;
};

/// Reads every card of one file; each reading's `ms` holds the processor time of its share of the
/// decoding too. NotFound, FileUnreadable, FormatInvalid, LimitExceeded.
Result<FileReadings> read_image_file(const std::string& path, const LayoutBook& layouts,
                                     const ReadingRequest& request);

/// The files that a list of files and folders means: a folder stands for the files in it, by name,
/// hidden ones and inner folders left out. NotFound for a name that is neither.
Result<std::vector<std::string>> files_of(const std::vector<std::string>& names);

}  // namespace verso::app
