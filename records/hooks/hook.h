// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "core/util/time.h"
#include "records/jobs/job.h"

namespace verso::records {

// What a shop's own systems are told by themselves: docs/api.md, Webhooks out. Pure.

using HookId = StrongType<struct HookIdTag, std::int64_t>;

enum class HookKind {
    RatingRecorded,   ///< the order has a rating now, or a person chose another answer for it
    RatingAmended,    ///< the buyer changed it
    RatingWithdrawn,  ///< the buyer took it back: the order has none now
    ReturnAnnounced,
    ReturnReceived,
    OrderDelivered,  ///< a parcel of it was delivered
    ReviewWaiting,   ///< a person must look at something
    PrintDone,       ///< an insert was printed
};
std::span<const HookKind> all_hook_kinds();
/// "rating.recorded" …
std::string_view to_string(HookKind kind);
Result<HookKind> parse_hook_kind(std::string_view text);

/// One place that is told.
struct Hook {
    HookId id;
    std::string url;              ///< https://…
    std::string secret;           ///< "whsec_" and base64: standardwebhooks.com
    std::vector<HookKind> kinds;  ///< sorted, each once
    Instant created_at{};
    friend bool operator==(const Hook&, const Hook&) = default;
};

/// "rating.recorded return.announced", commas are taken too; "all". ValueInvalid for an unknown
/// word, or none. Sorted, each once.
Result<std::vector<HookKind>> parse_hook_kinds(std::string_view text);
std::string format_hook_kinds(std::span<const HookKind> kinds);

/// ValueInvalid unless it is https://host[:port]/… (or http://), at most 500 bytes, without a name
/// and password, a fragment, blanks or control characters. Where the host leads is looked at when
/// it is called.
Result<void> check_hook_url(std::string_view url);
/// ValueInvalid unless it is "whsec_" and 24 to 64 bytes in base64.
Result<void> check_hook_secret(std::string_view secret);

/// A new secret of 24 random bytes.
std::string make_hook_secret();

/// What one place is told, as a job of the kind "webhook" carries it.
struct HookMessage {
    HookId hook;
    std::string id;  ///< "msg_…": the same at each attempt
    HookKind kind = HookKind::RatingRecorded;
    Instant at{};
    std::string data = "{}";  ///< a JSON object
};
inline constexpr std::string_view kWebhookJob = "webhook";
/// The job that carries it.
NewJob webhook_job(const HookMessage& message);
/// FormatInvalid for a payload that webhook_job() did not write.
Result<HookMessage> parse_webhook_job(std::string_view payload);
/// What is sent: {"type":"rating.recorded","timestamp":"…Z","data":{…}}.
std::string message_body(const HookMessage& message);

}  // namespace verso::records
