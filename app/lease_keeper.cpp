// SPDX-License-Identifier: Apache-2.0
#include "app/lease_keeper.h"

#include <utility>

namespace verso::app {

LeaseKeeper::LeaseKeeper(OpenStore open, std::chrono::seconds lease_for)
    : open_(std::move(open)), lease_for_(lease_for), thread_([this] { keep(); }) {}

LeaseKeeper::~LeaseKeeper() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void LeaseKeeper::begin(const records::LeasedJob& job) {
    {
        const std::lock_guard lock(mutex_);
        job_ = job;
    }
    changed_.notify_all();
}

void LeaseKeeper::end() {
    {
        const std::lock_guard lock(mutex_);
        job_.reset();
    }
    changed_.notify_all();
}

void LeaseKeeper::renew(const records::LeasedJob& job) {
    if (!store_) {
        auto opened = open_();
        if (!opened) return;  // tried again in a while; until then the lease runs
        store_ = std::move(*opened);
    }
    // A lost lease is told to the worker when it completes the job.
    if (!store_->jobs().renew(job, lease_for_, system_clock().now())) store_.reset();
}

void LeaseKeeper::keep() {
    const auto pause = std::chrono::milliseconds(lease_for_) / 3;
    std::unique_lock lock(mutex_);
    while (!stop_) {
        if (!job_) {
            changed_.wait(lock);
            continue;
        }
        const auto job = *job_;
        const bool over = changed_.wait_for(lock, pause, [&] {
            return stop_ || !job_ || job_->token != job.token || job_->id != job.id;
        });
        if (over) continue;
        lock.unlock();
        renew(job);
        lock.lock();
    }
}

}  // namespace verso::app
