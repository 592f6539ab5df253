// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "app/config.h"
#include "app/picture_thread.h"
#include "service/desk/picture_works.h"

namespace verso::app {

/// Shows the pictures that a home keeps, by one reader process of its own. Thread-safe.
class ServePictures final : public service::PictureWorks {
  public:
    /// `images`: the folder in which the home keeps pictures by their SHA-256.
    ServePictures(std::filesystem::path images, const ReadingSettings& settings)
        : images_(std::move(images)), thread_(settings.limits) {}

    Result<std::string> draw(const service::PictureWish& wish) override;

  private:
    std::filesystem::path images_;
    PictureThread thread_;
};

}  // namespace verso::app
