// SPDX-License-Identifier: Apache-2.0
#include "app/picture_thread.h"

#include "app/image_reader.h"

namespace verso::app {

namespace {

constexpr std::size_t kMostWaiting = 64;

Result<std::string> make_now(scanner::WorkerPool& pool, const scanner::FileTask& file,
                             const std::string& folder, const std::string& name) {
    Result<std::string> out =
        Error{ErrorCode::FormatInvalid, "the picture cannot be shown", name, ""};
    bool is_given = false;
    auto done = pool.read(
        [&]() -> std::optional<scanner::FileTask> {
            if (is_given) return std::nullopt;
            is_given = true;
            return file;
        },
        [&](scanner::FileResult result) {
            if (!out && result.error) out = *result.error;
            for (auto& page : result.pages) {
                if (!out && page.fault) out = *page.fault;
            }
            return true;
        },
        [&](const scanner::FileTask&, const scanner::Picture& picture) {
            if (scanner::picture_name(picture.path, folder)) out = picture.png;
        });
    return done ? out : Result<std::string>(done.error());
}

}  // namespace

PictureThread::PictureThread(const scanner::WorkerLimits& limits)
    : limits_(limits), thread_([this] { work(); }) {}

PictureThread::~PictureThread() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

Result<std::string> PictureThread::make(const std::string& file, const scanner::ReadChoice& choice,
                                        const std::string& folder, const std::string& name) {
    std::future<Result<std::string>> answer;
    {
        const std::lock_guard lock(mutex_);
        if (stop_ || tasks_.size() >= kMostWaiting) {
            return Error{ErrorCode::Internal, "too many pictures are waited for", name,
                         "try again in a second"};
        }
        tasks_.push_back({{file, choice}, folder, name, {}});
        answer = tasks_.back().answer.get_future();
    }
    changed_.notify_one();
    return answer.get();
}

void PictureThread::work() {
    scanner::WorkerPool pool({"/proc/self/exe", std::string(kReaderCommand)});
    for (;;) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stop_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        Task task = std::move(tasks_.front());
        tasks_.pop_front();
        const bool is_over = stop_;
        lock.unlock();
        Result<void> ready = is_over ? Error{ErrorCode::Internal, "the service ends", "", ""}
                                     : pool.prepare(limits_, {});
        if (ready) ready = pool.start(1);
        task.answer.set_value(ready ? make_now(pool, task.file, task.folder, task.name)
                                    : Result<std::string>(ready.error()));
    }
}

}  // namespace verso::app
