// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/home.h"
#include "app/picture_thread.h"
#include "service/site/photo_works.h"

namespace verso::app {

/// Takes buyers' photos into the home: images/photos/INSERT/ABOUT-DIGEST.jpg, in colour, upright,
/// 2000 pixels at most. Thread-safe.
class ServePhotos final : public service::PhotoWorks {
  public:
    /// `limits`: of the process that decodes them; photos have less room than scans.
    ServePhotos(const Home& home, scanner::WorkerLimits limits);

    Result<service::KeptPhoto> keep(std::string_view bytes, const InsertId& insert,
                                    const std::string& about) override;
    void forget(const std::string& path) override;
    Result<std::filesystem::path> find(const std::string& path) override;

  private:
    Home home_;
    PictureThread thread_;
};

}  // namespace verso::app
