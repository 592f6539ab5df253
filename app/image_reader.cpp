// SPDX-License-Identifier: Apache-2.0
#include "app/image_reader.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>

#include "app/crop_desk.h"
#include "app/reading_pictures.h"
#include "scanner/sides/page_pairs.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

/// What the pages of one file come to.
Result<FileReadings> gather(scanner::FileResult result, const ReadingPictures& pictures,
                            const CropDesk& crops) {
    if (result.error) return *result.error;
    FileReadings found;
    found.image = std::move(result.image);
    for (auto& page : result.pages) {
        if (page.fault) {
            found.faults.push_back(std::move(*page.fault));
            continue;
        }
        ++found.pages;
        for (auto& reading : page.readings) {
            pictures.name_in(reading);
            crops.finish(reading);
            found.readings.push_back(std::move(reading));
        }
    }
    // Not one page to read: the file failed, it does not merely lack a card.
    if (found.pages == 0 && !found.faults.empty()) return found.faults.front();
    scanner::pair_sides(found.readings, found.pages + static_cast<int>(found.faults.size()));
    return found;
}

/// The place for crops, with somebody who reads them where that was asked for and is possible.
Result<CropDesk> crop_desk(const ReadingRequest& request, Output& out) {
    std::optional<Transcriber> transcriber;
    if (request.transcribe) {
        auto found = Transcriber::start(request.transcribe_languages, request.shop_language);
        if (found) transcriber = *found;
        if (!found) out.warn(found.error().message + " -> " + found.error().cure);
    }
    return CropDesk::set_up(request.crop_dir, std::move(transcriber));
}

int processors() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

}  // namespace

ImageReader::ImageReader()
    : pool_({"/proc/self/exe", std::string(kReaderCommand)}), started_(pool_.start(1)) {}

Result<void> ImageReader::read(const std::vector<std::string>& files, const ReadingRequest& request,
                               const LayoutBook& layouts, const ReadingSettings& settings,
                               int workers, Output& out, const FileTaker& take) {
    if (!started_) return started_;
    if (workers == 0) {
        workers = settings.workers > 0 ? settings.workers : processors();
        workers = workers_that_pay(files, workers);
    }
    if (auto prepared = pool_.prepare(settings.limits, layouts.layouts()); !prepared)
        return prepared;
    if (auto all = pool_.start(workers); !all) return all;

    auto crops = crop_desk(request, out);
    if (!crops) return crops.error();
    ReadingPictures pictures(crops->folder(), request.debug_dir);
    const scanner::ReadChoice choice{request.keyed, !crops->folder().empty(),
                                     !request.debug_dir.empty(), request.verdict_picture_only};
    auto next = files.begin();
    Result<void> taken;
    bool told = false;
    auto done = pool_.read(
        [&]() -> std::optional<scanner::FileTask> {
            if (next == files.end()) return std::nullopt;
            return scanner::FileTask{*next++, choice};
        },
        [&](scanner::FileResult result) {
            if (!told && !pool_.not_sandboxed().empty()) {
                out.warn("pictures are read without a sandbox: " + pool_.not_sandboxed());
                told = true;
            }
            const std::string file = result.name;
            taken = take(file, gather(std::move(result), pictures, *crops));
            return taken.has_value();
        },
        [&](const scanner::FileTask&, const scanner::Picture& picture) { pictures.take(picture); });
    return taken ? done : taken;
}

int workers_that_pay(const std::vector<std::string>& files, int most) {
    constexpr std::uint64_t kPagesPerWorker = 4, kPageBytes = 300'000;
    std::uint64_t pages = 0;
    for (const auto& file : files) {
        std::error_code none;
        const auto size = fs::file_size(file, none);
        pages += none ? 1 : 1 + size / kPageBytes;
        if (pages >= kPagesPerWorker * static_cast<std::uint64_t>(most)) return most;
    }
    return std::max(1, static_cast<int>(pages / kPagesPerWorker));
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
