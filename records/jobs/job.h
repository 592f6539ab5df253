// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/domain/ids.h"
#include "core/util/result.h"
#include "core/util/time.h"

namespace verso::records {

using JobId = StrongType<struct JobIdTag, std::int64_t>;

/// Where a job is. Waiting: for its time and a worker. Leased: a worker has it, until its lease
/// runs out. Done: its effect is kept. Dead: given up, a person looks at it (dead letter).
enum class JobState { Waiting, Leased, Done, Dead };
/// "waiting", "leased", "done", "dead".
std::string_view to_string(JobState state);
Result<JobState> parse_job_state(std::string_view text);

/// Work to be done once, soon.
struct NewJob {
    std::string kind;  ///< who does it: print, scan, mail, webhook, …; lower case and '-', 32 bytes
    /// What it is about: a second job of this shop, kind and key is the same job. 200 bytes.
    std::string key;
    std::string payload = "{}";  ///< what its handler needs: JSON, 64 KiB
    Instant run_at{};            ///< not before; default at once
    int max_attempts = 8;        ///< with the back-off of back_off.h: about an hour and a half
};
/// ValueInvalid: a job whose kind, key, payload or attempts cannot be meant.
Result<void> check_job(const NewJob& job);

/// A job that a worker has: only who holds this value's token may end it.
struct LeasedJob {
    JobId id;
    ShopId shop;
    std::string kind, key, payload;
    int attempts = 0;  ///< this one included
    int max_attempts = 0;
    std::int64_t token = 0;  ///< another at each lease
    Instant until{};         ///< end of the lease
};

/// A job as a person sees it.
struct JobRecord {
    JobId id;
    ShopId shop;
    std::string kind, key, payload;
    JobState state = JobState::Waiting;
    Instant run_at{}, created_at{};
    Instant done_at{};  ///< or when it was given up
    int attempts = 0, max_attempts = 0;
    std::string owner;  ///< the worker that has it, or had it last
    Instant until{};
    std::string last_error;
};

}  // namespace verso::records
