// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"

namespace verso::printer {

/// What to start: words[0] is looked for in $PATH when it has no slash.
struct ChildCall {
    std::vector<std::string> words;
    std::vector<std::string> environment;  ///< "NAME=value", besides our own
    std::string input;                     ///< the file that is its standard input
};

/// A program that was started in a process group of its own, with its standard input from a file,
/// its standard output thrown away and nothing else of ours open. One thread. Destroyed while the
/// program runs, it lets it run on: who prints half a page helps nobody.
class ChildProcess {
  public:
    /// DependencyMissing: the program is not there or may not be run. FileUnreadable: the input.
    static Result<ChildProcess> start(const ChildCall& call);
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ~ChildProcess();

    struct End {
        bool exited = false;  ///< by itself, with `status`; else killed or never seen to end
        int status = 0;
        std::string complaint;  ///< first line of its standard error, printable, at most 200 bytes
    };
    /// Waits for its end. `look` is called at least every 50 ms; when it gives false the wait is
    /// over with exited = false.
    End wait(const std::function<bool()>& look);
    /// Ends the process group: asked to, and after two seconds killed.
    void kill_group();

  private:
    ChildProcess(pid_t process, int complaints) : process_(process), complaints_(complaints) {}
    bool reap();
    void read_complaints();
    void note_complaint(std::string_view text);

    pid_t process_ = -1;  ///< -1 when it has been reaped
    int complaints_ = -1;
    int status_ = 0;
    bool lost_ = false;  ///< somebody else reaped it
    bool line_ended_ = false;
    std::string first_line_;
};

}  // namespace verso::printer
