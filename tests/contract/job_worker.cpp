// SPDX-License-Identifier: Apache-2.0
// A worker for job_crash_test: does jobs until it is killed. The effect of a job is that it takes
// one number, in the transaction that completes it; so the numbers count the effects that were
// kept.
//   job_worker DATABASE-URL
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <chrono>
#include <iostream>
#include <thread>

#include "records/jobs/job_runner.h"
#include "records/store/store.h"

namespace {

using namespace verso;
using namespace verso::records;

Result<void> take_one(Store& store, const LeasedJob& job, const CompleteJob& complete) {
    auto transaction = store.begin();
    if (!transaction) return transaction.error();
    auto taken = store.take_numbers(job.shop, {"effects", 1, 1'000'000}, 1);
    if (!taken) return taken.error();
    // Time in which to be killed with everything written and nothing kept.
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    if (auto done = complete(); !done) return done;
    return (*transaction)->commit();
}

}  // namespace

int main(int argc, char** argv) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (argc != 2) return 2;
    auto store = open_store(argv[1]);
    if (!store) {
        std::cerr << store.error().text() << "\n";
        return 1;
    }
    const LeaseRequest request{
        {{"effect", 0}}, std::to_string(::getpid()), std::chrono::seconds{3}, 2};
    const JobHandler handler = [&](const LeasedJob& job, const CompleteJob& complete) {
        return take_one(**store, job, complete);
    };
    const BackOff quick{std::chrono::seconds{1}, std::chrono::seconds{1}};
    for (;;) {
        auto jobs = (*store)->jobs().lease(request, system_clock().now());
        if (!jobs) {
            std::cerr << jobs.error().text() << "\n";
            return 1;
        }
        for (const auto& job : *jobs) {
            auto ran = run_job((*store)->jobs(), job, handler, system_clock(), system_random(),
                               nullptr, quick);
            if (!ran) std::cerr << ran.error().text() << "\n";
        }
        if (jobs->empty()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}
