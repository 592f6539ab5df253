// SPDX-License-Identifier: Apache-2.0
#include "tests/support/child_program.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

extern char** environ;

namespace verso::tests {

namespace fs = std::filesystem;

namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (auto& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

sockaddr* generic(sockaddr_in& address) { return reinterpret_cast<sockaddr*>(&address); }

}  // namespace

ChildProgram::ChildProgram(const std::vector<std::string>& words,
                           const std::vector<std::string>& environment, const fs::path& log) {
    auto own_words = words;
    auto own_environment = environment;
    for (char** one = environ; *one != nullptr; ++one) own_environment.emplace_back(*one);
    const auto arguments = pointers(own_words);
    const auto variables = pointers(own_environment);
    const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("cannot start " + words.at(0));
    if (pid_ > 0) {
        ::close(output);
        return;
    }
    ::setsid();
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    ::dup2(::open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
    ::execve(arguments[0], arguments.data(), variables.data());
    ::_exit(127);
}

ChildProgram::ChildProgram(ChildProgram&& other) noexcept : pid_(std::exchange(other.pid_, 0)) {}

ChildProgram& ChildProgram::operator=(ChildProgram&& other) noexcept {
    kill();
    pid_ = std::exchange(other.pid_, 0);
    return *this;
}

ChildProgram::~ChildProgram() { kill(); }

bool ChildProgram::is_running() const { return pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == 0; }

void ChildProgram::kill() {
    if (pid_ <= 0) return;
    ::kill(-pid_, SIGKILL);
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
}

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(socket, generic(address), size);
    ::getsockname(socket, generic(address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

bool wait_for_port(int port, int ms) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
    while (std::chrono::steady_clock::now() < until) {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        auto address = loopback(port);
        const bool is_there = ::connect(socket, generic(address), sizeof address) == 0;
        ::close(socket);
        if (is_there) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

fs::path make_test_folder(const std::string& name) {
    std::string path = "/tmp/verso-" + name + "-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("cannot make " + path);
    fs::permissions(path, fs::perms(0755));
    return path;
}

std::string find_program(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(std::string(path == nullptr ? "" : path) + ":/usr/sbin:/sbin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (const auto file = folder + "/" + name; ::access(file.c_str(), X_OK) == 0) return file;
    }
    return {};
}

}  // namespace verso::tests
