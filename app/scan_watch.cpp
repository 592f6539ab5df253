// SPDX-License-Identifier: Apache-2.0
#include "app/scan_watch.h"

#include <fmt/format.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>
#include <system_error>
#include <thread>

#include "app/files.h"
#include "app/scan_intake.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds kPause{1000}, kSlice{50};
constexpr int kMostFailures = 10;
constexpr int kQuiet = 3;      // looks after which a file is tried
constexpr int kPatience = 10;  // and after which it is judged

std::atomic<bool> stop_asked{false};

void ask_to_stop(int) { stop_asked = true; }

void hear_signals() {
    struct sigaction action {};
    action.sa_handler = ask_to_stop;
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
}

void rest() {
    for (auto left = kPause; left.count() > 0 && !stop_asked; left -= kSlice) {
        std::this_thread::sleep_for(kSlice);
    }
}

std::string text_of(const std::vector<Error>& faults) {
    std::string text;
    for (const Error& fault : faults) text += fault.text() + "\n";
    return text;
}

/// One look, and what came of the files that were finished.
class Watcher {
  public:
    Watcher(OpenHome& home, ImageReader& images, const ReadingOptions& options, Call& call)
        : home_(home), images_(images), options_(options), call_(call) {}

    /// DatabaseFailed, or what says that no reader can be started.
    Result<void> look() {
        seen_ = aged(seen_, look_at(options_.names));
        const auto files = finished_files(seen_);
        if (files.empty()) return {};
        ReadingOptions options = options_;
        options.names = files;
        auto request = reading_request(options, files.size(), home_);
        if (!request) return request.error();
        auto book = LayoutBook::load(*home_.store);
        if (!book) return book.error();
        return images_.read(files, *request, *book, home_.config.reading, options_.workers,
                            call_.out, [&](const std::string& file, Result<FileReadings> found) {
                                return take(file, std::move(found));
                            });
    }

  private:
    Result<void> take(const std::string& file, Result<FileReadings> found) {
        // Ctrl-C ends readers too: what they say of a picture then is no word on it.
        if (stop_asked) return Error{ErrorCode::Internal, "stopped", file, ""};
        auto taken =
            found ? take_in_scan(home_, file, std::move(*found), pile_of(home_), system_clock())
                  : Result<ScanIntake>(found.error());
        if (!taken && is_for_later(file, taken.error())) return {};
        if (!taken && is_ours(taken.error())) return taken.error();
        if (!taken) return refuse(file, {taken.error()});
        if (taken->cards.empty() && !taken->faults.empty()) return refuse(file, taken->faults);
        tell(file, "done", *taken);
        return move(file, "done", text_of(taken->faults));
    }

    /// Somebody writes to it again, or took it away, or rests in the middle of writing: it is
    /// looked at another time.
    bool is_for_later(const std::string& file, const Error& error) const {
        if (error.code == ErrorCode::NotFound) return true;
        const auto sight = seen_.find(file);
        const bool may_grow = sight == seen_.end() || sight->second.quiet < kPatience;
        return may_grow &&
               (error.code == ErrorCode::FormatInvalid || error.code == ErrorCode::FileUnreadable);
    }
    /// Not the file's fault: it stays and is tried again.
    static bool is_ours(const Error& error) {
        return error.code == ErrorCode::DatabaseFailed || error.code == ErrorCode::FileUnwritable ||
               error.code == ErrorCode::HomeInvalid || error.code == ErrorCode::Internal;
    }

    Result<void> refuse(const std::string& file, const std::vector<Error>& faults) {
        for (const Error& fault : faults) call_.out.fail(fault);
        call_.out.line(nlohmann::ordered_json{{"file", file}, {"outcome", "refused"}}.dump(
            -1, ' ', false, nlohmann::json::error_handler_t::replace));
        call_.out.flush();
        return move(file, "refused", text_of(faults));
    }

