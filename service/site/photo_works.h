// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/domain/ids.h"
#include "core/util/result.h"

namespace verso::service {

struct KeptPhoto {
    std::string path;     ///< from the home's folder on
    bool is_new = false;  ///< no file was there under this name
};

/// Photos that buyers send, as files of the home. What came from outside is decoded by a reader
/// process, never in the serving one. Thread-safe.
class PhotoWorks {
  public:
    virtual ~PhotoWorks() = default;
    /// Makes an upright picture of it without place, time and camera, and keeps it for the insert
    /// under a name that begins with `about`; the same photo again is the same file. Takes some
    /// tenths of a second: for RecordsGate::slow. FormatInvalid, LimitExceeded for what is no
    /// photo; FileUnwritable, Internal.
    virtual Result<KeptPhoto> keep(std::string_view bytes, const InsertId& insert,
                                   const std::string& about) = 0;
    /// Takes a kept one away that the records never came to know.
    virtual void forget(const std::string& path) = 0;
    /// Where a kept one is; NotFound when it is not there any more.
    virtual Result<std::filesystem::path> find(const std::string& path) = 0;
};

/// The largest photo that is taken, and how many go with one form.
inline constexpr std::size_t kMostPhotoBytes = 8U << 20U;
inline constexpr std::size_t kMostPhotos = 3;

}  // namespace verso::service
