// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

#include "core/util/result.h"

namespace verso::scanner {

/// A program that we started and whose standard output we read. Its standard error is kept and its
/// standard input is empty. Closing our end early stops it. Not thread-safe; one owner.
class ChildOutput {
  public:
    /// Starts `arguments[0]`, found on PATH. DependencyMissing when it is not there.
    static Result<ChildOutput> start(const std::vector<std::string>& arguments);
    ChildOutput(ChildOutput&& other) noexcept;
    ChildOutput& operator=(ChildOutput&&) = delete;
    ~ChildOutput();

    /// Fills up to `size` bytes; fewer only at the end of the output.
    std::size_t read(void* bytes, std::size_t size);
    /// Closes the pipe and waits. Gives the exit status (128 + signal when killed).
    int finish();
    /// What it wrote to standard error, at most 4 KiB. Requires: finish was called.
    std::string complaint() const;

  private:
    ChildOutput(pid_t pid, int output, int errors) : pid_(pid), output_(output), errors_(errors) {}
    pid_t pid_;
    int output_, errors_;
};

}  // namespace verso::scanner
