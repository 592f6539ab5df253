// SPDX-License-Identifier: Apache-2.0
#include "app/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace verso::app {

namespace {

constexpr std::size_t kBarWidth = 30;
/// Lines for a log come at each tenth of the way.
constexpr std::size_t kLines = 10;
/// Often enough to look alive, seldom enough to cost nothing.
constexpr std::chrono::milliseconds kRedraw{80};

}  // namespace

Progress::Progress(std::ostream& out, ProgressStyle style, std::string what, std::size_t total,
                   std::chrono::milliseconds pause)
    : out_(out),
      style_(total == 0 ? ProgressStyle::Silent : style),
      what_(std::move(what)),
      total_(total),
      pause_(style == ProgressStyle::Bar ? kRedraw : pause),
      start_(std::chrono::steady_clock::now()),
      drawn_(start_) {
    if (style_ == ProgressStyle::Bar) draw_bar();
}

Progress::~Progress() {
    if (style_ == ProgressStyle::Silent) return;
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
    out_ << (style_ == ProgressStyle::Bar ? "\r\033[K" : "")
         << fmt::format("{}: {} of {} in {:.1f} s\n", what_, done_, total_, spent.count())
         << std::flush;
}

void Progress::advance(std::size_t steps) {
    done_ = std::min(total_, done_ + steps);
    if (style_ == ProgressStyle::Silent || std::chrono::steady_clock::now() - drawn_ < pause_)
        return;
    if (style_ == ProgressStyle::Bar) {
        draw_bar();
    } else if (done_ < total_ && done_ * kLines / total_ > told_) {
        write_line();  // the end has its own
    }
}

void Progress::draw_bar() {
    drawn_ = std::chrono::steady_clock::now();
    const std::size_t filled = kBarWidth * done_ / total_;
    out_ << fmt::format("\r{} [{}{}] {} of {} ", what_, std::string(filled, '#'),
                        std::string(kBarWidth - filled, '.'), done_, total_)
         << std::flush;
}

void Progress::write_line() {
    drawn_ = std::chrono::steady_clock::now();
    told_ = done_ * kLines / total_;
    out_ << fmt::format("{}: {} of {}\n", what_, done_, total_) << std::flush;
}

ProgressStyle progress_style(bool silent) {
    if (silent) return ProgressStyle::Silent;
    const char* terminal = std::getenv("TERM");
    const bool dumb = terminal == nullptr || std::strcmp(terminal, "dumb") == 0;
    return ::isatty(STDERR_FILENO) == 1 && !dumb ? ProgressStyle::Bar : ProgressStyle::Lines;
}

}  // namespace verso::app
