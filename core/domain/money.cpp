// SPDX-License-Identifier: Apache-2.0
#include "core/domain/money.h"

#include <fmt/format.h>

namespace verso {

Result<Money> parse_money(std::string_view text) {
    constexpr std::int64_t kLimit = 1'000'000'000'000'000;
    const Error error{ErrorCode::ValueInvalid,
                      fmt::format("'{}' is not an amount like 113.30", text), "", ""};
    std::string_view rest = text;
    const bool negative = !rest.empty() && rest.front() == '-';
    if (negative || (!rest.empty() && rest.front() == '+')) rest.remove_prefix(1);
    const auto mark = rest.find_last_of(".,");
    const std::string_view whole = rest.substr(0, mark);
    const std::string_view part = mark == std::string_view::npos ? "" : rest.substr(mark + 1);
    if (whole.empty() || part.size() > 2 || (mark != std::string_view::npos && part.empty()))
        return error;
    std::int64_t minor = 0;
    for (char c : whole) {
        if (c == ' ') continue;
        if (c < '0' || c > '9' || minor > kLimit) return error;
        minor = minor * 10 + (c - '0');
    }
    for (std::size_t i = 0; i < 2; ++i) {
        const char c = i < part.size() ? part[i] : '0';
        if (c < '0' || c > '9') return error;
        minor = minor * 10 + (c - '0');
    }
    if (minor > kLimit) return error;
    return Money{negative ? -minor : minor};
}

std::string format_money(Money amount) {
    const std::uint64_t size =
        amount.minor < 0 ? std::uint64_t(-amount.minor) : std::uint64_t(amount.minor);
    return fmt::format("{}{}.{:02}", amount.minor < 0 ? "-" : "", size / 100, size % 100);
}

}  // namespace verso
