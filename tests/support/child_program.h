// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace verso::tests {

/// A program that a test runs beside itself. It gets its own session, dies with the thread that
/// started it (and so with the test program), and is killed when this object goes.
class ChildProgram {
  public:
    ChildProgram() = default;
    /// `environment`: "NAME=VALUE", added to ours. Its output goes to `log`.
    ChildProgram(const std::vector<std::string>& words, const std::vector<std::string>& environment,
                 const std::filesystem::path& log);
    ~ChildProgram();
    ChildProgram(ChildProgram&& other) noexcept;
    ChildProgram& operator=(ChildProgram&& other) noexcept;

    pid_t pid() const { return pid_; }
    bool is_running() const;
    /// As a power cut: SIGKILL, to it and what it started.
    void kill();

  private:
    pid_t pid_ = 0;
};

/// A port of the loopback address on which nobody listens now.
int free_port();
/// Whether somebody accepts connections there within `ms`.
bool wait_for_port(int port, int ms = 5000);
/// A new folder under /tmp that users other than root may enter, for sockets of short names.
std::filesystem::path make_test_folder(const std::string& name);
/// The program's path, found on $PATH or in /usr/sbin; empty when it is not there.
std::string find_program(const std::string& name);

}  // namespace verso::tests