    void tell(const std::string& file, const char* outcome, const ScanIntake& taken) {
        std::size_t accepted = 0, review = 0, known = 0;
        for (const auto& card : taken.cards) {
            accepted += card.reading.verdict == Verdict::Accepted ? 1 : 0;
            review += card.reading.needs_person() ? 1 : 0;
            known += card.seen_before ? 1 : 0;
        }
        call_.out.say(fmt::format("{}: {} accepted, {} for review{}", file, accepted, review,
                                  known > 0 ? ", recorded before" : ""));
        call_.out.line(nlohmann::ordered_json{
            {"file", file},
            {"outcome", outcome},
            {"accepted", accepted},
            {"review", review},
            {"seen_before",
             known}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
        call_.out.flush();
    }

    /// The text first: a refused file without its reason would puzzle people.
    Result<void> move(const std::string& file, const std::string& folder, const std::string& text) {
        const fs::path to = place_beside(file, folder);
        std::error_code failed;
        fs::create_directories(to.parent_path(), failed);
        if (!text.empty() && !failed) {
            auto written = write_file(to.string() + ".txt", text, FileMode::Shared);
            if (!written) return written;
        }
        if (!failed) fs::rename(file, to, failed);
        seen_.erase(file);
        if (!failed || failed == std::errc::no_such_file_or_directory) return {};
        return Error{ErrorCode::FileUnwritable, "the file cannot be moved: " + failed.message(),
                     to.string(), "see the permissions of the folder"};
    }

    OpenHome& home_;
    ImageReader& images_;
    const ReadingOptions& options_;
    Call& call_;
    FolderSight seen_;
};

}  // namespace

FolderSight aged(const FolderSight& before, FolderSight now) {
    for (auto& [file, sight] : now) {
        const auto known = before.find(file);
        const bool is_same = known != before.end() && known->second.bytes == sight.bytes &&
                             known->second.changed_at == sight.changed_at;
        sight.quiet = is_same ? known->second.quiet + 1 : 0;
    }
    return now;
}

std::vector<std::string> finished_files(const FolderSight& sight) {
    std::vector<std::string> files;
    for (const auto& [file, seen] : sight) {
        const bool is_time = seen.quiet == kQuiet || seen.quiet >= kPatience;
        if (seen.bytes > 0 && is_time) files.push_back(file);
    }
    return files;
}

FolderSight look_at(const std::vector<std::string>& folders) {
    FolderSight sight;
    for (const std::string& folder : folders) {
        std::error_code failed;
        for (const auto& entry : fs::directory_iterator(folder, failed)) {
            std::error_code gone;
            if (entry.path().filename().string().starts_with(".")) continue;
            if (!entry.is_regular_file(gone)) continue;
            const FileSight seen{entry.file_size(gone), entry.last_write_time(gone), 0};
            if (!gone) sight.emplace(entry.path().string(), seen);
        }
    }
    return sight;
}

fs::path place_beside(const fs::path& file, const std::string& folder) {
    const fs::path into = file.parent_path() / folder;
    fs::path to = into / file.filename();
    std::error_code failed;
    for (int count = 2; fs::exists(to, failed); ++count) {
        to =
            into / (file.stem().string() + "-" + std::to_string(count) + file.extension().string());
    }
    return to;
}

Result<ExitCode> watch_folders(const ReadingOptions& options, Call& call) {
    for (const std::string& folder : options.names) {
        std::error_code failed;
        if (fs::is_directory(folder, failed)) continue;
        return Error{ErrorCode::Usage, "only folders are watched", folder,
                     "name a folder, or leave --watch out"};
    }
    hear_signals();
    ImageReader images;
    auto home = open_home(call);
    if (!home) return home.error();
    Watcher watcher(*home, images, options, call);
    call.out.say(fmt::format("watching {} folders", options.names.size()));
    call.out.flush();
    int failures = 0;
    while (!stop_asked) {
        auto looked = watcher.look();
        if (!looked && !stop_asked) {
            call.out.fail(looked.error());
            if (++failures == kMostFailures) return looked.error();
        }
        if (looked) failures = 0;
        rest();
    }
    return ExitCode::Ok;
}

}  // namespace verso::app
