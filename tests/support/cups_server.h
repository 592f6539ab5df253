// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "tests/support/child_program.h"

namespace verso::tests {

/// A real CUPS server of its own: a free port of the loopback address, all its state in one
/// folder, a backend that writes each job's bytes to out/JOB, and Debian's rules of who may do what
/// with jobs; only queues may be made by anybody.
class CupsServer {
  public:
    /// The sentence for GTEST_SKIP(); empty when tests with CUPS are to run. cupsd starts as root.
    static std::string reason_to_skip();

    CupsServer();
    ~CupsServer();
    CupsServer(const CupsServer&) = delete;
    CupsServer& operator=(const CupsServer&) = delete;

    /// A queue that hands through what it gets.
    void add_queue(const std::string& name) const;
    std::string uri(const std::string& queue) const;
    /// Through the socket that a machine's own CUPS has.
    std::string socket_uri(const std::string& queue) const;
    void pause(const std::string& queue) const;
    void resume(const std::string& queue) const;
    void kill();
    void start();
    /// The bytes that the backend got of a job.
    std::string document(int job) const;
    int printed() const;
    std::string log() const;

  private:
    int run(const std::vector<std::string>& words) const;

    std::filesystem::path folder_;
    int port_ = 0;
    ChildProgram program_;
};

}  // namespace verso::tests
