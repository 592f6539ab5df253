// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "app/wiring.h"
#include "records/jobs/job.h"

namespace verso::app {

// Files that were sent to the service and wait for their jobs: spool/uploads/SHOP/SHA256/NAME for
// scans, spool/imports/SHOP/ID/NAME for exports of orders. Each job has a folder of its own.

/// The folder of one sent scan.
std::filesystem::path place_of_upload(const Home& home, ShopId shop, const std::string& sha256);

/// Takes an upload away whose job is done; other files are left alone.
void forget_upload(const Home& home, const std::string& file);

/// A person takes a job out of the queue: its upload goes with it. As JobQueue::drop.
Result<void> drop_with_upload(OpenHome& home, records::JobId id);

/// Takes unreadable scans out of the queue, with their uploads, that were given up before that
/// moment: nobody came to look at them. How many.
Result<int> drop_old_scans(OpenHome& home, Instant before);

/// Takes away uploads of the opened shop that no job speaks of any more (a program that was ended
/// in the middle leaves them), and exports of orders that nobody went on with for a day. How many
/// files it were.
int sweep_uploads(OpenHome& home, Instant now);

/// The folder of one sent export of orders; `id` is of letters and digits.
std::filesystem::path place_of_import(const Home& home, ShopId shop, const std::string& id);

}  // namespace verso::app
