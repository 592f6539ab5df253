// SPDX-License-Identifier: Apache-2.0
#include "records/jobs/job.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace verso::records {

namespace {

constexpr std::array<std::string_view, 4> kStates{"waiting", "leased", "done", "dead"};
constexpr std::size_t kLongestKind = 32, kLongestKey = 200, kLongestPayload = 64 * 1024;
constexpr int kMostAttempts = 1000;

bool is_kind(std::string_view text) {
    return !text.empty() && text.size() <= kLongestKind &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

Error bad_job(std::string message) {
    return {ErrorCode::ValueInvalid, std::move(message), "job", ""};
}

}  // namespace

std::string_view to_string(JobState state) { return kStates.at(static_cast<std::size_t>(state)); }

Result<JobState> parse_job_state(std::string_view text) {
    const auto found = std::find(kStates.begin(), kStates.end(), text);
    if (found != kStates.end()) return static_cast<JobState>(found - kStates.begin());
    return Error{ErrorCode::ValueInvalid, fmt::format("'{}' is not a state of a job", text), "",
                 "write one of: waiting, leased, done, dead"};
}

Result<void> check_job(const NewJob& job) {
    if (!is_kind(job.kind)) return bad_job(fmt::format("'{}' is not a kind of job", job.kind));
    if (job.key.empty() || job.key.size() > kLongestKey)
        return bad_job(
            fmt::format("the key has {} bytes, not 1 to {}", job.key.size(), kLongestKey));
    if (job.payload.size() > kLongestPayload)
        return bad_job(fmt::format("the payload has more than {} bytes", kLongestPayload));
    if (job.max_attempts < 1 || job.max_attempts > kMostAttempts)
        return bad_job(fmt::format("{} attempts are not 1 to {}", job.max_attempts, kMostAttempts));
    return {};
}

}  // namespace verso::records
