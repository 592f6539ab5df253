// SPDX-License-Identifier: Apache-2.0
#include "records/jobs/back_off.h"

#include <algorithm>

namespace verso::records {

std::chrono::seconds back_off(int attempts, std::uint64_t random, const BackOff& options) {
    constexpr std::int64_t kYear = 366LL * 24 * 3600;  // so that twice of it is a number
    const std::int64_t longest = std::clamp<std::int64_t>(options.longest.count(), 1, kYear);
    std::int64_t whole = std::clamp<std::int64_t>(options.first.count(), 1, longest);
    for (int i = 1; i < attempts && whole < longest; ++i) whole = std::min(whole * 2, longest);
    const std::int64_t half = whole / 2, spread = whole - half + 1;
    const auto chosen = static_cast<std::int64_t>(random % static_cast<std::uint64_t>(spread));
    return std::chrono::seconds{std::max<std::int64_t>(half + chosen, 1)};
}

bool is_worth_retrying(ErrorCode code) {
    switch (code) {
        case ErrorCode::NotFound:  // a file may still arrive, a share be mounted
        case ErrorCode::FileUnreadable:
        case ErrorCode::FileUnwritable:
        case ErrorCode::DatabaseFailed:
        case ErrorCode::DependencyMissing:
        case ErrorCode::PrinterFailed:
        case ErrorCode::Internal:
            return true;
        case ErrorCode::Usage:
        case ErrorCode::AlreadyExists:
        case ErrorCode::FormatInvalid:
        case ErrorCode::PageNotImage:
        case ErrorCode::ValueInvalid:
        case ErrorCode::TemplateInvalid:
        case ErrorCode::TextUnprintable:
        case ErrorCode::NotAllowed:
        case ErrorCode::LimitExceeded:
        case ErrorCode::HomeInvalid:
            return false;
    }
    return false;
}

}  // namespace verso::records
