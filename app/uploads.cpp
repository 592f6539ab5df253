// SPDX-License-Identifier: Apache-2.0
#include "app/uploads.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <system_error>

#include "records/store/review_book.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

fs::path scans_of(const Home& home) { return home.spool() / "uploads"; }
fs::path imports_of(const Home& home) { return home.spool() / "imports"; }

/// For how long nobody touched it.
std::chrono::seconds age_of(const fs::path& path, Instant now) {
    std::error_code unknown;
    const auto time = fs::last_write_time(path, unknown);
    if (unknown) return std::chrono::seconds(0);
    const auto utc =
        std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::file_clock::to_sys(time));
    return now - Instant(utc.time_since_epoch());
}

int remove_folder(const fs::path& folder) {
    std::error_code failed;
    const auto gone = fs::remove_all(folder, failed);
    return failed ? 0 : static_cast<int>(gone > 0 ? gone - 1 : 0);
}

/// The folders of one shop that `is_over`; how many files went.
template <class IsOver>
int sweep(const fs::path& shop, IsOver is_over) {
    int files = 0;
    std::error_code absent;
    for (const auto& entry : fs::directory_iterator(shop, absent)) {
        if (is_over(entry.path())) files += remove_folder(entry.path());
    }
    return files;
}

std::string file_of(const records::JobRecord& job) {
    const auto json = nlohmann::json::parse(job.payload, nullptr, false);
    return json.is_object() ? json.value("file", std::string()) : std::string();
}

}  // namespace

fs::path place_of_upload(const Home& home, ShopId shop, const std::string& sha256) {
    return scans_of(home) / std::to_string(shop.get()) / sha256;
}

fs::path place_of_import(const Home& home, ShopId shop, const std::string& id) {
    return imports_of(home) / std::to_string(shop.get()) / id;
}

void forget_upload(const Home& home, const std::string& file) {
    const fs::path path = fs::absolute(file).lexically_normal();
    for (const fs::path& folder : {scans_of(home), imports_of(home)}) {
        const fs::path uploads = fs::absolute(folder).lexically_normal();
        if (path.parent_path().parent_path().parent_path() != uploads) continue;
        std::error_code ignored;
        fs::remove_all(path.parent_path(), ignored);
        fs::remove(path.parent_path().parent_path(), ignored);
    }
}

Result<void> drop_with_upload(OpenHome& home, records::JobId id) {
    std::string file;
    for (const auto state : {records::JobState::Dead, records::JobState::Waiting}) {
        auto jobs = home.store->jobs().list(home.shop, state, 100'000);
        if (!jobs) return jobs.error();
        for (const auto& job : *jobs) {
            if (job.id == id) file = file_of(job);
        }
    }
    auto dropped = home.store->jobs().drop(home.shop, id);
    if (dropped && !file.empty()) forget_upload(home.home, file);
    return dropped;
}

Result<int> drop_old_scans(OpenHome& home, Instant before) {
    auto dead = home.store->jobs().list(home.shop, records::JobState::Dead, 100'000);
    if (!dead) return dead.error();
    int dropped = 0;
    for (const auto& job : *dead) {
        if (job.kind != "scan" || job.done_at >= before) continue;
        auto done = home.store->jobs().drop(home.shop, job.id);
        if (!done) return done.error();
        if (const std::string file = file_of(job); !file.empty()) forget_upload(home.home, file);
        ++dropped;
    }
    return dropped;
}

int sweep_uploads(OpenHome& home, Instant now) {
    constexpr std::chrono::minutes kJustSent{1}, kPhotoTime{60};
    constexpr std::chrono::hours kForgotten{24};
    const std::string shop = std::to_string(home.shop.get());
    int files = sweep(scans_of(home.home) / shop, [&](const fs::path& folder) {
        if (age_of(folder, now) < kJustSent) return false;
        auto job = records::reviews_of(*home.store)
                       .find_job(home.shop, "scan", folder.filename().string());
        return job && (!*job || (*job)->state == records::JobState::Done);
    });
    files += sweep(imports_of(home.home) / shop,
                   [&](const fs::path& folder) { return age_of(folder, now) > kForgotten; });
    // What a program that was ended left of photos that it was just making.
    std::error_code absent;
    for (const auto& entry : fs::directory_iterator(home.home.spool(), absent)) {
        const bool is_left = entry.path().filename().string().starts_with("photo-") &&
                             age_of(entry.path(), now) > kPhotoTime;
        std::error_code kept;
        if (is_left && fs::remove(entry.path(), kept)) ++files;
    }
    return files;
}

}  // namespace verso::app
