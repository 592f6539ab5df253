// SPDX-License-Identifier: Apache-2.0
#include "app/password_prompt.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace verso::app {

namespace {

constexpr std::size_t kLongest = 4096;

/// A line from a file descriptor without its end; what is longer than any password is cut.
std::string read_line(int fd) {
    std::string line;
    char c = 0;
    while (line.size() < kLongest && ::read(fd, &c, 1) == 1 && c != '\n') line += c;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
}

/// The terminal with its echo off, for as long as this lives.
class SilentTerminal {
  public:
    SilentTerminal() : fd_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
        if (fd_ < 0 || ::tcgetattr(fd_, &before_) != 0) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent_ = ::tcsetattr(fd_, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal() {
        if (silent_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
        if (fd_ >= 0) ::close(fd_);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

    bool is_silent() const { return silent_; }
    std::string ask(const std::string& question) {
        write(question);
        std::string line = read_line(fd_);
        write("\n");
        return line;
    }

  private:
    void write(const std::string& text) {
        if (::write(fd_, text.data(), text.size()) < 0) silent_ = false;
    }

    int fd_;
    termios before_{};
    bool silent_ = false;
};

}  // namespace

Result<std::string> ask_new_password(const std::string& whose, bool from_input) {
    if (from_input) {
        std::string line = read_line(STDIN_FILENO);
        if (!line.empty()) return line;
        return Error{ErrorCode::ValueInvalid, "no password came", "standard input",
                     "as in: verso user add NAME --role packer --password-stdin < FILE"};
    }
    SilentTerminal terminal;
    if (!terminal.is_silent()) {
        return Error{ErrorCode::Usage, "there is no terminal to ask for the password at",
                     "password", "give it on standard input, with --password-stdin"};
    }
    std::string first = terminal.ask("New password for " + whose + ": ");
    if (terminal.ask("The same again: ") == first) return first;
    return Error{ErrorCode::ValueInvalid, "the two passwords differ", "password",
                 "nothing was changed; try again"};
}

}  // namespace verso::app
