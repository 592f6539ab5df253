// SPDX-License-Identifier: Apache-2.0
#include "scanner/render/child_output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

extern char** environ;

namespace verso::scanner {

namespace {

int spawn(pid_t& pid, std::vector<std::string> arguments, int output, int errors) {
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
    const int failure = posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

}  // namespace

Result<ChildOutput> ChildOutput::start(const std::vector<std::string>& arguments) {
    std::array<int, 2> pipe_ends{};
    if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) {
        return Error{ErrorCode::Internal, fmt::format("no pipe: {}", std::strerror(errno)),
                     arguments.at(0), ""};
    }
    const int errors = memfd_create("stderr", MFD_CLOEXEC);
    pid_t pid = 0;
    const int failure = spawn(pid, arguments, pipe_ends[1], errors);
    close(pipe_ends[1]);
    if (failure != 0) {
        close(pipe_ends[0]);
        close(errors);
        return Error{ErrorCode::DependencyMissing,
                     fmt::format("cannot be started: {}", std::strerror(failure)), arguments.at(0),
                     "`verso doctor` says which package has it"};
    }
    return ChildOutput(pid, pipe_ends[0], errors);
}

ChildOutput::ChildOutput(ChildOutput&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)),
      output_(std::exchange(other.output_, -1)),
      errors_(std::exchange(other.errors_, -1)) {}

ChildOutput::~ChildOutput() {
    if (pid_ != 0) finish();
    if (errors_ >= 0) close(errors_);
}

std::size_t ChildOutput::read(void* bytes, std::size_t size) {
    std::size_t done = 0;
    while (done < size) {
        const ssize_t got = ::read(output_, static_cast<char*>(bytes) + done, size - done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        done += std::size_t(got);
    }
    return done;
}

int ChildOutput::finish() {
    if (output_ >= 0) close(std::exchange(output_, -1));
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string ChildOutput::complaint() const {
    std::string text(4096, '\0');
    const ssize_t size = pread(errors_, text.data(), text.size(), 0);
    text.resize(size > 0 ? std::size_t(size) : 0);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

}  // namespace verso::scanner
