// SPDX-License-Identifier: Apache-2.0
#include "app/image_reader.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <system_error>

#include "app/files.h"
#include "core/crypto/crypto.h"
#include "scanner/image/image_loader.h"
#include "scanner/render/scan_page.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

/// Processor time of this thread: another program on the machine does not count.
double cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Takes the pages of one file as the loader gives them.
class PageReader {
  public:
    PageReader(const std::string& path, const LayoutBook& layouts, const ReadingRequest& request)
        : path_(path), layouts_(layouts), request_(request), mark_(cpu_ms()) {}

    bool take(int page, Result<scanner::GrayImage> image) {
        if (!image) {
            found.faults.push_back(image.error());
        } else {
            ++found.pages;
            read(page, *image);
        }
        mark_ = cpu_ms();
        return true;
    }

    FileReadings found;

  private:
    void read(int page, const scanner::GrayImage& image) {
        scanner::ReadOptions options;
        options.keyed = request_.keyed;
        options.known = layouts_.known();
        options.debug_dir = request_.debug_dir;
        options.verdict_picture_only = request_.verdict_picture_only;
        options.crop_dir = request_.crop_dir;
        options.name = fs::path(path_).stem().string() + "-p" + std::to_string(page);
        auto readings = scanner::read_page(image, layouts_.lookup(), options);
        // From the end of the page before, so decoding is in it; cards of one page share alike.
        const double share =
            (cpu_ms() - mark_) / static_cast<double>(std::max<std::size_t>(1, readings.size()));
        int index = 0;
        for (auto& reading : readings) {
            reading.source = path_;
            reading.page = page;
            reading.index = index++;
            reading.ms = share;
            found.readings.push_back(std::move(reading));
        }
    }

    const std::string& path_;
    const LayoutBook& layouts_;
    const ReadingRequest& request_;
    double mark_;
};

}  // namespace

Result<FileReadings> read_image_file(const std::string& path, const LayoutBook& layouts,
                                     const ReadingRequest& request) {
    const scanner::LoadLimits limits;
    auto bytes = read_file(path, limits.file_bytes);
    if (!bytes) return bytes.error();
    PageReader reader(path, layouts, request);
    auto pages = scanner::load_or_draw_pages(*bytes, path, limits,
                                             [&](int page, Result<scanner::GrayImage> image) {
                                                 return reader.take(page, std::move(image));
                                             });
    if (!pages) return pages.error();
    // Not one page to read: the file failed, it does not merely lack a card.
    if (reader.found.pages == 0 && !reader.found.faults.empty()) return reader.found.faults.front();
    reader.found.sha256 = sha256_hex(*bytes);
    return std::move(reader.found);
}

Result<std::vector<std::string>> files_of(const std::vector<std::string>& names) {
    std::vector<std::string> files;
    for (const auto& name : names) {
        std::error_code failed;
        if (!fs::exists(name, failed)) {
            return Error{ErrorCode::NotFound, "there is no such file or folder", name, ""};
        }
        if (!fs::is_directory(name, failed)) {
            files.push_back(name);
            continue;
        }
        std::vector<std::string> inside;
        for (const auto& entry : fs::directory_iterator(name, failed)) {
            const bool hidden = entry.path().filename().string().starts_with(".");
            if (!hidden && entry.is_regular_file(failed)) inside.push_back(entry.path().string());
        }
        if (failed) {
            return Error{ErrorCode::FileUnreadable, "the folder cannot be read", name,
                         failed.message()};
        }
        std::sort(inside.begin(), inside.end());
        files.insert(files.end(), inside.begin(), inside.end());
    }
    return files;
}

}  // namespace verso::app
