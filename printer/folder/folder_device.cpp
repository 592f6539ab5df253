// SPDX-License-Identifier: Apache-2.0
#include "printer/folder/folder_device.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "printer/device/document_file.h"

namespace verso::printer {
namespace {

/// A file descriptor that is closed with its owner.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }

  private:
    int fd_;
};

Error trouble_of(int reason, const std::string& folder) {
    std::string cure = "check the folder, who may write there and the free space";
    if (reason == ENOENT || reason == ENOTDIR)
        cure = "make the folder, or mount the disk that holds it";
    if (reason == EACCES || reason == EPERM || reason == EROFS)
        cure = "let the user that runs Verso write there";
    if (reason == ENOSPC || reason == EDQUOT) cure = "free some space, or empty the folder";
    return {ErrorCode::PrinterFailed,
            "the folder takes no document: " + std::generic_category().message(reason), folder,
            cure};
}

Outcome waiting(Error reason) { return {Outcome::Kind::Waiting, std::move(reason)}; }
Outcome failed(Error reason) { return {Outcome::Kind::Failed, std::move(reason)}; }

bool copy_all(int from, int to) {
    std::array<char, 1U << 16U> piece{};
    for (;;) {
        const ssize_t got = ::read(from, piece.data(), piece.size());
        if (got == 0) return true;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        for (ssize_t done = 0; done < got;) {
            const ssize_t written =
                ::write(to, piece.data() + done, static_cast<std::size_t>(got - done));
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return false;
            done += written;
        }
    }
}

// What a disk that is not mounted any more does not share with the one that was.
std::string identity_of(int folder) {
    struct stat found {};
    if (::fstat(folder, &found) != 0) return {};
    return fmt::format("folder {}:{}", found.st_dev, found.st_ino);
}

std::optional<std::pair<dev_t, ino_t>> file_at(int folder, const std::string& name) {
    struct stat found {};
    if (::fstatat(folder, name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
    return std::pair{found.st_dev, found.st_ino};
}

class FolderDevice final : public Device {
  public:
    FolderDevice(const DeviceUri& uri, const DeviceOptions& options)
        : folder_(uri.target), most_bytes_(options.most_bytes) {}

    Result<DeviceState> state() override {
        const Descriptor folder(open_folder());
        if (folder.get() < 0) return trouble_of(errno, folder_);
        if (::faccessat(folder.get(), ".", W_OK | X_OK, AT_EACCESS) != 0)
            return trouble_of(errno, folder_);
        struct statvfs space {};
        DeviceState now;
        now.is_ready = ::fstatvfs(folder.get(), &space) != 0 || space.f_bavail > 0;
        if (now.is_ready) return now;
        now.trouble = "the folder's disk is full";
        now.reasons = {"spool-area-full"};
        return now;
    }

    Result<Capabilities> capabilities() override {
        Capabilities all;
        all.make = "folder";
        return all;
    }

    Outcome hand_over(const Document& document, const HandOver& known,
                      HandOverNotes& notes) override {
        if (known.step == HandOver::Step::Printing) return {};
        const Descriptor folder(open_folder());
        if (folder.get() < 0) return waiting(trouble_of(errno, folder_));
        const std::string name = document_file_name(document);
        const Names names{name, "." + name + ".part"};
        if (known.step == HandOver::Step::Sending) return go_on(folder.get(), names, known, notes);
        if (const auto size = document_size(document, most_bytes_); !size)
            return failed(size.error());
        if (file_at(folder.get(), name)) return failed(taken(name));
        if (notes.stop_asked()) return {Outcome::Kind::Stopped, {}};
        if (const auto written = write_part(folder.get(), document, names, notes); !written)
            return written.error().code == ErrorCode::FileUnreadable ? failed(written.error())
                                                                     : waiting(written.error());
        const HandOver sending{HandOver::Step::Sending,  {}, std::time(nullptr), 0, 0,
                               identity_of(folder.get())};
        if (!notes.keep(sending)) return {Outcome::Kind::Stopped, {}};
        notes.step("kept as sending");
        return publish(folder.get(), names, sending, notes);
    }

  private:
    struct Names {
        std::string file, part;
    };

    int open_folder() const { return ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }

    Error taken(const std::string& name) const {
        return {ErrorCode::AlreadyExists, "another document of this name lies there",
                folder_ + "/" + name, "move it away, then reprint with a reason"};
    }

    Result<void> write_part(int folder, const Document& document, const Names& names,
                            HandOverNotes& notes) const {
        const Descriptor source(::open(document.file.c_str(), O_RDONLY | O_CLOEXEC));
        if (source.get() < 0)
            return Error{ErrorCode::FileUnreadable, "the document to print cannot be read",
                         document.file.string(), "make it again"};
        ::unlinkat(folder, names.part.c_str(), 0);  // of an attempt that did not get further
        const Descriptor part(::openat(folder, names.part.c_str(),
                                       O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666));
        if (part.get() < 0) return trouble_of(errno, folder_);
        notes.step("part made");
        if (!copy_all(source.get(), part.get()) || ::fsync(part.get()) != 0 ||
            ::fsync(folder) != 0) {
            const int reason = errno;
            ::unlinkat(folder, names.part.c_str(), 0);
            return trouble_of(reason, folder_);
        }
        notes.step("part written");
        return {};
    }

    // A crash lies between the words that it is being sent and now.
    Outcome go_on(int folder, const Names& names, const HandOver& known,
                  HandOverNotes& notes) const {
        if (file_at(folder, names.part)) return publish(folder, names, known, notes);
        if (!file_at(folder, names.file) && known.mark != identity_of(folder))
            return {Outcome::Kind::Unknown,
                    {ErrorCode::PrinterFailed,
                     "the folder is another one than when the document was put there", folder_,
                     "look whether the document arrived; is its disk mounted?"}};
        return finish(folder, known, notes);
    }

    // From its hidden name to its own, never over what is there.
    Outcome publish(int folder, const Names& names, const HandOver& known,
                    HandOverNotes& notes) const {
        const char* part = names.part.c_str();
        const char* file = names.file.c_str();
        int problem = ::renameat2(folder, part, folder, file, RENAME_NOREPLACE) == 0 ? 0 : errno;
        if (problem == EINVAL || problem == ENOSYS)  // a file system that has no such rename
            problem = ::linkat(folder, part, folder, file, 0) == 0 ? 0 : errno;
        // A crash between link and unlink leaves both names on one file.
        const auto hidden = file_at(folder, names.part);
        if (problem == EEXIST && hidden && hidden == file_at(folder, names.file)) problem = 0;
        if (problem == EEXIST) {
            ::unlinkat(folder, part, 0);
            return failed(taken(names.file));
        }
        if (problem != 0) return waiting(trouble_of(problem, folder_));
        notes.step("renamed");
        ::unlinkat(folder, part, 0);
        return finish(folder, known, notes);
    }

    Outcome finish(int folder, HandOver known, HandOverNotes& notes) const {
        if (::fsync(folder) != 0) return waiting(trouble_of(errno, folder_));
        notes.step("flushed");
        known.step = HandOver::Step::Printing;
        if (!notes.keep(known)) return {Outcome::Kind::Stopped, {}};
        notes.step("kept as printing");
        return {};
    }

    std::string folder_;
    std::int64_t most_bytes_;
};

}  // namespace

std::unique_ptr<Device> make_folder_device(const DeviceUri& uri, const DeviceOptions& options) {
    return std::make_unique<FolderDevice>(uri, options);
}

}  // namespace verso::printer
