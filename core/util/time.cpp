// SPDX-License-Identifier: Apache-2.0
#include "core/util/time.h"

#include <fmt/format.h>

#include <charconv>

namespace verso {

namespace {

namespace chrono = std::chrono;

Error bad_time(std::string_view text, std::string_view expected) {
    return {ErrorCode::ValueInvalid, fmt::format("'{}' is not {}", text, expected), "", ""};
}

/// Exactly `width` digits at `at`, or nothing.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
    if (at + width > text.size()) return std::nullopt;
    int value = 0;
    for (std::size_t i = at; i < at + width; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

std::optional<chrono::year_month_day> day_at(std::string_view text) {
    const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    if (!year || !month || !day || text[4] != '-' || text[7] != '-') return std::nullopt;
    const chrono::year_month_day date{chrono::year{*year}, chrono::month(unsigned(*month)),
                                      chrono::day(unsigned(*day))};
    if (!date.ok()) return std::nullopt;
    return date;
}

/// "", "Z", "+02:00", "+0200", " +0200" or "+02" to minutes.
std::optional<chrono::minutes> offset_of(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    if (text.empty() || text == "Z" || text == "z" || text == "UTC") return chrono::minutes{0};
    if (text.front() != '+' && text.front() != '-') return std::nullopt;
    const int sign = text.front() == '-' ? -1 : 1;
    std::string plain;
    for (char c : text.substr(1)) {
        if (c != ':') plain += c;
    }
    const auto hours = digits(plain, 0, 2);
    const auto minutes = plain.size() == 2 ? std::optional<int>(0) : digits(plain, 2, 2);
    if (!hours || !minutes || plain.size() > 4 || *hours > 14 || *minutes > 59) return std::nullopt;
    return chrono::minutes{sign * (*hours * 60 + *minutes)};
}

}  // namespace

chrono::year_month_day ZonedTime::local_day() const {
    return chrono::floor<chrono::days>(utc + offset);
}

Result<ZonedTime> parse_time(std::string_view text) {
    constexpr std::string_view kExpected = "a time like 2026-10-01T11:36:43+02:00";
    const auto day = text.size() >= 19 ? day_at(text) : std::nullopt;
    if (!day || (text[10] != 'T' && text[10] != ' ')) return bad_time(text, kExpected);
    const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2),
               second = digits(text, 17, 2);
    if (!hour || !minute || !second || text[13] != ':' || text[16] != ':' || *hour > 23 ||
        *minute > 59 || *second > 59) {
        return bad_time(text, kExpected);
    }
    std::string_view rest = text.substr(19);
    if (!rest.empty() && rest.front() == '.') {  // fractions of a second carry no meaning here
        const auto end = rest.find_first_not_of("0123456789", 1);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
    }
    const auto offset = offset_of(rest);
    if (!offset) return bad_time(text, kExpected);
    const auto local = chrono::sys_days{*day} + chrono::hours{*hour} + chrono::minutes{*minute} +
                       chrono::seconds{*second};
    return ZonedTime{local - *offset, *offset};
}

std::string format_time(const ZonedTime& time) {
    std::string out = format_utc(time.utc + time.offset);
    if (time.offset.count() == 0) return out;
    out.pop_back();
    const int minutes = std::abs(int(time.offset.count()));
    return out + fmt::format("{}{:02}:{:02}", time.offset.count() < 0 ? '-' : '+', minutes / 60,
                             minutes % 60);
}

std::string format_utc(Instant instant) {
    const auto day = chrono::floor<chrono::days>(instant);
    const chrono::hh_mm_ss clock{instant - day};
    return fmt::format("{}T{:02}:{:02}:{:02}Z", format_day(day), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

Result<chrono::year_month_day> parse_day(std::string_view text) {
    const auto day = text.size() == 10 ? day_at(text) : std::nullopt;
    if (!day) return bad_time(text, "a day like 2026-10-05");
    return *day;
}

std::string format_day(chrono::year_month_day day) {
    return fmt::format("{:04}-{:02}-{:02}", int(day.year()), unsigned(day.month()),
                       unsigned(day.day()));
}

const Clock& system_clock() {
    class SystemClock final : public Clock {
      public:
        Instant now() const override {
            return chrono::floor<chrono::seconds>(chrono::system_clock::now());
        }
    };
    static const SystemClock clock;
    return clock;
}

}  // namespace verso
