// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/worker_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "scanner/worker/worker_main.h"

extern char** environ;

namespace verso::scanner {

namespace {

/// Descriptors of the new process are 0 to 3; ours must not stand in their way.
OwnedFd out_of_the_way(int fd) {
    constexpr int kAbove = 10;
    const OwnedFd original(fd);
    return OwnedFd(fd < 0 ? -1 : ::fcntl(fd, F_DUPFD_CLOEXEC, kAbove));
}

/// What the dynamic linker and the sanitizers are told; anything else could be a secret.
std::vector<char*> plain_environment() {
    std::vector<char*> out;
    for (char** one = environ; *one != nullptr; ++one) {
        const std::string_view entry(*one);
        for (const std::string_view start : {"LD_", "ASAN_", "UBSAN_", "LSAN_", "TSAN_", "GCOV_"}) {
            if (entry.starts_with(start)) out.push_back(*one);
        }
    }
    // One thread allocates; more areas would only spread what is free.
    static char one_arena[] = "MALLOC_ARENA_MAX=1";
    out.push_back(one_arena);
    out.push_back(nullptr);
    return out;
}

int spawn(pid_t& pid, const WorkerCommand& command, int socket, int complaints) {
    std::vector<std::string> arguments = command;
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, complaints, STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&actions, socket, kWorkerSocket);
    // A signal that our caller ignores or blocks must still end the reader.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    const int failure = ::posix_spawn(&pid, argv[0], &actions, &attributes, argv.data(),
                                      plain_environment().data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

Error no_room(const WorkerCommand& command) {
    return {ErrorCode::Internal, fmt::format("no reader can be started: {}", std::strerror(errno)),
            command.at(0), "close other programs, or use fewer workers"};
}

std::string signal_words(int signal) {
    switch (signal) {
        case SIGABRT:
            return "it aborted";
        case SIGSYS:
            return "it tried what a reader may not do";
        case SIGALRM:
        case SIGXCPU:
            return "it took too long";
        case SIGKILL:
            return "it was ended from outside, perhaps for want of memory";
        default: {
            const char* name = ::sigabbrev_np(signal);
            return fmt::format("it crashed ({})", name != nullptr ? name : "unknown signal");
        }
    }
}

}  // namespace

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const WorkerCommand& command) {
    std::array<int, 2> ends{-1, -1}, pipe{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return no_room(command);
    OwnedFd ours = out_of_the_way(ends[0]), theirs = out_of_the_way(ends[1]);
    if (::pipe2(pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) return no_room(command);
    OwnedFd complaints = out_of_the_way(pipe[0]), complain = out_of_the_way(pipe[1]);
    if (!ours || !theirs || !complaints || !complain) return no_room(command);
    ::fcntl(ours.get(), F_SETFL, O_NONBLOCK);
    pid_t pid = 0;
    if (const int failure = spawn(pid, command, theirs.get(), complain.get()); failure != 0) {
        return Error{ErrorCode::DependencyMissing,
                     fmt::format("the reader cannot be started: {}", std::strerror(failure)),
                     command.at(0), ""};
    }
    return std::unique_ptr<WorkerProcess>(
        new WorkerProcess(pid, std::move(ours), std::move(complaints)));
}

WorkerProcess::~WorkerProcess() {
    if (pid_ != 0) end({});
}

std::string WorkerProcess::complaint() const {
    std::array<char, 4096> bytes;
    const ssize_t got = ::read(complaints_.get(), bytes.data(), bytes.size());
    std::string_view text(bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    text = text.substr(0, text.find('\n'));
    constexpr std::size_t kShown = 200;
    return std::string(text.substr(0, kShown));
}

std::string WorkerProcess::end(const WorkerLimits& limits) {
    // One that died by itself keeps its own reason: a signal to it has no effect any more.
    ::kill(pid_, SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == kOutOfMemoryStatus)
        return fmt::format("it needed more than {} megabytes of memory", limits.megabytes);
    std::string words = WIFSIGNALED(status) ? signal_words(WTERMSIG(status))
                                            : fmt::format("it ended ({})", WEXITSTATUS(status));
    if (const std::string said = complaint(); !said.empty()) words += ": " + said;
    return words;
}

}  // namespace verso::scanner
