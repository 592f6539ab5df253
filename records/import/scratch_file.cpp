// SPDX-License-Identifier: Apache-2.0
#include "records/import/scratch_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

namespace verso::records {

namespace {

Error unwritable(const std::string& folder) {
    return {ErrorCode::FileUnwritable,
            std::string("no temporary file can be written: ") + std::strerror(errno), folder,
            "make room there, or name another folder in TMPDIR"};
}

std::string folder() {
    const char* named = std::getenv("TMPDIR");
    return named != nullptr && *named != '\0' ? named : "/var/tmp";
}

}  // namespace

Result<ScratchFile> ScratchFile::make() {
    std::string name = folder() + "/verso-import-XXXXXX";
    const int file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file < 0) return unwritable(folder());
    ::unlink(name.c_str());
    return ScratchFile(file);
}

ScratchFile::ScratchFile(ScratchFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)), size_(other.size_) {}

ScratchFile& ScratchFile::operator=(ScratchFile&& other) noexcept {
    std::swap(file_, other.file_);
    std::swap(size_, other.size_);
    return *this;
}

ScratchFile::~ScratchFile() {
    if (file_ >= 0) ::close(file_);
}

Result<void> ScratchFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count =
            ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return unwritable(folder());
        size_ += static_cast<std::uint64_t>(count);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

Result<std::size_t> ScratchFile::read(std::uint64_t at, std::span<char> to) {
    for (;;) {
        const ssize_t count = ::pread(file_, to.data(), to.size(), static_cast<off_t>(at));
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno != EINTR) {
            return Error{ErrorCode::FileUnreadable, std::strerror(errno), folder(), ""};
        }
    }
}

}  // namespace verso::records
