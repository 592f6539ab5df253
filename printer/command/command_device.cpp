// SPDX-License-Identifier: Apache-2.0
#include "printer/command/command_device.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "printer/command/child_process.h"
#include "printer/device/document_file.h"

namespace verso::printer {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRefused = 65;   ///< EX_DATAERR
constexpr int kTryAgain = 75;  ///< EX_TEMPFAIL

Outcome ended(Outcome::Kind kind, Error reason) { return {kind, std::move(reason)}; }

// Where the program is found, as posix_spawnp will look; nothing when it is nowhere.
std::optional<std::string> program_path(const std::string& word) {
    const auto runs = [](const std::string& path) {
        std::error_code problem;
        return std::filesystem::is_regular_file(path, problem) && ::access(path.c_str(), X_OK) == 0;
    };
    if (word.find('/') != std::string::npos) return runs(word) ? std::optional(word) : std::nullopt;
    const char* path = std::getenv("PATH");
    std::string_view folders = path != nullptr ? path : "/bin:/usr/bin";
    while (!folders.empty()) {
        const auto end = std::min(folders.find(':'), folders.size());
        const std::string candidate = std::string(folders.substr(0, end)) + "/" + word;
        if (runs(candidate)) return candidate;
        folders.remove_prefix(std::min(end + 1, folders.size()));
    }
    return std::nullopt;
}

class CommandDevice final : public Device {
  public:
    CommandDevice(const DeviceUri& uri, const DeviceOptions& options)
        : line_(uri.target), options_(options) {}

    Result<DeviceState> state() override {
        if (const auto words = found_words(); !words) return words.error();
        DeviceState ready;
        ready.is_ready = true;
        return ready;
    }

    Result<Capabilities> capabilities() override {
        Capabilities all;
        all.make = "program";
        return all;
    }

    Outcome hand_over(const Document& document, const HandOver& known,
                      HandOverNotes& notes) override {
        if (known.step != HandOver::Step::Waiting) return cut_short();
        const auto words = found_words();
        if (!words) return ended(Outcome::Kind::Failed, words.error());
        if (const auto size = document_size(document, options_.most_bytes); !size)
            return ended(Outcome::Kind::Failed, size.error());
        if (notes.stop_asked()) return {Outcome::Kind::Stopped, {}};
        HandOver sending;
        sending.step = HandOver::Step::Sending;
        sending.since = std::time(nullptr);
        if (!notes.keep(sending)) return {Outcome::Kind::Stopped, {}};
        notes.step("kept as sending");
        auto child = ChildProcess::start(call_for(*words, document));
        if (!child) return ended(Outcome::Kind::Failed, child.error());
        notes.step("started");
        return follow(*child, notes);
    }

  private:
    Result<std::vector<std::string>> found_words() const {
        auto words = command_words(line_);
        if (words && !program_path(words->front()))
            return Error{ErrorCode::DependencyMissing, "there is no such program to print with",
                         words->front(),
                         "install it, or write its whole path; its file must be executable"};
        return words;
    }

    static ChildCall call_for(const std::vector<std::string>& words, const Document& document) {
        return {words,
                {"VERSO_JOB=" + document.name,
                 fmt::format("VERSO_FORMAT={}", file_ending(document.paper.format)),
                 fmt::format("VERSO_PAGES={}", document.pages), "VERSO_TRAY=" + document.tray},
                document.file.string()};
    }

    Outcome follow(ChildProcess& child, HandOverNotes& notes) const {
        const auto last = Clock::now() + options_.print_timeout;
        std::optional<Clock::time_point> patience;  // once somebody has asked to stop
        bool too_long = false;
        const auto end = child.wait([&] {
            const auto now = Clock::now();
            too_long = now >= last;
            if (!patience && notes.stop_asked()) patience = now + options_.answer_timeout;
            return !too_long && !(patience && now >= *patience);
        });
        notes.step("ended");
        if (too_long) {
            child.kill_group();
            return unknown("it took longer than it may and was ended", end.complaint);
        }
        // It is left alone: it may well finish. Who asks for the document again learns that its
        // end was not seen.
        if (!end.exited && patience && Clock::now() >= *patience)
            return {Outcome::Kind::Stopped, {}};
        return judge(end, notes);
    }

    Outcome judge(const ChildProcess::End& end, HandOverNotes& notes) const {
        if (!end.exited) return unknown("it was ended from outside", end.complaint);
        const std::string said =
            end.complaint.empty() ? "it says nothing of why" : "it says: " + end.complaint;
        switch (end.status) {
            case 0:
                return {};
            case kTryAgain:
                if (!notes.keep({})) return {Outcome::Kind::Stopped, {}};
                return ended(Outcome::Kind::Waiting,
                             trouble("it cannot print now; " + said, "see to what it says"));
            case kRefused:
                return ended(Outcome::Kind::Failed, trouble("it refused the document; " + said,
                                                            "see to what it says, then reprint"));
            default:
                return unknown(fmt::format("it ended with {}", end.status), end.complaint);
        }
    }

    Error trouble(std::string what, std::string cure) const {
        return {ErrorCode::PrinterFailed, std::move(what), line_, std::move(cure)};
    }

    Outcome unknown(const std::string& what, const std::string& complaint) const {
        const std::string said = complaint.empty() ? "" : "; it says: " + complaint;
        return ended(Outcome::Kind::Unknown,
                     trouble(what + said,
                             "look what is on paper; a program that printed nothing should end "
                             "with 75 (try again) or 65 (refused)"));
    }

    Outcome cut_short() const {
        return ended(Outcome::Kind::Unknown,
                     trouble("the program was started, and nobody saw how it ended",
                             "look what is on paper"));
    }

    std::string line_;
    DeviceOptions options_;
};

}  // namespace

std::unique_ptr<Device> make_command_device(const DeviceUri& uri, const DeviceOptions& options) {
    return std::make_unique<CommandDevice>(uri, options);
}

}  // namespace verso::printer
