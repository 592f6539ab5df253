// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <string>
#include <thread>

#include "scanner/worker/worker_pool.h"

namespace verso::app {

/// Pictures made of files by one reader process of its own, one after the other. Thread-safe.
class PictureThread {
  public:
    /// `limits`: of the reader, which is started with the first picture.
    explicit PictureThread(const scanner::WorkerLimits& limits);
    ~PictureThread();
    PictureThread(const PictureThread&) = delete;
    PictureThread& operator=(const PictureThread&) = delete;

    /// The first picture that comes back under `folder` ("view", "photo"); `name` is for messages.
    /// Waits for it. What the reader says; Internal when too many wait or the program ends.
    Result<std::string> make(const std::string& file, const scanner::ReadChoice& choice,
                             const std::string& folder, const std::string& name);

  private:
    struct Task {
        scanner::FileTask file;
        std::string folder, name;
        std::promise<Result<std::string>> answer;
    };
    void work();

    scanner::WorkerLimits limits_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> tasks_;
    bool stop_ = false;
    /// Readers end with the thread that started them: this one lives as long.
    std::thread thread_;
};

}  // namespace verso::app
