// SPDX-License-Identifier: Apache-2.0
#include "app/serve_pictures.h"

#include <algorithm>

#include "app/image_reader.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostWaiting = 64;

bool is_digest(const std::string& text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

/// The picture as the home keeps it: by its digest, with the ending that its file had.
Result<std::string> kept_file(const fs::path& images, const service::PictureWish& wish) {
    const Error gone{ErrorCode::NotFound, "the picture is not kept any more", wish.path, ""};
    if (!is_digest(wish.sha256)) return gone;
    const fs::path file = images / (wish.sha256 + fs::path(wish.path).extension().string());
    std::error_code failed;
    if (!fs::is_regular_file(file, failed)) return gone;
    return file.string();
}

Result<std::string> draw_now(scanner::WorkerPool& pool, const std::string& file,
                             const service::PictureWish& wish) {
    scanner::ReadChoice choice;
    choice.view = scanner::PageView{wish.page, wish.corners, wish.width, wish.height};
    Result<std::string> out = Error{ErrorCode::FormatInvalid, "the page cannot be shown",
                                    wish.path + ", page " + std::to_string(wish.page), ""};
    bool is_given = false;
    auto done = pool.read(
        [&]() -> std::optional<scanner::FileTask> {
            if (is_given) return std::nullopt;
            is_given = true;
            return scanner::FileTask{file, choice};
        },
        [&](scanner::FileResult result) {
            if (!out && result.error) out = *result.error;
            for (auto& page : result.pages) {
                if (!out && page.fault) out = *page.fault;
            }
            return true;
        },
        [&](const scanner::FileTask&, const scanner::Picture& picture) {
            if (scanner::picture_name(picture.path, "view")) out = picture.png;
        });
    return done ? out : Result<std::string>(done.error());
}

}  // namespace

ServePictures::ServePictures(fs::path images, const ReadingSettings& settings)
    : images_(std::move(images)), settings_(settings), thread_([this] { work(); }) {}

ServePictures::~ServePictures() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

Result<std::string> ServePictures::draw(const service::PictureWish& wish) {
    std::future<Result<std::string>> answer;
    {
        const std::lock_guard lock(mutex_);
        if (stop_ || tasks_.size() >= kMostWaiting) {
            return Error{ErrorCode::Internal, "too many pictures are waited for", wish.path,
                         "try again in a second"};
        }
        tasks_.push_back({wish, {}});
        answer = tasks_.back().answer.get_future();
    }
    changed_.notify_one();
    return answer.get();
}

void ServePictures::work() {
    scanner::WorkerPool pool({"/proc/self/exe", std::string(kReaderCommand)});
    for (;;) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stop_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        Task task = std::move(tasks_.front());
        tasks_.pop_front();
        const bool is_over = stop_;
        lock.unlock();
        auto file =
            is_over ? Result<std::string>(Error{ErrorCode::Internal, "the service ends", "", ""})
                    : kept_file(images_, task.wish);
        auto ready = file ? pool.prepare(settings_.limits, {}) : Result<void>(file.error());
        if (ready) ready = pool.start(1);
        task.answer.set_value(ready ? draw_now(pool, *file, task.wish)
                                    : Result<std::string>(ready.error()));
    }
}

}  // namespace verso::app
