// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <future>
#include <mutex>
#include <thread>

#include "app/config.h"
#include "service/desk/picture_works.h"

namespace verso::app {

/// Shows the pictures that a home keeps, by one reader process of its own. Thread-safe.
class ServePictures final : public service::PictureWorks {
  public:
    /// `images`: the folder in which the home keeps pictures by their SHA-256.
    ServePictures(std::filesystem::path images, const ReadingSettings& settings);
    ~ServePictures() override;
    ServePictures(const ServePictures&) = delete;
    ServePictures& operator=(const ServePictures&) = delete;

    Result<std::string> draw(const service::PictureWish& wish) override;

  private:
    struct Task {
        service::PictureWish wish;
        std::promise<Result<std::string>> answer;
    };
    void work();

    std::filesystem::path images_;
    ReadingSettings settings_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> tasks_;
    bool stop_ = false;
    /// Readers end with the thread that started them: this one lives as long.
    std::thread thread_;
};

}  // namespace verso::app
