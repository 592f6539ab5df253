// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/util/result.h"

namespace verso::scanner {

/// A file descriptor that is closed when its owner goes. Moves, never copies.
class OwnedFd {
  public:
    OwnedFd() = default;
    explicit OwnedFd(int fd) : fd_(fd) {}
    OwnedFd(OwnedFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    OwnedFd& operator=(OwnedFd&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~OwnedFd() { reset(); }

    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    void reset() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }

  private:
    int fd_ = -1;
};

/// A file that lies in memory alone and holds these bytes; nobody can change it any more.
/// Internal when the machine has no memory for it.
Result<OwnedFd> memory_file(std::string_view bytes);

/// The first `size` bytes of a file, wherever its reading place is. FileUnreadable when there are
/// fewer.
Result<std::string> bytes_of(int fd, std::int64_t size);

/// An image file that is open for reading.
struct OpenImage {
    OwnedFd fd;
    std::int64_t bytes = 0;
    std::int64_t changed_at = 0;  ///< nanoseconds since 1970, as the file says
};

/// Opens a file to be read. NotFound; FileUnreadable when it is none (a folder, a pipe, a device)
/// or may not be read; LimitExceeded beyond `limit` bytes.
Result<OpenImage> open_image(const std::string& path, std::uint64_t limit);

/// FileUnreadable when somebody wrote to the file since it was opened.
Result<void> check_unchanged(const OpenImage& image);

}  // namespace verso::scanner
