// SPDX-License-Identifier: Apache-2.0
#include "app/scanner_device.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstring>
#include <sstream>
#include <system_error>
#include <vector>

#include "app/files.h"

extern char** environ;

namespace verso::app {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> words_of(const DeviceWish& wish, const fs::path& folder) {
    std::vector<std::string> words{"scanimage"};
    if (!wish.device.empty()) words.insert(words.end(), {"-d", wish.device});
    words.insert(words.end(), {"--format=tiff", "--batch=" + (folder / "page-%04d.tif").string(),
                               "--resolution", std::to_string(wish.dpi), "--mode", "Gray"});
    if (!wish.source.empty()) {
        words.insert(words.end(), {"--source", wish.source});
    } else {
        // Without a feeder the glass gives the same page for ever.
        words.emplace_back("--batch-count=1");
    }
    return words;
}

Result<int> run(std::vector<std::string> words, const fs::path& complaints) {
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, complaints.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    pid_t pid = 0;
    const int failure = ::posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0) {
        return Error{ErrorCode::DependencyMissing,
                     fmt::format("scanners cannot be reached: {}", std::strerror(failure)),
                     "scanimage", "apt install sane-utils"};
    }
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/// The last line that is no progress: "scanimage: open of device x failed: Invalid argument".
std::string last_complaint(const fs::path& file) {
    constexpr std::uint64_t kMost = 1 << 20;
    auto text = read_file(file, kMost);
    std::string last;
    std::istringstream lines(text ? *text : "");
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("scanimage: ") && line.find("rounded") == std::string::npos) {
            last = line.substr(11);
        }
    }
    return last;
}

int pages_in(const fs::path& folder) {
    int pages = 0;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        pages += entry.path().extension() == ".tif" ? 1 : 0;
    }
    return pages;
}

}  // namespace

Result<int> scan_from_device(const DeviceWish& wish, const fs::path& folder) {
    const fs::path complaints = folder / "scanimage.log";
    auto status = run(words_of(wish, folder), complaints);
    if (!status) return status.error();
    const int pages = pages_in(folder);
    const std::string said = last_complaint(complaints);
    std::error_code ignored;
    fs::remove(complaints, ignored);
    // An empty feeder ends a pile: status 7, "out of documents". Some devices say 0.
    if (pages > 0) return pages;
    const std::string where = wish.device.empty() ? "the first scanner" : wish.device;
    if (said.find("busy") != std::string::npos) {
        return Error{ErrorCode::NotAllowed, said, where, "wait until it is free"};
    }
    return Error{ErrorCode::NotFound,
                 said.empty() ? "the scanner gave no page" : "the scanner gave no page: " + said,
                 where, "see: scanimage -L; lay paper into the feeder"};
}

}  // namespace verso::app
