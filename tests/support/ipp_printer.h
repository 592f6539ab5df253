// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/child_program.h"

namespace verso::tests {

/// A real IPP printer without paper: Debian's ippeveprinter on a free port of the loopback
/// address. Each job's document is copied into a folder and its name written to a list, in the
/// order of printing. It takes A4, 4 x 6 in and 100 x 150 mm; A4 and 4 x 6 in are loaded.
class IppPrinter {
  public:
    /// The sentence for GTEST_SKIP(); empty when tests with a printer are to run. On the CI
    /// machine (environment CI) a missing one is a failure.
    static std::string reason_to_skip();

    /// `command`: what prints, called with the document's file; empty: the copy described above.
    explicit IppPrinter(const std::string& command = "");
    ~IppPrinter();
    IppPrinter(const IppPrinter&) = delete;
    IppPrinter& operator=(const IppPrinter&) = delete;

    std::string uri(const std::string& scheme = "ipp") const;
    int port() const { return port_; }
    pid_t pid() const { return program_.pid(); }
    /// As a power cut: what it held is lost, its jobs' numbers begin anew.
    void kill();
    void start();
    /// From now on every job is aborted; or printed again.
    void set_failing(bool is_failing) const;
    /// Seconds that each job takes from now on.
    void set_slow(const std::string& seconds) const;
    /// Names of jobs that were printed, in their order.
    std::vector<std::string> printed() const;
    /// The bytes that arrived for a job of this name; the last if there were several.
    std::string document(const std::string& name) const;
    std::string log() const;

  private:
    std::filesystem::path folder_;
    std::string command_;
    int port_ = 0;
    ChildProgram program_;
};

}  // namespace verso::tests
