// SPDX-License-Identifier: Apache-2.0
#include "printer/ipp/ipp_lookup.h"

#include <sys/socket.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace verso::printer {

namespace {

/// Of the asker and the thread that asks; whoever is last takes it away.
struct LookUp {
    std::mutex mutex;
    std::condition_variable changed;
    bool is_done = false;
    Addresses found;
};

Addresses ask(const std::string& host, int port) {
    return Addresses(httpAddrGetList(host.c_str(), AF_UNSPEC, std::to_string(port).c_str()));
}

}  // namespace

Addresses look_up(const std::string& host, int port, std::chrono::milliseconds timeout) {
    const bool is_told = host.starts_with('/') || host.find(':') != std::string::npos ||
                         host.find_first_not_of("0123456789.") == std::string::npos;
    if (is_told) return ask(host, port);
    const auto shared = std::make_shared<LookUp>();
    std::thread([shared, host, port] {
        auto found = ask(host, port);
        const std::lock_guard lock(shared->mutex);
        shared->found = std::move(found);
        shared->is_done = true;
        shared->changed.notify_one();
    }).detach();
    std::unique_lock lock(shared->mutex);
    shared->changed.wait_for(lock, timeout, [&] { return shared->is_done; });
    return std::move(shared->found);
}

}  // namespace verso::printer
