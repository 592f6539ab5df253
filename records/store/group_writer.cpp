// SPDX-License-Identifier: Apache-2.0
#include "records/store/group_writer.h"

#include <algorithm>
#include <iterator>
#include <semaphore>

namespace verso::records {

namespace {

/// One piece of work in a scope of its own.
Result<void> run_alone(Store& store, const GroupWriter::Work& work) {
    auto scope = store.begin();
    if (!scope) return scope.error();
    try {
        if (auto done = work(store); !done) return done;
    } catch (const std::exception& error) {
        return Error{ErrorCode::Internal, error.what(), "a piece of work for the store",
                     "please report this"};
    }
    return (*scope)->commit();
}

}  // namespace

GroupWriter::GroupWriter(std::unique_ptr<Store> store, std::size_t most)
    : store_(std::move(store)), most_(most), thread_([this] { run(); }) {}

GroupWriter::~GroupWriter() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    asked_.notify_one();
    thread_.join();
}

void GroupWriter::post(Work work, Done done) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back({std::move(work), std::move(done)});
    }
    asked_.notify_one();
}

Result<void> GroupWriter::write(Work work) {
    Result<void> answer;
    std::binary_semaphore told{0};
    post(std::move(work), [&](Result<void> result) {
        answer = std::move(result);
        told.release();
    });
    told.acquire();
    return answer;
}

std::size_t GroupWriter::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
}

void GroupWriter::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        asked_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        const auto end = waiting_.begin() + std::ptrdiff_t(std::min(most_, waiting_.size()));
        std::vector<Asked> group(std::move_iterator(waiting_.begin()), std::move_iterator(end));
        waiting_.erase(waiting_.begin(), end);
        lock.unlock();
        keep(group);
        for (Asked& asked : group) asked.done(std::move(asked.answer));
        group.clear();
        lock.lock();
    }
}

void GroupWriter::keep(std::vector<Asked>& group) {
    if (keep_together(group)) return;
    // Nothing of the group was kept. Alone, each has its own luck.
    for (Asked& asked : group) asked.answer = run_alone(*store_, asked.work);
}

bool GroupWriter::keep_together(std::vector<Asked>& group) {
    auto transaction = store_->begin_group();
    if (!transaction) return false;
    for (Asked& asked : group) {
        asked.answer = run_alone(*store_, asked.work);
        if ((*transaction)->is_spoiled()) return false;
    }
    return bool((*transaction)->commit());
}

}  // namespace verso::records
