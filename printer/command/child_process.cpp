// SPDX-License-Identifier: Apache-2.0
#include "printer/command/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace verso::printer {
namespace {

constexpr std::size_t kLongestComplaint = 200;

Error not_started(int reason, const std::string& program) {
    return {ErrorCode::DependencyMissing,
            "the program cannot be started: " + std::generic_category().message(reason), program,
            "install it, or write its whole path; its file must be executable"};
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
    out.push_back(nullptr);
    return out;
}

std::vector<std::string> whole_environment(const std::vector<std::string>& more) {
    std::vector<std::string> out;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry)
        if (const std::string text = *entry; text.rfind("VERSO_", 0) != 0) out.push_back(text);
    out.insert(out.end(), more.begin(), more.end());
    return out;
}

// Signals as a program expects them, whatever our own threads have blocked or ignored.
void set_attributes(posix_spawnattr_t& attributes) {
    posix_spawnattr_init(&attributes);
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&usual, signal);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

int spawn(const ChildCall& call, int complaints, pid_t& process) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, complaints, STDERR_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, call.input.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_t attributes;
    set_attributes(attributes);
    const std::vector<std::string> environment = whole_environment(call.environment);
    const auto words = pointers(call.words), settings = pointers(environment);
    const int problem = ::posix_spawnp(&process, words.front(), &actions, &attributes, words.data(),
                                       settings.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return problem;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const ChildCall& call) {
    if (::access(call.input.c_str(), R_OK) != 0)
        return Error{ErrorCode::FileUnreadable, "the document to print cannot be read", call.input,
                     "make it again"};
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return not_started(errno, call.words.front());
    ::fcntl(pipe[0], F_SETFL, O_NONBLOCK);
    pid_t process = -1;
    const int problem = spawn(call, pipe[1], process);
    ::close(pipe[1]);
    if (problem != 0) {
        ::close(pipe[0]);
        return not_started(problem, call.words.front());
    }
    return ChildProcess(process, pipe[0]);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      complaints_(std::exchange(other.complaints_, -1)),
      status_(other.status_),
      lost_(other.lost_),
      line_ended_(other.line_ended_),
      first_line_(std::move(other.first_line_)) {}

ChildProcess::~ChildProcess() {
    if (complaints_ >= 0) ::close(complaints_);
}

ChildProcess::End ChildProcess::wait(const std::function<bool()>& look) {
    // Short looks first: many programs end at once, and a wait for both the end and the complaints
    // would hang on a grandchild that keeps the pipe open.
    for (int pause = 1; !reap(); pause = std::min(pause * 2, 50)) {
        if (!look()) {
            read_complaints();
            return {false, 0, first_line_};
        }
        pollfd waits{complaints_, POLLIN, 0};
        if (complaints_ < 0)
            ::poll(nullptr, 0, pause);
        else
            ::poll(&waits, 1, pause);
        read_complaints();
    }
    read_complaints();
    return {!lost_ && WIFEXITED(status_), WIFEXITED(status_) ? WEXITSTATUS(status_) : 0,
            first_line_};
}

void ChildProcess::kill_group() {
    if (process_ < 0) return;
    const pid_t group = process_;
    ::kill(-group, SIGTERM);
    for (int i = 0; i < 40 && !reap(); ++i) ::poll(nullptr, 0, 50);
    ::kill(-group, SIGKILL);  // also what outlived the program itself
    while (!reap()) ::poll(nullptr, 0, 5);
}

bool ChildProcess::reap() {
    if (process_ < 0) return true;
    const pid_t found = ::waitpid(process_, &status_, WNOHANG);
    if (found == 0 || (found < 0 && errno == EINTR)) return false;
    lost_ = found < 0;
    process_ = -1;
    return true;
}

void ChildProcess::read_complaints() {
    std::array<char, 4096> piece{};
    while (complaints_ >= 0) {
        const ssize_t got = ::read(complaints_, piece.data(), piece.size());
        if (got < 0) return;  // nothing now
        if (got == 0) {
            ::close(std::exchange(complaints_, -1));
            return;
        }
        note_complaint({piece.data(), static_cast<std::size_t>(got)});
    }
}

void ChildProcess::note_complaint(std::string_view text) {
    for (const char c : text) {
        if (line_ended_) return;
        line_ended_ =
            (c == '\n' && !first_line_.empty()) || first_line_.size() >= kLongestComplaint;
        if (!line_ended_ && c != '\n')
            first_line_ += static_cast<unsigned char>(c) < ' ' || c == '\x7F' ? ' ' : c;
    }
}

}  // namespace verso::printer
