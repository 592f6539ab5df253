// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <ostream>
#include <string>

namespace verso::app {

/// How progress is told: a bar that is drawn over itself, lines for a log, or not at all.
enum class ProgressStyle { Bar, Lines, Silent };

/// Tells how far a long step is. The last line stays and says how long it took. One thread.
class Progress {
  public:
    /// "cards read: 12 of 60". `out` must outlive it. Lines come at each tenth of the way, but
    /// never sooner after one another than `pause`.
    Progress(std::ostream& out, ProgressStyle style, std::string what, std::size_t total,
             std::chrono::milliseconds pause = std::chrono::seconds(1));
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void advance(std::size_t steps = 1);

  private:
    void draw_bar();
    void write_line();

    std::ostream& out_;
    ProgressStyle style_;
    std::string what_;
    std::size_t total_, done_ = 0, told_ = 0;
    std::chrono::milliseconds pause_;
    std::chrono::steady_clock::time_point start_, drawn_;  ///< drawn_: the last bar or line
};

/// Bar when standard error is a terminal, else lines; silent when asked.
ProgressStyle progress_style(bool silent);

}  // namespace verso::app
