// SPDX-License-Identifier: Apache-2.0
#include "app/retention.h"

#include <set>
#include <system_error>

#include "app/uploads.h"
#include "records/store/spool_book.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

/// So long it is told what became of a document that was printed.
constexpr std::chrono::hours kPaperDays{24 * 30};

using records::FileKind;
using records::FileToErase;

constexpr int kAtOnce = 1000;
constexpr std::size_t kSha256 = 64;

/// Files of images/ by the SHA-256 in their names; also what a broken write left of one.
Result<void> remove_images(const Home& home, const std::set<std::string>& images,
                           std::set<std::string>& stuck, RetentionRun& run) {
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(home.images(), failed)) {
        std::string name = entry.path().filename().string();
        name.erase(0, name.find_first_not_of('.'));
        const std::string sha256 = name.substr(0, kSha256);
        if (!images.contains(sha256)) continue;
        std::error_code kept;
        if (fs::remove(entry.path(), kept)) ++run.files;
        if (kept) stuck.insert(sha256);
    }
    if (failed && failed != std::errc::no_such_file_or_directory) {
        return Error{ErrorCode::FileUnwritable,
                     "the pictures cannot be listed: " + failed.message(), home.images().string(),
                     "then run: verso privacy run"};
    }
    return {};
}

/// Where a recorded path is, when it is inside of the home.
fs::path inside(const Home& home, const std::string& name) {
    std::error_code failed;
    const fs::path root = fs::weakly_canonical(home.root(), failed);
    // What the home itself named begins at its folder.
    fs::path named = fs::absolute(name, failed);
    if (fs::path(name).is_relative() && fs::exists(root / name, failed)) named = root / name;
    const fs::path path = fs::weakly_canonical(named, failed);
    const fs::path rest = path.lexically_relative(root);
    return rest.empty() || *rest.begin() == ".." ? fs::path() : path;
}

/// True when the file is gone, or is none of ours.
bool remove_file(const Home& home, const FileToErase& file, RetentionRun& run, Output& out) {
    fs::path path = home.spool() / "jobs" / fs::path(file.name).filename();
    if (file.kind == FileKind::Picture) path = inside(home, file.name);
    std::error_code failed;
    if (path.empty()) {
        if (!fs::exists(file.name, failed)) return true;
        ++run.files_outside;
        out.warn(file.name + " lies outside of the home: delete it yourself");
        return true;
    }
    if (fs::remove(path, failed)) ++run.files;
    // The folder that a buyer's photos had to themselves.
    std::error_code still_used;
    if (file.name.starts_with("images/photos/")) fs::remove(path.parent_path(), still_used);
    return !failed;
}

}  // namespace

Result<void> finish_erasures(OpenHome& home, RetentionRun& run, Output& out) {
    auto& book = home.store->erasure();
    long long after = 0;
    for (;;) {
        auto files = book.files(home.shop, after, kAtOnce);
        if (!files) return files.error();
        if (files->empty()) break;
        std::set<std::string> images, stuck;
        for (const auto& file : *files) {
            if (file.kind == FileKind::Image) images.insert(file.name);
        }
        if (!images.empty()) {
            auto removed = remove_images(home.home, images, stuck, run);
            if (!removed) return removed;
        }
        for (const auto& file : *files) {
            after = file.id;
            const bool gone = file.kind == FileKind::Image ? !stuck.contains(file.name)
                                                           : remove_file(home.home, file, run, out);
            if (!gone) {
                ++run.files_stuck;
                out.warn(file.name + " could not be deleted; run again: verso privacy run");
            } else if (auto done = book.file_gone(home.shop, file.id); !done) {
                return done;
            }
        }
    }
    run.files += sweep_uploads(home, system_clock().now());
    auto scrubbed = book.scrub();
    if (!scrubbed) return scrubbed.error();
    run.scrubbed = *scrubbed;
    if (!run.scrubbed) {
        out.warn(
            "another program reads the database, its journal could not be emptied; run: verso "
            "privacy run");
    }
    return {};
}

Result<RetentionRun> run_retention(OpenHome& home, Instant now, Output& out) {
    RetentionRun run;
    for (;;) {
        auto done = home.store->erasure().retain(home.shop, home.config.privacy, now);
        if (!done) return done.error();
        if (done->all() == 0) break;
        run.counts.addresses += done->addresses;
        run.counts.secrets += done->secrets;
        run.counts.images += done->images;
    }
    if (const auto until = records::kept_until(home.config.privacy.images_days, now)) {
        auto dropped = drop_old_scans(home, *until);
        if (!dropped) return dropped.error();
        run.counts.images += *dropped;
    }
    if (auto finished = finish_erasures(home, run, out); !finished) return finished.error();
    auto forgotten = records::spool_of(*home.store).forget_print_jobs(home.shop, now - kPaperDays);
    if (!forgotten) return forgotten.error();
    return run;
}

}  // namespace verso::app
