// SPDX-License-Identifier: Apache-2.0
#include "app/serve_photos.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "app/files.h"
#include "core/crypto/crypto.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

constexpr int kLongestSide = 2000;
constexpr std::string_view kFolder = "images/photos/";

scanner::WorkerLimits for_photos(scanner::WorkerLimits limits) {
    limits.load.file_bytes = service::kMostPhotoBytes;
    limits.load.page_pixels = std::min<std::uint64_t>(limits.load.page_pixels, 80'000'000);
    return limits;
}

/// Letters, digits and dashes: a part of a path and nothing else.
std::string plain(std::string text) {
    for (char& c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-') c = '_';
    }
    return text.empty() ? "_" : text;
}

Error unkept(const fs::path& file) {
    return {ErrorCode::FileUnwritable, "the photo cannot be kept", file.string(),
            "see whether the disk is full"};
}

/// A file of the spool that is there while a reader looks at it.
class SpoolFile {
  public:
    SpoolFile(const fs::path& spool, std::string_view bytes) : path_(spool / "photo-XXXXXX") {
        const int file = ::mkstemp(path_.data());
        if (file < 0) return;
        is_there_ = true;
        while (!bytes.empty()) {
            const auto some = ::write(file, bytes.data(), bytes.size());
            if (some <= 0) break;
            bytes.remove_prefix(static_cast<std::size_t>(some));
        }
        is_whole_ = ::close(file) == 0 && bytes.empty();
    }
    ~SpoolFile() {
        if (is_there_) ::unlink(path_.c_str());
    }
    SpoolFile(const SpoolFile&) = delete;
    SpoolFile& operator=(const SpoolFile&) = delete;
    bool is_whole() const { return is_whole_; }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
    bool is_there_ = false, is_whole_ = false;
};

}  // namespace

ServePhotos::ServePhotos(const Home& home, scanner::WorkerLimits limits)
    : home_(home), thread_(for_photos(limits)) {}

Result<service::KeptPhoto> ServePhotos::keep(std::string_view bytes, const InsertId& insert,
                                             const std::string& about) {
    const SpoolFile sent(home_.spool(), bytes);
    if (!sent.is_whole()) return unkept(home_.spool());
    scanner::ReadChoice choice;
    choice.photo_side = kLongestSide;
    auto jpeg = thread_.make(sent.path(), choice, "photo", "photo");
    if (!jpeg) return jpeg.error();
    service::KeptPhoto kept;
    kept.path = std::string(kFolder) + plain(insert.get()) + "/" + plain(about) + "-" +
                sha256_hex(*jpeg).substr(0, 32) + ".jpg";
    const fs::path file = home_.root() / kept.path;
    std::error_code failed;
    if (fs::exists(file, failed)) return kept;
    fs::create_directories(file.parent_path(), failed);
    fs::permissions(file.parent_path(), fs::perms::owner_all, failed);
    if (auto written = write_file(file, *jpeg, FileMode::Private); !written) return written.error();
    kept.is_new = true;
    return kept;
}

void ServePhotos::forget(const std::string& path) {
    auto file = find(path);
    if (!file) return;
    std::error_code ignored;
    fs::remove(*file, ignored);
    fs::remove(file->parent_path(), ignored);
}

Result<fs::path> ServePhotos::find(const std::string& path) {
    const Error gone{ErrorCode::NotFound, "the photo is not kept any more", path, ""};
    if (!path.starts_with(kFolder) || path.find("..") != std::string::npos) return gone;
    const fs::path file = home_.root() / path;
    std::error_code failed;
    return fs::is_regular_file(file, failed) ? Result<fs::path>(file) : Result<fs::path>(gone);
}

}  // namespace verso::app
