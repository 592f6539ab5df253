// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/page_drawing.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

extern char** environ;

namespace verso::scanner {

namespace {

// Descriptors of the program that draws. The second one only tells by closing that it has ended.
constexpr int kPdfDescriptor = 3, kLifeline = 4;
constexpr int kAbove = 10;  // ours must not stand in their way

OwnedFd memory_above(const char* name) {
    const OwnedFd file(::memfd_create(name, MFD_CLOEXEC));
    return OwnedFd(::fcntl(file.get(), F_DUPFD_CLOEXEC, kAbove));
}

/// What is ours of a page that is being drawn, and the program's end of the lifeline.
struct Ends {
    OwnedFd pdf, output, complaints, lifeline, ended;
    bool whole() const { return pdf && output && complaints && lifeline && ended; }
};

Ends make_ends(const OpenImage& pdf) {
    std::array<int, 2> pipe{-1, -1};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return {};
    const OwnedFd lifeline(pipe[1]);
    return {OwnedFd(::fcntl(pdf.fd.get(), F_DUPFD_CLOEXEC, kAbove)), memory_above("page"),
            memory_above("complaints"), OwnedFd(::fcntl(lifeline.get(), F_DUPFD_CLOEXEC, kAbove)),
            OwnedFd(pipe[0])};
}

int spawn(pid_t& pid, int page, const Ends& ends) {
    const std::string number = std::to_string(page);
    std::vector<std::string> arguments{
        "pdftoppm", "-gray", "-r", "300", "-f", number, "-l", number, "/proc/self/fd/3"};
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends.output.get(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends.complaints.get(), STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends.pdf.get(), kPdfDescriptor);
    posix_spawn_file_actions_adddup2(&actions, ends.lifeline.get(), kLifeline);
    const int failure = ::posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

void limit(pid_t pid, __rlimit_resource resource, std::uint64_t value) {
    const rlimit both{value, value};
    ::prlimit(pid, resource, &both, nullptr);
}

/// Set from outside, right after the start; pdftoppm has not read anything by then.
void limit_resources(pid_t pid, const WorkerLimits& limits) {
    constexpr std::uint64_t kHeader = 64;
    limit(pid, RLIMIT_AS, (std::uint64_t(limits.megabytes) << 20) + (256u << 20));
    limit(pid, RLIMIT_CPU, std::uint64_t(limits.seconds_per_page));
    limit(pid, RLIMIT_FSIZE, limits.load.page_pixels + kHeader);
    limit(pid, RLIMIT_CORE, 0);
}

std::string said(int complaints) {
    std::array<char, 4096> bytes;
    const ssize_t got = ::pread(complaints, bytes.data(), bytes.size(), 0);
    return {bytes.data(), std::size_t(std::max<ssize_t>(got, 0))};
}

/// Whether pdftoppm's complaint is more than remarks: a fault in the page, or memory that it was
/// refused (it then draws a single pixel). What it left out would read as blank paper.
bool tells_of_faults(const std::string& complaint) {
    std::istringstream lines(complaint);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.find("Warning") == std::string::npos) return true;
    }
    return false;
}

}  // namespace

Result<std::unique_ptr<PageDrawing>> PageDrawing::start(const OpenImage& pdf, int page,
                                                        const WorkerLimits& limits) {
    Ends ends = make_ends(pdf);
    if (!ends.whole()) return Error{ErrorCode::Internal, std::strerror(errno), "pdftoppm", ""};
    pid_t pid = 0;
    const int failure = spawn(pid, page, ends);
    if (failure != 0) {
        return Error{ErrorCode::DependencyMissing,
                     fmt::format("the page is not one image and cannot be drawn: {}",
                                 std::strerror(failure)),
                     "pdftoppm", "`verso doctor` says which package has it"};
    }
    limit_resources(pid, limits);
    return std::unique_ptr<PageDrawing>(new PageDrawing(
        pid, std::move(ends.ended), std::move(ends.output), std::move(ends.complaints)));
}

PageDrawing::~PageDrawing() {
    if (pid_ != 0) (void)finish();
}

Result<DrawnPage> PageDrawing::finish() {
    ::kill(pid_, SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    struct stat made {};
    const bool whole = WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
                       ::fstat(output_.get(), &made) == 0 && made.st_size > 0;
    const std::string complaint = said(complaints_.get());
    if (whole && !tells_of_faults(complaint)) return DrawnPage{std::move(output_), made.st_size};
    const std::string why =
        WIFSIGNALED(status) ? "it takes too much time or memory" : said(complaints_.get());
    return Error{ErrorCode::FileUnreadable,
                 fmt::format("the page is not one image and cannot be drawn: {}", why), "",
                 "scan the paper itself, or save this page as a TIFF or PNG picture of 300 dpi"};
}

}  // namespace verso::scanner
