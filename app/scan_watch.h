// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/reading_options.h"

namespace verso::app {

/// What is seen of a file from outside.
struct FileSight {
    std::uintmax_t bytes = 0;
    std::filesystem::file_time_type changed_at{};
    int quiet = 0;  ///< looks in a row at which it was the same
};
using FolderSight = std::map<std::string, FileSight>;

/// What was seen now, with how long each file has been the same. Pure.
FolderSight aged(const FolderSight& before, FolderSight now);

/// The files that are not empty and were the same for three looks: whoever writes them has
/// finished, it seems. What is no picture then is tried again after ten. Pure.
std::vector<std::string> finished_files(const FolderSight& sight);

/// What lies in the folders now, but hidden files and what is in inner folders. A folder that is
/// not there at the moment holds nothing.
FolderSight look_at(const std::vector<std::string>& folders);

/// Where a file goes: FOLDER/done or FOLDER/refused under its name, or "name-2.png" where that is
/// taken. Looks at the disk.
std::filesystem::path place_beside(const std::filesystem::path& file, const std::string& folder);

/// Takes in what comes into the folders until SIGINT or SIGTERM: a file that has stopped growing is
/// read and recorded as by `verso scan`, then moved to the folder's done/, or to refused/ with a
/// text beside that says why. Killed at any moment it loses nothing: a file that lies there again
/// is known by its bytes. Usage for a name that is no folder; DatabaseFailed when the records
/// cannot be reached ten times in a row.
Result<ExitCode> watch_folders(const ReadingOptions& options, Call& call);

}  // namespace verso::app
