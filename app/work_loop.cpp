// SPDX-License-Identifier: Apache-2.0
#include "app/work_loop.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/lease_keeper.h"
#include "app/print_once.h"
#include "records/store/spool_book.h"

namespace verso::app {

namespace {

using records::JobOutcome;

std::string worker_name() {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    return std::string(host.data()) + ":" + std::to_string(::getpid());
}

std::string_view to_string(JobOutcome outcome) {
    switch (outcome) {
        case JobOutcome::Done:
            return "done";
        case JobOutcome::Retried:
            return "failed, will be tried again";
        case JobOutcome::Dead:
            return "given up, waits for a person";
        case JobOutcome::Lost:
            return "taken over by another worker";
    }
    return "";
}

void count(WorkReport& report, JobOutcome outcome) {
    int* const counts[]{&report.done, &report.retried, &report.dead, &report.lost};
    ++*counts[static_cast<std::size_t>(outcome)];
}

void tell(Output& out, const records::LeasedJob& job, const records::JobRun& run) {
    const std::string outcome(to_string(run.outcome));
    out.say("job " + std::to_string(job.id.get()) + ", " + job.kind + " " + job.key + ": " +
            outcome + (run.error.empty() ? "" : ": " + run.error));
    const nlohmann::ordered_json json{{"job", job.id.get()}, {"kind", job.kind},
                                      {"key", job.key},      {"attempt", job.attempts},
                                      {"outcome", outcome},  {"error", run.error}};
    out.line(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    out.flush();
}

/// Sleeps in slices, so that a stop is heard.
void rest(std::chrono::milliseconds pause, const std::atomic<bool>& stop) {
    constexpr auto kSlice = std::chrono::milliseconds(50);
    for (; pause.count() > 0 && !stop; pause -= kSlice)
        std::this_thread::sleep_for(std::min(pause, kSlice));
}

class Worker {
  public:
    Worker(OpenHome& home, ImageReader& images, const WorkOptions& options, Call& call,
           const std::atomic<bool>& stop)
        : home_(home),
          options_(options),
          call_(call),
          handlers_(job_handlers(home, images, call.out, stop)),
          keeper_(
              [&call]() -> Result<std::unique_ptr<records::Store>> {
                  auto again = open_home(call);
                  if (!again) return again.error();
                  return std::move(again->store);
              },
              options.lease) {}

    Result<void> choose_kinds() {
        std::vector<std::string> kinds = options_.kinds;
        if (kinds.empty()) {
            for (const auto& [kind, handler] : handlers_) kinds.push_back(kind);
        }
        for (const auto& kind : kinds) {
            if (kind == records::kPrintJobKind) continue;  // its printers' own threads do that
            if (handlers_.find(kind) == handlers_.end()) {
                return Error{ErrorCode::Usage, "this program does no jobs of the kind " + kind,
                             "--kinds", "it does: " + known_kinds() + "; others are left alone"};
            }
            const auto limit = options_.most_at_once.find(kind);
            request_.kinds.push_back(
                {kind, limit == options_.most_at_once.end() ? 0 : limit->second});
        }
        request_.owner = worker_name();
        request_.lease_for = options_.lease;
        if (home_.shop_named) request_.shop = home_.shop;
        return {};
    }

    /// The retention of today is put into the queue, once a day whoever comes first: its key is
    /// the day. For each shop that says how long it keeps things; one whose settings are not on
    /// this machine is another machine's.
    Result<void> queue_retention(Instant now) {
        const std::string day = format_utc(now).substr(0, 10);
        if (day == retention_day_ || !does("retention")) return {};
        retention_day_ = day;
        auto shops = home_.store->shops();
        if (!shops) return shops.error();
        records::NewJob job;
        job.kind = "retention";
        job.key = day;
        for (const ShopId shop : *shops) {
            if (home_.shop_named && shop != home_.shop) continue;
            auto settings = settings_of(home_, shop);
            if (!settings || settings->privacy == records::RetentionTerms{}) continue;
            auto queued = home_.store->jobs().enqueue(shop, job, now);
            if (!queued) return queued.error();
        }
        return {};
    }

    bool does(std::string_view kind) const {
        return std::any_of(request_.kinds.begin(), request_.kinds.end(),
                           [&](const auto& one) { return one.kind == kind; });
    }

    /// One job; false when none was due.
    Result<bool> work_once() {
        const Instant now = system_clock().now();
        if (auto queued = queue_retention(now); !queued) return queued.error();
        auto jobs = home_.store->jobs().lease(request_, now);
        if (!jobs) return jobs.error();
        for (const auto& job : *jobs) {
            auto run = records::run_job(home_.store->jobs(), job, handlers_.find(job.kind)->second,
                                        system_clock(), system_random(), &keeper_);
            if (!run) return run.error();
            count(report, run->outcome);
            tell(call_.out, job, *run);
        }
        return !jobs->empty();
    }

    WorkReport report;

  private:
    std::string known_kinds() const {
        std::string names;
        for (const auto& [kind, handler] : handlers_) names += (names.empty() ? "" : ", ") + kind;
        return names;
    }

    std::string retention_day_;
    OpenHome& home_;
    const WorkOptions& options_;
    Call& call_;
    JobHandlers handlers_;
    LeaseKeeper keeper_;
    records::LeaseRequest request_;
};

}  // namespace

Result<WorkReport> work(OpenHome& home, ImageReader& images, const WorkOptions& options, Call& call,
                        const std::atomic<bool>& stop) {
    Worker worker(home, images, options, call, stop);
    if (auto chosen = worker.choose_kinds(); !chosen) return chosen.error();
    if (worker.does("print")) {
        // What a crash of an earlier worker left is settled before anything else is printed.
        const PrintTools tools{system_random(), system_clock(), call.out, {}};
        if (auto settled = begin_print(home, tools);
            !settled && settled.error().code != ErrorCode::NotAllowed)
            return settled.error();
    }
    constexpr auto kShortest = std::chrono::milliseconds(50);
    constexpr int kMostFailures = 10;
    auto pause = kShortest;
    int failures = 0;
    while (!stop) {
        auto worked = worker.work_once();
        if (!worked) {
            call.out.fail(worked.error());
            if (++failures == kMostFailures || options.once) return worked.error();
            rest(options.longest_pause, stop);
            continue;
        }
        failures = 0;
        if (*worked) {
            pause = kShortest;
            continue;
        }
        if (options.once) break;
        rest(pause, stop);
        pause = std::min(pause * 2, options.longest_pause);
    }
    return worker.report;
}

}  // namespace verso::app
