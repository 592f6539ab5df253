// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace verso::generator {
namespace {

Error unwritable(const std::string& path, int reason) {
    return {ErrorCode::FileUnwritable,
            "cannot be written: " + std::generic_category().message(reason), path,
            "check the folder, its permissions and the free space"};
}

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// mkstemp makes a file for its owner alone; a document gets what any new file would get.
mode_t usual_mode() {
    static const mode_t mask = [] {
        const mode_t current = ::umask(0);
        ::umask(current);
        return current;
    }();
    return 0666 & ~mask;
}

}  // namespace

Result<void> write_durably(const std::string& path, std::string_view bytes) {
    std::string temporary = path + ".XXXXXX";
    const int file = ::mkstemp(temporary.data());
    if (file < 0) return unwritable(path, errno);
    bool good = write_all(file, bytes) && ::fchmod(file, usual_mode()) == 0 && ::fsync(file) == 0;
    int reason = good ? 0 : errno;
    if (::close(file) != 0 && good) {
        good = false;
        reason = errno;
    }
    if (good && std::rename(temporary.c_str(), path.c_str()) == 0) return {};
    if (good) reason = errno;
    ::unlink(temporary.c_str());
    return unwritable(path, reason);
}

}  // namespace verso::generator
