// SPDX-License-Identifier: Apache-2.0
#include "app/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
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
    std::error_code failed;
    if (!fs::exists(path, failed)) {
        return Error{ErrorCode::NotFound, "there is no such file", path.string(), ""};
    }
    const auto size = fs::file_size(path, failed);
    if (!failed && size > limit) {
        return Error{ErrorCode::LimitExceeded,
                     "is larger than the limit of " + std::to_string(limit) + " bytes",
                     path.string(), ""};
    }
    std::ifstream file(path, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (failed || !file) {
        return Error{ErrorCode::FileUnreadable, "cannot be read", path.string(),
                     "check that it is a file and that you may read it"};
    }
    return bytes;
}

}  // namespace verso::app
