// SPDX-License-Identifier: Apache-2.0
#include "records/import/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "records/import/scratch_file.h"

namespace verso::records {

namespace {

class MemorySource final : public ByteSource {
  public:
    explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
    Result<std::size_t> read(std::span<char> to) override {
        const std::size_t count = std::min(to.size(), bytes_.size() - at_);
        std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), count, to.begin());
        at_ += count;
        return count;
    }
    Result<void> rewind() override {
        at_ = 0;
        return {};
    }
    bool unchanged() override { return true; }

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

Error unreadable(std::string_view why) {
    return {ErrorCode::FileUnreadable, std::string(why), "",
            "see that it is a file and that you may read it"};
}

Error failed_read() { return unreadable(std::strerror(errno)); }

Result<std::size_t> read_some(int file, std::span<char> to) {
    for (;;) {
        const ssize_t count = ::read(file, to.data(), to.size());
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno != EINTR) return failed_read();
    }
}

class FileSource final : public ByteSource {
  public:
    FileSource(int file, const struct stat& state) : file_(file), state_(state) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override { ::close(file_); }

    Result<std::size_t> read(std::span<char> to) override { return read_some(file_, to); }
    Result<void> rewind() override {
        if (::lseek(file_, 0, SEEK_SET) != 0) return failed_read();
        return {};
    }
    bool unchanged() override {
        struct stat now {};
        return ::fstat(file_, &now) == 0 && now.st_size == state_.st_size &&
               now.st_mtim.tv_sec == state_.st_mtim.tv_sec &&
               now.st_mtim.tv_nsec == state_.st_mtim.tv_nsec;
    }

  private:
    int file_;
    struct stat state_;
};

/// The copy of a pipe.
class ScratchSource final : public ByteSource {
  public:
    explicit ScratchSource(ScratchFile file) : file_(std::move(file)) {}
    Result<std::size_t> read(std::span<char> to) override {
        auto count = file_.read(at_, to);
        if (count) at_ += *count;
        return count;
    }
    Result<void> rewind() override {
        at_ = 0;
        return {};
    }
    bool unchanged() override { return true; }

  private:
    ScratchFile file_;
    std::uint64_t at_ = 0;
};

Result<std::unique_ptr<ByteSource>> copy_of_pipe(int pipe) {
    auto scratch = ScratchFile::make();
    if (!scratch) return scratch.error();
    std::vector<char> piece(std::size_t{1} << 18);
    for (;;) {
        auto count = read_some(pipe, piece);
        if (!count) return count.error();
        if (*count == 0) break;
        if (auto kept = scratch->append({piece.data(), *count}); !kept) return kept.error();
    }
    return std::unique_ptr<ByteSource>(std::make_unique<ScratchSource>(std::move(*scratch)));
}

}  // namespace

std::unique_ptr<ByteSource> memory_source(std::string_view bytes) {
    return std::make_unique<MemorySource>(bytes);
}

Result<std::unique_ptr<ByteSource>> file_source(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT) {
            return Error{ErrorCode::NotFound, "there is no such file", file.string(), ""};
        }
        return failed_read().at(file.string());
    }
    struct stat state {};
    if (::fstat(descriptor, &state) != 0 || S_ISDIR(state.st_mode)) {
        ::close(descriptor);
        return unreadable("this is no file").at(file.string());
    }
    if (S_ISREG(state.st_mode)) {
        return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(descriptor, state));
    }
    auto copy = copy_of_pipe(descriptor);
    ::close(descriptor);
    if (!copy) return copy.error().at(file.string());
    return copy;
}

Result<std::size_t> read_fully(ByteSource& source, std::span<char> to) {
    std::size_t total = 0;
    while (total < to.size()) {
        auto count = source.read(to.subspan(total));
        if (!count) return count.error();
        if (*count == 0) break;
        total += *count;
    }
    return total;
}

}  // namespace verso::records
