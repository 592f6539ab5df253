// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <map>
#include <string>
#include <string_view>

#include "app/image_reader.h"
#include "app/scan_intake.h"
#include "app/wiring.h"
#include "records/jobs/job_runner.h"

namespace verso::app {

// What a worker does for each kind of job, by the same ways as the commands of that name.

using JobHandlers = std::map<std::string, records::JobHandler, std::less<>>;

/// The kinds that this program does: "print", "scan", "retention". Jobs of other kinds are left
/// alone. A job is done for its own shop: `home` goes over to it. Once `stop` is set a picture that
/// could not be read is tried again later: Ctrl-C ends readers too.
JobHandlers job_handlers(OpenHome& home, ImageReader& images, Output& out,
                         const std::atomic<bool>& stop);

/// "scan": a file of pictures is read and taken into the records, as `verso scan` does. The key is
/// the SHA-256 of the file, for the same picture is one scan. NotFound, FileUnreadable.
Result<records::NewJob> scan_job(const std::string& file, PileOf pile);

/// "print": the parcels of one order that have no insert get theirs, in a file of the home's
/// spool/jobs. With a reason, what is printed is printed again and the old cards are voided.
records::NewJob print_job(const std::string& order, const std::string& template_name,
                          const std::string& reprint, Instant now);

/// Where the sheets of a print job are put.
std::filesystem::path sheets_of(const Home& home, std::int64_t job);

}  // namespace verso::app
