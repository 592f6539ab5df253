// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/owned_fd.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace verso::scanner {

namespace {

std::int64_t nanoseconds(const timespec& time) {
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

Result<OwnedFd> memory_file(std::string_view bytes) {
    OwnedFd file(::memfd_create("verso", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    while (file && !bytes.empty()) {
        const ssize_t put = ::write(file.get(), bytes.data(), bytes.size());
        if (put < 0 && errno != EINTR) break;
        bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(put, 0)));
    }
    constexpr int kForGood = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    if (!file || !bytes.empty() || ::fcntl(file.get(), F_ADD_SEALS, kForGood) != 0) {
        return Error{ErrorCode::Internal,
                     fmt::format("no file in memory can be made: {}", std::strerror(errno)), "",
                     "check the machine's free memory"};
    }
    return file;
}

Result<std::string> bytes_of(int fd, std::int64_t size) {
    std::string bytes(static_cast<std::size_t>(size), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t got =
            ::pread(fd, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            return Error{ErrorCode::FileUnreadable, "the file ends before its end", "",
                         "check that nothing is still writing it"};
        }
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

Result<OpenImage> open_image(const std::string& path, std::uint64_t limit) {
    // Without O_NONBLOCK a named pipe would wait here for somebody to write.
    OpenImage image{OwnedFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)), 0, 0};
    if (!image.fd) {
        const bool absent = errno == ENOENT || errno == ENOTDIR;
        return Error{absent ? ErrorCode::NotFound : ErrorCode::FileUnreadable,
                     absent ? "there is no such file"
                            : fmt::format("the file cannot be read: {}", std::strerror(errno)),
                     path, absent ? "check the path" : "check its permissions"};
    }
    struct stat status {};
    if (::fstat(image.fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return Error{ErrorCode::FileUnreadable, "this is not a file", path, "name an image file"};
    }
    image.bytes = status.st_size;
    image.changed_at = nanoseconds(status.st_mtim);
    if (static_cast<std::uint64_t>(image.bytes) > limit) {
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("the file has {} bytes; the limit is {}", image.bytes, limit),
                     path, "split it, or scan in gray at 300 dpi"};
    }
    return image;
}

Result<void> check_unchanged(const OpenImage& image) {
    struct stat status {};
    const bool same = ::fstat(image.fd.get(), &status) == 0 && status.st_size == image.bytes &&
                      nanoseconds(status.st_mtim) == image.changed_at;
    if (same) return {};
    return Error{ErrorCode::FileUnreadable, "the file changed while it was read", "",
                 "read it again when nothing writes to it any more"};
}

}  // namespace verso::scanner
