// SPDX-License-Identifier: Apache-2.0
#include "app/serve_scans.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <ostream>

#include "app/files.h"
#include "app/job_handlers.h"
#include "app/uploads.h"
#include "app/work_loop.h"
#include "core/crypto/crypto.h"
#include "records/store/review_book.h"
#include "scanner/worker/owned_fd.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

Error unwritable(const fs::path& file, const std::error_code& why) {
    return {ErrorCode::FileUnwritable, "the scan cannot be kept: " + why.message(), file.string(),
            "see whether the disk is full"};
}

/// What is written there survives a power cut.
bool sync(const fs::path& path, int flags) {
    const scanner::OwnedFd file(::open(path.c_str(), flags | O_CLOEXEC));
    return file && ::fsync(file.get()) == 0;
}

/// Moves a file to its durable place; across disks it is copied.
Result<void> settle_file(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    fs::create_directories(to.parent_path(), failed);
    if (failed) return unwritable(to, failed);
    for (const auto& folder : {to.parent_path(), to.parent_path().parent_path()}) {
        fs::permissions(folder, fs::perms::owner_all, failed);
    }
    fs::rename(from, to, failed);
    if (failed) {
        failed.clear();
        fs::copy_file(from, to, fs::copy_options::overwrite_existing, failed);
    }
    if (failed) return unwritable(to, failed);
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, failed);
    if (sync(to, O_RDONLY) && sync(to.parent_path(), O_RDONLY | O_DIRECTORY)) return {};
    return unwritable(to, std::error_code(errno, std::generic_category()));
}

}  // namespace

Result<service::ScanTicket> ServeScans::take(records::Store& store, const service::SentScan& scan,
                                             Instant now) {
    auto bytes = read_file(scan.file, service::kMostScanBytes);
    if (!bytes) return bytes.error();
    if (bytes->empty()) {
        return Error{ErrorCode::FormatInvalid, "the file is empty", scan.name, "send it again"};
    }
    service::ScanTicket ticket{sha256_hex(*bytes), false};
    auto known = records::reviews_of(store).find_job(scan.shop, "scan", ticket.sha256);
    if (!known) return known.error();
    if (*known && (*known)->state != records::JobState::Dead) return ticket;
    const fs::path kept = place_of_upload(home_, scan.shop, ticket.sha256) / scan.name;
    // Sent again under another name after it could not be read: the first one's job is dropped.
    std::error_code ignored;
    fs::remove_all(kept.parent_path(), ignored);
    if (auto moved = settle_file(scan.file, kept); !moved) return moved.error();
    if (*known) {
        // Who sends a file again that could not be read wants it tried again.
        auto again = store.jobs().drop(scan.shop, (*known)->id);
        if (!again) return again.error();
    }
    auto job = scan_job(kept.string(), PileOf::OneShop);
    if (!job) return job.error();
    auto queued = store.jobs().enqueue(scan.shop, *job, now);
    if (!queued) return queued.error();
    ticket.is_new = *queued && !*known;
    return ticket;
}

ServeWorker::ServeWorker(const Call& call)
    : thread_([this, home = call.home, shop = call.shop] { run(home, shop); }) {}

ServeWorker::~ServeWorker() {
    stop_ = true;
    thread_.join();
}

void ServeWorker::run(const std::string& home, const std::string& shop) {
    std::ostream nowhere(nullptr);
    Output silent(nowhere, nowhere, {.json = false, .quiet = true});
    // Readers end with the thread that started them: this one.
    ImageReader images;
    while (!stop_) {
        Call call{home, silent, shop};
        auto opened = open_home(call);
        if (opened) {
            WorkOptions options;
            options.longest_pause = std::chrono::milliseconds(250);
            static_cast<void>(work(*opened, images, options, call, stop_));
        }
        // The database is away: it is asked again, not given up.
        for (int i = 0; i < 50 && !stop_; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    }
}

}  // namespace verso::app
