// SPDX-License-Identifier: Apache-2.0
#include "records/store/group_writer.h"

#include <algorithm>

namespace verso::records {

namespace {

/// One piece of work in a scope of its own.
Result<void> run_alone(Store& store, const GroupWriter::Work& work) {
    auto scope = store.begin();
    if (!scope) return scope.error();
    if (auto done = work(store); !done) return done;
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

Result<void> GroupWriter::write(Work work) {
    Asked asked{std::move(work), {}};
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(&asked);
    }
    asked_.notify_one();
    asked.done.acquire();
    return asked.answer;
}

void GroupWriter::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        asked_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        const auto count = std::ptrdiff_t(std::min(most_, waiting_.size()));
        const std::vector<Asked*> group(waiting_.begin(), waiting_.begin() + count);
        waiting_.erase(waiting_.begin(), waiting_.begin() + count);
        lock.unlock();
        keep(group);
        for (Asked* asked : group) asked->done.release();
        lock.lock();
    }
}

void GroupWriter::keep(const std::vector<Asked*>& group) {
    const auto all_failed = [&](const Error& error) {
        for (Asked* asked : group) asked->answer = error;
    };
    auto transaction = store_->begin();
    if (!transaction) return all_failed(transaction.error());
    for (Asked* asked : group) asked->answer = run_alone(*store_, asked->work);
    if (auto kept = (*transaction)->commit(); !kept) all_failed(kept.error());
}

}  // namespace verso::records
