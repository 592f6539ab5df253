// SPDX-License-Identifier: Apache-2.0
#include "app/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace verso::app {

namespace fs = std::filesystem;

namespace {

Error unwritable(const fs::path& path) {
    return {ErrorCode::FileUnwritable, std::string("cannot be written: ") + std::strerror(errno),
            path.string(), "check that the folder exists, is yours to write and has room"};
}

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

Result<void> write_file(const fs::path& path, std::string_view bytes, FileMode mode) {
    std::error_code ignored;
    // A device or pipe (/dev/stdout) cannot be replaced by a rename: write into it.
    const bool in_place = fs::exists(path, ignored) && !fs::is_regular_file(path, ignored);
    const fs::path target =
        in_place ? path : fs::path(path.string() + ".part" + std::to_string(::getpid()));
    const mode_t permissions = mode == FileMode::Private ? 0600 : 0666;
    const int file = ::open(target.c_str(),
                            O_WRONLY | O_CREAT | O_CLOEXEC | (in_place ? 0 : O_TRUNC), permissions);
    if (file < 0) return unwritable(path);
    const bool written = write_all(file, bytes) && (in_place || ::fsync(file) == 0);
    const bool closed = ::close(file) == 0;
    if (written && closed && (in_place || ::rename(target.c_str(), path.c_str()) == 0)) return {};
    const Error error = unwritable(path);
    if (!in_place) ::unlink(target.c_str());
    return error;
}

Result<std::string> read_file(const fs::path& path, std::uint64_t limit) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) {
        return Error{ErrorCode::NotFound, "there is no such file", path.string(), ""};
    }
    std::string bytes;
    ssize_t count = file < 0 ? -1 : 1;
    // By pieces, because a pipe does not know its length.
    for (std::array<char, 1 << 16> piece; count > 0 && bytes.size() <= limit;) {
        count = ::read(file, piece.data(), piece.size());
        if (count > 0) bytes.append(piece.data(), static_cast<std::size_t>(count));
        if (count < 0 && errno == EINTR) count = 1;
    }
    const std::string why = count < 0 ? std::strerror(errno) : "";
    if (file >= 0) ::close(file);
    if (!why.empty()) {
        return Error{ErrorCode::FileUnreadable, "cannot be read: " + why, path.string(),
                     "check that it is a file and that you may read it"};
    }
    if (bytes.size() > limit) {
        return Error{ErrorCode::LimitExceeded,
                     "is larger than the limit of " + std::to_string(limit) + " bytes",
                     path.string(), ""};
    }
    return bytes;
}

}  // namespace verso::app
